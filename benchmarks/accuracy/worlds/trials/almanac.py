"""The days of a bill as the families ask for them: weekdays, months, and holidays on two continents.

Knows the civil calendar; must not know any cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.labelled import Calendar

Flags = NDArray[np.bool_]
Days = NDArray[np.int64]

DAY = timedelta(days=1)
MONDAY, THURSDAY = 0, 3
CHRISTMAS = ((12, 24), (12, 25))


@dataclass(frozen=True, slots=True, eq=False)
class Almanac:
    """The days of a bill as arrays.

    Attributes:
        weekday: 0 is Monday.
        days_left: in the month, 0 on its last day.
        american: the public holidays of the United States.
        european: those of Germany, near enough.
        year_end: the lull from 23 December to 2 January.
    """

    weekday: Days
    day_of_month: Days
    days_left: Days
    american: Flags
    european: Flags
    year_end: Flags

    @classmethod
    def of(cls, first_day: date, n_days: int) -> Almanac:
        """The almanac of `n_days` days from `first_day`."""
        calendar = Calendar.of(first_day, n_days)
        days = [first_day + i * DAY for i in range(n_days)]
        years = range(days[0].year, days[-1].year + 1)
        american = {day for year in years for day in american_holidays(year)}
        european = {day for year in years for day in european_holidays(year)}
        return cls(
            calendar.weekday,
            calendar.day_of_month,
            calendar.days_left,
            american=np.array([day in american for day in days]),
            european=np.array([day in european for day in days]),
            year_end=np.array([not (1, 2) < (day.month, day.day) < (12, 23) for day in days]),
        )

    @property
    def n_days(self) -> int:
        """How many days the bill has."""
        return len(self.weekday)

    @property
    def weekend(self) -> Flags:
        """Saturdays and Sundays."""
        return self.weekday >= 5


def american_holidays(year: int) -> set[date]:
    """The federal holidays on which offices are empty, the day after Thanksgiving and Christmas Eve."""
    thanksgiving = nth_weekday(4, THURSDAY, date(year, 11, 1))
    fixed = {date(year, month, day) for month, day in ((1, 1), (6, 19), (7, 4), *CHRISTMAS)}
    mondays = {nth_weekday(3, MONDAY, date(year, 1, 1)), nth_weekday(3, MONDAY, date(year, 2, 1))}
    mondays |= {nth_weekday(1, MONDAY, date(year, 5, 25)), nth_weekday(1, MONDAY, date(year, 9, 1))}
    return fixed | mondays | {thanksgiving, thanksgiving + DAY}


def european_holidays(year: int) -> set[date]:
    """Easter with the feasts that move along with it, and the fixed ones from May to Christmas."""
    fixed = ((1, 1), (5, 1), (8, 15), (10, 3), (11, 1), *CHRISTMAS, (12, 26))
    easter = easter_sunday(year)
    return {date(year, month, day) for month, day in fixed} | {easter + n * DAY for n in (-2, 1, 39, 50)}


def easter_sunday(year: int) -> date:
    """The Sunday after the first full moon of spring, by Gauss' rule for the years 1900 to 2099."""
    golden = year % 19
    wait = (19 * golden + 24) % 30
    if wait == 29 or (wait == 28 and golden > 10):
        wait -= 1
    full_moon = date(year, 3, 21) + wait * DAY
    return full_moon + (7 - (full_moon.weekday() + 1) % 7) * DAY


def with_neighbours(days: Flags) -> Flags:
    """These days, the day before each and the day after."""
    wider = days.copy()
    wider[1:] |= days[:-1]
    wider[:-1] |= days[1:]
    return wider


def nth_weekday(nth: int, weekday: int, since: date) -> date:
    """The n-th such weekday on or after a day."""
    return since + ((weekday - since.weekday()) % 7 + 7 * (nth - 1)) * DAY
