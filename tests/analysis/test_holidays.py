"""Days on which offices are closed, beside the calendars of the countries that keep them."""

from datetime import date

import pytest

from aws_cost_anomalies.analysis.holidays import is_holiday


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 19),  # Martin Luther King
        date(2026, 5, 25),  # Memorial Day, Spring Bank Holiday, Whit Monday
        date(2026, 7, 3),  # Independence Day is a Saturday
        date(2026, 9, 7),  # Labor Day
        date(2026, 11, 26),  # Thanksgiving
        date(2026, 11, 27),
        date(2026, 12, 24),
        date(2027, 1, 1),
        date(2024, 3, 29),  # Good Friday
        date(2025, 4, 21),  # Easter Monday
        date(2026, 5, 14),  # Ascension
        date(2038, 4, 26),  # the latest Easter Monday there is
        date(2026, 8, 31),  # Summer Bank Holiday
    ],
)
def test_holidays(day: date) -> None:
    assert is_holiday(day)


@pytest.mark.parametrize("day", [date(2026, 1, 20), date(2026, 4, 7), date(2026, 7, 6), date(2026, 11, 30)])
def test_workdays(day: date) -> None:
    assert not is_holiday(day)


def test_most_workdays_of_a_year_are_none() -> None:
    days = (date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(365))
    assert sum(is_holiday(day) for day in days if day.weekday() < 5) <= 30
