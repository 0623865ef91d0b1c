"""Which earlier days are like a day, by hand."""

from collections import Counter
from datetime import date, timedelta

import pytest

from aws_cost_anomalies.analysis.billing_calendar import analogues, anniversaries


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


def test_a_date_that_february_lacks_is_not_due_in_march() -> None:
    assert not analogues(date(2026, 3, 30)).due


def test_every_other_date_is_due_once_and_two_days_late_at_most() -> None:
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(1100)]
    due = Counter(day - timedelta(days=each.late) for day in days for each in analogues(day).due)
    assert set(due.values()) == {1}
    assert {day.day for day in days[:-2] if day not in due} == {29, 30, 31}
    assert max(each.late for day in days for each in analogues(day).due) == 2


def test_a_day_of_an_earlier_month_is_like_one_by_date_by_weekday_and_by_workday() -> None:
    monday = date(2026, 1, 12)  # the eighth workday, and the fifteenth but one from the end
    (month_ago, *_) = anniversaries(monday)
    like = sorted(monday - timedelta(days=back) for back in month_ago.once)
    assert like == [date(2025, 12, d) for d in (8, 10, 11, 12, 13)]
    saturday = date(2026, 1, 17)
    like = sorted(saturday - timedelta(days=back) for back in anniversaries(saturday)[0].once)
    assert like == [date(2025, 12, d) for d in (16, 17, 18, 20)]


@pytest.mark.parametrize(
    ("day", "dates"),
    [
        (date(2025, 11, 10), []),  # the sixth workday; 10 September and October were the eighth
        (date(2025, 11, 12), [10, 12]),  # the eighth: the tenth is due now; 12 October was a Sunday
        (date(2026, 1, 23), [23]),  # 23 December and November: a Tuesday and a Sunday
        (date(2026, 4, 14), [13, 14]),  # 13 February and March were Fridays, the tenth workday as this is
    ],
)
def test_a_fee_is_due_on_its_date_or_on_its_workday_where_that_is_later(day: date, dates: list[int]) -> None:
    due = analogues(day).due
    assert sorted((day - timedelta(days=each.late)).day for each in due) == dates
    for each in due:
        assert {(day - timedelta(days=back)).day for back in each.earlier} == {day.day - each.late}
