"""What the default detector remembers for a year: dates of months, old habits, the end of the year."""

from datetime import date

import numpy as np

from aws_cost_anomalies.detectors.forecast import Forecast
from aws_cost_anomalies.model.anomaly import Mark
from aws_cost_anomalies.model.panel import Floats
from tests.detectors.test_forecast import calm, panel_of

START = date(2025, 1, 6)


def position(day: date) -> int:
    return (day - START).days


def told(costs: Floats) -> list[tuple[date, Mark]]:
    """Days that the rules mark, of a bill that begins on a Monday in January."""
    panel = panel_of(costs, start=START)
    found = Forecast(second_look=False).detect(panel).mark[0]
    return [(list(panel.period)[day], Mark(found[day])) for day in np.flatnonzero(found)]


def with_charges(charges: dict[date, float], *, days: int, level: float = 100.0) -> Floats:
    costs = calm(days, level=level) if level else np.zeros(days)
    for day, dollars in charges.items():
        costs[position(day)] += dollars
    return costs


def test_a_quarterly_renewal_is_told_once() -> None:
    days = (date(2025, 4, 15), date(2025, 7, 15), date(2025, 10, 15))
    assert told(with_charges(dict.fromkeys(days, 900.0), days=330)) == [(days[0], Mark.HIGH)]


def test_a_quarterly_invoice_of_a_service_that_costs_nothing_else_is_told_once_at_most() -> None:
    days = (date(2025, 4, 15), date(2025, 7, 15), date(2025, 10, 15))
    found = told(with_charges(dict.fromkeys(days, 900.0), days=330, level=0.0))
    assert {day for day, _ in found} <= {days[0]}


def test_a_renewal_that_became_dearer_is_told() -> None:
    days = {date(2025, 4, 15): 900.0, date(2025, 7, 15): 900.0, date(2025, 10, 15): 1300.0}
    assert told(with_charges(days, days=330)) == [
        (date(2025, 4, 15), Mark.HIGH),
        (date(2025, 10, 15), Mark.HIGH),
    ]


def test_an_annual_purchase_is_expected_a_year_later() -> None:
    days = {date(2025, 3, 20): 5000.0, date(2026, 3, 19): 5100.0}
    assert told(with_charges(days, days=470)) == [(date(2025, 3, 20), Mark.HIGH)]


def test_a_spike_half_way_between_two_quarters_has_no_precedent() -> None:
    days = dict.fromkeys((date(2025, 4, 15), date(2025, 9, 2)), 900.0)
    assert [day for day, _ in told(with_charges(days, days=330))] == list(days)


def test_a_test_on_the_first_saturday_of_every_second_month_is_usual_from_its_third_time_on() -> None:
    days = (date(2025, 3, 1), date(2025, 5, 3), date(2025, 7, 5), date(2025, 9, 6))
    found = [day for day, _ in told(with_charges(dict.fromkeys(days, 200.0), days=330))]
    assert found[-1] <= days[1]


def test_a_retry_that_comes_now_and_then_is_usual_the_third_time_in_four_months() -> None:
    days = (date(2025, 4, 8), date(2025, 5, 21), date(2025, 7, 10), date(2025, 8, 28))
    sizes = (60.0, 55.0, 62.0, 58.0)
    costs = with_charges(dict(zip(days, sizes, strict=True)), days=330)
    assert [day for day, _ in told(costs)] == list(days[:2])
    costs[position(days[3])] = 300.0
    assert [day for day, _ in told(costs)] == [*days[:2], days[3]]


def test_habits_are_forgotten_after_four_months() -> None:
    days = (date(2025, 3, 11), date(2025, 4, 17), date(2025, 9, 24))
    assert [day for day, _ in told(with_charges(dict.fromkeys(days, 60.0), days=330))] == list(days)


def test_a_step_hides_behind_no_habit_for_more_than_its_first_day() -> None:
    days = (date(2025, 4, 8), date(2025, 5, 21))
    costs = with_charges(dict.fromkeys(days, 60.0), days=330)
    costs[position(date(2025, 7, 9)) :] += 60.0
    assert (date(2025, 7, 10), Mark.HIGH) in told(costs)


def test_what_stays_away_is_told_though_it_stayed_away_for_three_days_before() -> None:
    costs = calm(330)
    for day in (date(2025, 5, 13), date(2025, 6, 18)):
        costs[position(day) :][:3] = 0.0
    costs[position(date(2025, 8, 6)) :] = 0.0
    assert (date(2025, 8, 6), Mark.LOW) in told(costs)


def test_small_change_is_no_precedent_once_the_level_has_grown() -> None:
    costs = calm(330)
    costs[[position(date(2025, 4, 15)), position(date(2025, 5, 8))]] *= 3.0
    costs[position(date(2025, 6, 5)) :] *= 5.0
    costs[position(date(2025, 8, 14))] *= 3.0
    assert told(costs)[-1] == (date(2025, 8, 14), Mark.HIGH)


def test_a_quarter_that_ends_with_february_is_like_those_that_end_on_the_30th_and_the_31st() -> None:
    days = (date(2025, 8, 31), date(2025, 11, 30), date(2026, 2, 28))
    assert [day for day, _ in told(with_charges(dict.fromkeys(days, 900.0), days=450))] == list(days[:2])


def test_a_report_of_the_eighth_workday_is_expected_whatever_the_date() -> None:
    days = (
        date(2025, 8, 12), date(2025, 9, 10), date(2025, 10, 10), date(2025, 11, 12),
        date(2025, 12, 10), date(2026, 1, 12),
    )  # fmt: skip
    found = [day for day, _ in told(with_charges(dict.fromkeys(days, 900.0), days=400))]
    assert found == [day for day in found if day in days[:2]]
    (*_, a_day_off) = told(with_charges(dict.fromkeys((*days[:-1], date(2026, 1, 17)), 900.0), days=400))
    assert a_day_off[0] == date(2026, 1, 17)


def test_monthly_fees_make_no_habit_of_spikes() -> None:
    costs = calm(330)
    days = list(panel_of(costs, start=START).period)
    costs[[n for n, day in enumerate(days) if day.day == 1]] += 300.0
    costs[position(date(2025, 10, 16))] += 150.0
    assert told(costs) == [(date(2025, 10, 16), Mark.HIGH)]


def lull(depth: float) -> Floats:
    """An office that rests at weekends; at the end of the year its days cost a share of themselves."""
    costs = calm(371) * np.tile(np.where(np.arange(7) >= 5, 0.6, 1.0), 53)
    costs[position(date(2025, 12, 24)) : position(date(2026, 1, 3))] *= depth
    return costs


def test_between_the_years_weekends_lie_within_weekends() -> None:
    assert told(lull(0.45)) == []
    assert (date(2025, 12, 24), Mark.LOW) in told(lull(0.2))


def test_no_drift_downwards_is_told_between_the_years() -> None:
    costs = calm(371)
    costs[position(date(2025, 12, 12)) : position(date(2026, 1, 2))] *= np.linspace(1.0, 0.75, 21)
    assert not [day for day, mark in told(costs) if mark == Mark.DRIFT_DOWN and day < date(2026, 1, 2)]
