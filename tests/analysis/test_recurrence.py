"""Charges with regular gaps, by hand."""

from datetime import date, timedelta

import numpy as np
import pytest

from aws_cost_anomalies.analysis.billing_calendar import analogues
from aws_cost_anomalies.analysis.recurrence import Recurrence, recurrence

MONTHS = np.array([1 + day % 30 for day in range(120)])
MONDAY_4TH, TUESDAY_5TH, WEDNESDAY_6TH = date(2026, 5, 4), date(2026, 5, 5), date(2026, 5, 6)
SATURDAY_5TH, SUNDAY_6TH, MONDAY_7TH = date(2026, 9, 5), date(2026, 9, 6), date(2026, 9, 7)


def charged(*on: int, days: int, sizes: tuple[float, ...] = ()) -> Recurrence:
    """Charges on some of so many days, of 100.00 where nothing else is said."""
    costs = np.zeros((days, 1), dtype=np.float32)
    costs[list(on), 0] = sizes or 100.0
    return recurrence(costs, costs > 0, MONTHS[:days])


def test_a_monthly_charge_is_due_on_its_day_of_the_month() -> None:
    found = charged(4, 34, 64, days=94)
    assert found.is_monthly.all()
    assert found.is_due(analogues(TUESDAY_5TH)).all()
    assert not found.is_due(analogues(MONDAY_4TH)).any()
    assert not found.is_due(analogues(WEDNESDAY_6TH)).any()


def test_a_monthly_charge_may_wait_for_the_monday_after_a_weekend() -> None:
    found = charged(4, 34, 64, days=94)
    assert not found.is_due(analogues(SATURDAY_5TH)).any()
    assert not found.is_due(analogues(SUNDAY_6TH)).any()
    assert found.is_due(analogues(MONDAY_7TH)).all()


def test_a_monthly_charge_that_came_on_a_weekend_is_not_due_on_monday() -> None:
    assert not charged(4, 34, 64, days=66).is_due(analogues(MONDAY_7TH)).any()


def test_a_charge_every_ten_days_is_overdue_two_days_after_it_should_have_come() -> None:
    assert charged(40, 50, 60, 70, days=82).is_due(analogues(MONDAY_4TH)).all()
    assert not charged(40, 50, 60, 70, days=81).is_due(analogues(MONDAY_4TH)).any()


def on_tuesdays(*on: int, days: int) -> Recurrence:
    """Charges of 100.00 on some days from 1 June 2026 on, a Monday."""
    costs = np.zeros((days, 1), dtype=np.float32)
    costs[list(on), 0] = 100.0
    dates = [date(2026, 6, 1) + timedelta(days=day) for day in range(days)]
    return recurrence(costs, costs > 0, np.array([each.day for each in dates]))


def test_patches_of_the_second_tuesday_are_given_five_weeks() -> None:
    ninth_of_june, fourteenth_of_july, eleventh_of_august = 8, 43, 71
    came = (ninth_of_june, fourteenth_of_july, eleventh_of_august)
    third_tuesday = analogues(date(2026, 9, 15))
    assert on_tuesdays(*came, days=71 + 35).is_due(third_tuesday).all()
    assert not any(on_tuesdays(*came, days=day).is_due(third_tuesday).any() for day in range(72, 71 + 35))


def test_what_comes_every_four_weeks_in_other_weeks_of_the_month_is_overdue_after_31_days() -> None:
    came = (1, 29, 57, 85)  # 2 and 30 June: the first and the fifth Tuesday
    assert on_tuesdays(*came, days=85 + 31).is_due(analogues(MONDAY_4TH)).all()


def test_a_charge_ahead_of_its_time_is_early() -> None:
    assert charged(40, 50, 60, 70, days=74).is_early().all()


@pytest.mark.parametrize(
    ("sizes", "larger_from"),
    [
        ((100.0, 100.0, 100.0), 149.18),  # e^0.4
        ((100.0, 110.0, 120.0), 179.02),
        ((100.0, 100.0, 140.0), 274.4),  # 1.4² · 140
    ],
)
def test_a_charge_is_larger_than_its_like_by_how_far_these_are_apart(
    sizes: tuple[float, ...], larger_from: float
) -> None:
    found = charged(4, 34, 64, days=94, sizes=sizes).larger_from(4.0)
    assert found[0] == pytest.approx(larger_from, rel=1e-4)


def test_gaps_of_no_pattern_promise_nothing() -> None:
    found = charged(3, 20, 60, 70, days=82)
    assert not (found.is_regular | found.is_monthly).any()
    assert found.larger_from(4.0)[0] == np.inf
