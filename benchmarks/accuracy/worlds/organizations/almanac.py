"""The days of a bill as organizations live them: months, weekends, holidays, the sales of November.

Knows calendars; must not know what anything costs, nor any detector.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.labelled import Floats

Numbers = NDArray[np.int64]
Days = NDArray[np.bool_]

ONE_DAY = timedelta(days=1)
MONDAY, THURSDAY = 0, 3
COUNTRIES = ("us", "eu", "uk")


@dataclass(frozen=True, slots=True, eq=False)
class Almanac:
    """What is to be known of each day of a bill, as arrays.

    Attributes:
        weekday: 0 = Monday.
        days_left: days of the month that come after this one.
        holidays: days off by country, weekends or not.
        sales: 1 on the great days of the sales of November, less on the days about them, 0 elsewhere.
    """

    weekday: Numbers
    day_of_month: Numbers
    month: Numbers
    days_in_month: Numbers
    days_left: Numbers
    weekend: Days
    holidays: dict[str, Days]
    sales: Floats

    @classmethod
    def of(cls, first_day: date, n_days: int) -> Almanac:
        """The almanac of `n_days` days from `first_day`."""
        days = [first_day + i * ONE_DAY for i in range(n_days)]
        years = range(days[0].year, days[-1].year + 1)
        weekday = np.array([day.weekday() for day in days])
        day_of_month = np.array([day.day for day in days])
        days_in_month = np.array([calendar.monthrange(day.year, day.month)[1] for day in days])
        off = {country: set().union(*(_days_off(country, year) for year in years)) for country in COUNTRIES}
        return cls(
            weekday=weekday,
            day_of_month=day_of_month,
            month=np.array([day.month for day in days]),
            days_in_month=days_in_month,
            days_left=days_in_month - day_of_month,
            weekend=weekday >= 5,
            holidays={country: np.array([day in some for day in days]) for country, some in off.items()},
            sales=np.array([_sales(day) for day in days]),
        )

    def __len__(self) -> int:
        """How many days there are."""
        return len(self.weekday)


def _days_off(country: str, year: int) -> set[date]:
    """The days of a year on which a country's offices are empty."""
    christmas = range(24, 32) if country == "eu" else (24, 25, 26, 31)
    always = {date(year, 1, 1), *(date(year, 12, day) for day in christmas)}
    if country == "us":
        thanksgiving = _nth(year, 11, nth=4, weekday=THURSDAY)
        return always | {
            _nth(year, 1, nth=3),
            _last_monday(year, 5),
            date(year, 7, 4),
            _nth(year, 9, nth=1),
            thanksgiving,
            thanksgiving + ONE_DAY,
        }
    easter = _easter(year)
    always |= {easter - 2 * ONE_DAY, easter + ONE_DAY}
    if country == "eu":
        return always | {date(year, 5, 1), easter + 39 * ONE_DAY, easter + 50 * ONE_DAY}
    return always | {_nth(year, 5, nth=1), _last_monday(year, 5), _last_monday(year, 8)}


def _easter(year: int) -> date:
    """Easter Sunday by the rule of Gauss, good for the years 1900 to 2099."""
    golden = year % 19
    moon = (19 * golden + 24) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7
    late = sunday == 6 and (moon == 29 or (moon == 28 and golden > 10))
    return date(year, 3, 22) + (moon + sunday - 7 * late) * ONE_DAY


def _nth(year: int, month: int, *, nth: int, weekday: int = MONDAY) -> date:
    """The nth Monday, or other weekday, of a month."""
    first = date(year, month, 1)
    return first + ((weekday - first.weekday()) % 7 + 7 * (nth - 1)) * ONE_DAY


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, calendar.monthrange(year, month)[1])
    return last - last.weekday() * ONE_DAY


def _sales(day: date) -> float:
    """How much of a sale there is: the Friday after Thanksgiving, the Monday, their week, then December."""
    since = (day - _nth(day.year, 11, nth=4, weekday=THURSDAY)).days
    if since in {1, 4}:
        return 1.0
    if -3 <= since <= 5:
        return 0.6
    return 0.25 if 5 < since <= 25 else 0.0
