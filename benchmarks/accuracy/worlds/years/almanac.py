"""The days of a bill as arrays: weekdays, months, holidays, how far it is to the great days of the year.

Knows calendars; must not know what anything costs, nor any detector.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from benchmarks.accuracy.labelled import Calendar
from benchmarks.accuracy.worlds.accounts.almanac import Days, Numbers
from benchmarks.accuracy.worlds.accounts.holidays import FRIDAY, ONE_DAY, SATURDAY, black_friday
from benchmarks.accuracy.worlds.years.holidays import COUNTRIES, days_off

JUNE = 6
CALM = 14
"""Days before and after Christmas on which nothing is planted where people are away."""


@dataclass(frozen=True, slots=True, eq=False)
class Almanac:
    """What is to be known of each day of a bill, as arrays.

    Attributes:
        weekday: 0 = Monday.
        days_left: days of the month that come after this one.
        month: 1 to 12.
        month_number: months since the first one of the bill.
        holidays: days off by country, weekends or not.
        since_black_friday: days since that of the same year, negative before it.
        since_christmas: days since the nearest 27 December, negative before it.
    """

    first_day: date
    weekday: Numbers
    day_of_month: Numbers
    days_left: Numbers
    month: Numbers
    month_number: Numbers
    day_of_year: Numbers
    holidays: dict[str, Days]
    since_black_friday: Numbers
    since_christmas: Numbers

    @classmethod
    def of(cls, first_day: date, n_days: int) -> Almanac:
        """The almanac of `n_days` days from `first_day`."""
        calendar = Calendar.of(first_day, n_days)
        days = [first_day + i * ONE_DAY for i in range(n_days)]
        years = range(days[0].year, days[-1].year + 1)
        off = {country: set().union(*(days_off(country, year) for year in years)) for country in COUNTRIES}
        return cls(
            first_day,
            calendar.weekday,
            calendar.day_of_month,
            calendar.days_left,
            month=np.array([day.month for day in days]),
            month_number=calendar.month - calendar.month[0],
            day_of_year=np.array([day.timetuple().tm_yday for day in days]),
            holidays={country: np.array([day in some for day in days]) for country, some in off.items()},
            since_black_friday=np.array([(day - black_friday(day.year)).days for day in days]),
            since_christmas=np.array([_since_christmas(day) for day in days]),
        )

    def __len__(self) -> int:
        """How many days there are."""
        return len(self.weekday)

    @property
    def n_months(self) -> int:
        """How many months the bill touches."""
        return int(self.month_number[-1]) + 1

    @property
    def days_in_month(self) -> Numbers:
        """Length of the month of each day."""
        return np.asarray(self.day_of_month + self.days_left)

    @property
    def weekend(self) -> Days:
        """Saturdays and Sundays."""
        return np.asarray(self.weekday >= SATURDAY)

    @property
    def from_friday(self) -> Days:
        """Fridays, Saturdays and Sundays."""
        return np.asarray(self.weekday >= FRIDAY)

    @property
    def about_christmas(self) -> Days:
        """The two weeks before the 27 December and the two after it."""
        return np.abs(self.since_christmas) < CALM

    def year_after(self, day: int) -> int:
        """The same date a year later, as a day of the bill or beyond it; of 29 February the day before."""
        date_of = self.first_day + day * ONE_DAY
        is_leap_day = (date_of.month, date_of.day) == (2, 29)
        again = date_of.replace(year=date_of.year + 1, day=28 if is_leap_day else date_of.day)
        return (again - self.first_day).days

    def off(self, country: str | None) -> Days:
        """Weekends, and the holidays of a country where one is named."""
        return self.weekend if country is None else self.weekend | self.holidays[country]


def _since_christmas(day: date) -> int:
    return (day - date(day.year - (day.month < JUNE), 12, 27)).days
