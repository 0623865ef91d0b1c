"""Which earlier days are like a day, by hand."""

from datetime import date, timedelta

import pytest

from aws_cost_anomalies.analysis.billing_calendar import analogues


def days_like(day: date) -> list[list[date]]:
    return [sorted(day - timedelta(days=back) for back in month) for month in analogues(day).months]


def test_a_month_start_is_like_the_first_three_days_of_two_months() -> None:
    like = days_like(date(2026, 3, 1))
    assert like == [[date(2026, m, d) for d in (1, 2, 3)] for m in (2, 1)]
    assert analogues(date(2026, 3, 1)).is_zone


def test_a_month_end_is_like_the_last_three_days_of_shorter_months() -> None:
    like = days_like(date(2026, 3, 31))
    assert like == [
        [date(2026, 2, 26), date(2026, 2, 27), date(2026, 2, 28)],
        [date(2026, 1, 29), date(2026, 1, 30), date(2026, 1, 31)],
    ]


def test_another_day_is_like_its_neighbours_in_both_months() -> None:
    assert days_like(date(2026, 3, 7))[0] == [date(2026, 2, d) for d in (6, 7, 8)]
    assert not analogues(date(2026, 3, 7)).is_zone


@pytest.mark.parametrize(("day", "count"), [(date(2026, 3, 30), 1), (date(2026, 3, 15), 2)])
def test_the_exact_day_is_left_out_where_a_month_has_none(day: date, count: int) -> None:
    assert len(analogues(day).exact) == count
