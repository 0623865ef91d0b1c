"""What the default detector sees of scopes that rest on weekends."""

from datetime import date

import numpy as np
import pytest

from aws_cost_anomalies.detectors.forecast import Forecast
from aws_cost_anomalies.model.anomaly import Mark
from aws_cost_anomalies.model.panel import Floats
from tests.detectors.test_forecast import MONDAY, calm, marks, panel_of

WEEKS = 16


def office(*, weekend: float = 0.0, noise: float = 0.2, seed: int = 4) -> Floats:
    """Workdays of 100 and idle weekends."""
    days = np.exp(noise * np.random.default_rng(seed).standard_normal(7 * WEEKS))
    return days * np.tile([100.0] * 5 + [weekend] * 2, WEEKS)


@pytest.mark.parametrize("weekend", [0.0, 1.0, 3.0])
def test_what_is_left_on_for_a_weekend_is_told_though_it_costs_less_than_a_workday(weekend: float) -> None:
    costs = office(weekend=weekend)
    saturday = 7 * 11 + 5
    costs[saturday : saturday + 2] = 60.0
    assert marks(costs)[:1] == [(saturday, Mark.HIGH)]


def test_an_office_that_only_works_is_quiet() -> None:
    bill = np.array([office(weekend=weekend, seed=seed) for seed in range(20) for weekend in (0.0, 1.0, 4.0)])
    found = Forecast().detect(panel_of(bill)).mark
    assert np.count_nonzero(found) <= 0.001 * found.size


def test_workdays_are_measured_by_workdays() -> None:
    costs = office(weekend=1.0, noise=0.05)
    thursday = 7 * 12 + 3
    costs[thursday] = 155.0
    assert marks(costs) == [(thursday, Mark.HIGH)]


def test_a_weekday_job_on_the_first_excuses_no_weekend() -> None:
    """The calendar's precedents are those of all days, whatever weekday they were."""
    panel = panel_of(office(noise=0.05))
    firsts = [day for day, at in enumerate(panel.period) if at.day == 1]
    panel.costs[0, firsts] += 400.0
    found = Forecast().detect(panel).mark[0]
    assert not found[firsts[2:]].any()


def test_a_week_of_holidays_makes_no_habit_of_rises() -> None:
    """Its Saturdays were no dearer than its workdays; that is not what a rise in February is like."""
    panel = panel_of(np.tile([100.0] * 5 + [40.0] * 2, 26) * calm(7 * 26) / 100, start=date(2026, 9, 7))
    days = list(panel.period)
    for day, at in enumerate(days):
        if date(2026, 12, 19) <= at <= date(2027, 1, 6):
            panel.costs[0, day] = 40.0 * (1 + 0.01 * (day % 5))
    panel.costs[0, days.index(date(2026, 11, 24))] = 160.0
    spike = days.index(date(2027, 2, 9))
    panel.costs[0, spike] = 150.0
    assert Forecast().detect(panel).mark[0, spike] == Mark.HIGH


def test_the_edge_that_is_shown_is_of_the_size_of_what_was_seen() -> None:
    rng = np.random.default_rng(5)
    costs = 20.0 * rng.lognormal(0, 1.2, 120)
    costs[rng.random(120) < 0.15] = 0.0
    upper = Forecast().detect(panel_of(costs)).upper[0]
    dearest = [costs[max(day - 70, 0) : day].max(initial=0.0) for day in range(120)]
    assert np.all(upper[28:] <= 3 * np.array(dearest[28:]))


def test_a_burst_that_grows_on_its_second_day_is_a_record_still() -> None:
    costs = np.zeros(110)
    costs[[12, 19, 33, 40, 52, 61, 70]] = (20.0, 90.0, 15.0, 60.0, 85.0, 30.0, 45.0)
    costs[90:95] = (120.0, 200.0, 210.0, 205.0, 200.0)
    assert MONDAY.weekday() == 0
    assert (91, Mark.HIGH) in marks(costs)


@pytest.mark.parametrize("date_of_fee", [11, 12, 18, 19, 25, 26])
def test_a_fee_of_an_office_is_missed_on_a_weekend_too(date_of_fee: int) -> None:
    panel = panel_of(office(noise=0.05), start=date(2026, 1, 5))
    days = list(panel.period)
    for month in (1, 2, 3):
        panel.costs[0, days.index(date(2026, month, date_of_fee))] += 400.0
    due = days.index(date(2026, 4, date_of_fee))
    assert days[due].weekday() >= 5
    assert Forecast().detect(panel).mark[0, due] == Mark.LOW
