"""What the default detector takes for usual because it happened before, and what not."""

from datetime import date, timedelta

import numpy as np

from aws_cost_anomalies.detectors.forecast import Forecast
from aws_cost_anomalies.model.anomaly import Mark
from aws_cost_anomalies.model.panel import Floats
from tests.detectors.test_forecast import MONDAY, calm, marks, panel_of


def position(day: date) -> int:
    return (day - MONDAY).days


def invoices(*amounts: float, on: tuple[date, ...]) -> Floats:
    """A scope that is billed on these days alone, until the last of them."""
    costs = np.zeros(position(on[-1]) + 1)
    for day, amount in zip(on, amounts, strict=True):
        costs[position(day)] = amount
    return costs


def test_a_weekly_job_is_measured_by_its_own_scatter() -> None:
    jobs = np.zeros((20, 7 * 26))
    jobs[:, ::7] = 300.0 * np.exp(0.2 * np.random.default_rng(3).standard_normal((20, 26)))
    jobs[:, 7 * 20] = 1500.0
    found = Forecast().detect(panel_of(jobs)).mark
    assert (found[:, 7 * 20] == Mark.HIGH).all()
    found[:, 7 * 20] = 0
    assert np.count_nonzero(found[:, 56:]) <= 0.02 * 20 * 17


def test_an_invoice_half_as_large_again_as_its_like_is_told() -> None:
    days = (date(2026, 3, 12), date(2026, 4, 12), date(2026, 5, 12), date(2026, 6, 12))
    assert marks(invoices(100.0, 102.0, 101.0, 145.0, on=days))[-1][0] != position(days[-1])
    assert marks(invoices(100.0, 102.0, 101.0, 155.0, on=days))[-1] == (position(days[-1]), Mark.HIGH)


def test_invoices_that_differ_leave_room_for_a_larger_one() -> None:
    days = (date(2026, 3, 12), date(2026, 4, 12), date(2026, 5, 12), date(2026, 6, 12))
    assert marks(invoices(100.0, 140.0, 120.0, 250.0, on=days))[-1][0] != position(days[-1])
    assert marks(invoices(100.0, 140.0, 120.0, 290.0, on=days))[-1] == (position(days[-1]), Mark.HIGH)


def test_an_invoice_of_a_sunday_is_missed_on_monday() -> None:
    sunday = date(2026, 7, 12)
    days = (date(2026, 3, 12), date(2026, 4, 12), date(2026, 5, 12), date(2026, 6, 12), date(2026, 7, 14))
    missing = marks(invoices(100.0, 100.0, 100.0, 100.0, 0.0, on=days))
    assert missing[-1] == (position(sunday + timedelta(days=1)), Mark.LOW)
    days = (*days[:-1], date(2026, 7, 13))
    there = marks(invoices(100.0, 100.0, 100.0, 100.0, 100.0, on=days))
    assert all(day < position(sunday) for day, _ in there)


def test_a_burst_twice_as_dear_as_any_of_four_is_told_however_much_they_differ() -> None:
    costs = np.zeros(90)
    costs[[12, 19, 33, 40, 52, 61, 70]] = (20.0, 90.0, 15.0, 60.0, 85.0, 30.0, 45.0)
    costs[85] = 170.0
    assert (85, Mark.HIGH) not in marks(costs)
    costs[85] = 190.0
    assert (85, Mark.HIGH) in marks(costs)


def test_a_day_twice_as_dear_as_any_is_no_habit() -> None:
    rng = np.random.default_rng(8)
    costs = calm(120) + 150.0 * (rng.random(120) < 0.3) * rng.uniform(0.5, 1.5, 120)
    costs[100] = 2.1 * costs[:100].max()
    assert (100, Mark.HIGH) in marks(costs)


def test_what_happened_once_is_no_precedent() -> None:
    costs = calm(120)
    costs[60:74] *= 2
    costs[110:] *= 2
    assert {60, 110} <= {day for day, _ in marks(costs)}


def test_what_happened_twice_is() -> None:
    costs = calm(130)
    costs[50:57] *= 2
    costs[80:87] *= 2
    costs[110:] *= 2
    assert 110 not in {day for day, _ in marks(costs)}


def test_nor_is_what_paused_for_a_weekend() -> None:
    costs = calm(126)
    costs[[*range(49, 54), *range(56, 61)]] *= 2
    costs[112:] *= 2
    assert 112 in {day for day, _ in marks(costs)}


def test_what_lasted_four_weeks_is_a_precedent() -> None:
    costs = calm(120)
    costs[40:70] *= 2
    costs[106:] *= 2
    assert {day for day, _ in marks(costs) if day >= 106} == set()


def test_seventy_percent_as_far_out_is_a_precedent() -> None:
    costs = calm(100)
    costs[[*range(40, 43), *range(60, 63)]] = 175.0
    costs[90] = 200.0
    assert 90 not in {day for day, _ in marks(costs)}
    costs[90] = 220.0
    assert 90 in {day for day, _ in marks(costs)}


def test_a_step_on_the_first_of_a_month_is_told_when_the_fees_are_over() -> None:
    costs = calm(60)
    costs[position(date(2026, 4, 1)) :] *= 1.6
    first = marks(costs)[0]
    assert first[1] == Mark.HIGH
    assert MONDAY + timedelta(days=first[0]) == date(2026, 4, 4)


def test_a_young_scope_that_stays_up_longer_than_ever_has_stepped() -> None:
    costs = calm(60)
    costs[[12, 20]] *= 1.6
    costs[40:] *= 2.6
    assert [day for day, _ in marks(costs) if day >= 40] == [42, 43]


def test_the_first_closing_of_a_month_excuses_no_spike_in_the_middle_of_the_next() -> None:
    costs = calm(50)
    closing, spike = position(date(2026, 3, 31)), position(date(2026, 4, 14))
    costs[closing] *= 4
    costs[spike] *= 3
    assert (spike, Mark.HIGH) in marks(costs)


def test_a_scope_that_was_never_near_nothing_and_stops_is_told_in_any_scatter() -> None:
    costs = 100.0 * np.exp(0.45 * np.random.default_rng(11).standard_normal(80))
    costs[70] = 0.0
    assert (70, Mark.LOW) in marks(costs)


def test_a_slow_fall_is_told_later_than_a_rise() -> None:
    ramp = np.concatenate([np.ones(80), 1.006 ** np.arange(1, 41)])
    rise, fall = marks(calm(120) * ramp), marks(calm(120) / ramp)
    assert {mark for _, mark in rise} == {Mark.DRIFT_UP}
    assert {mark for _, mark in fall} == {Mark.DRIFT_DOWN}
    assert rise[0][0] < 105 < fall[0][0] < 110
