"""The days of a bill: weekdays, months and the days on which the offices of a country are empty.

Knows calendars; must not know any series or any detector.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.labelled import Calendar

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

LAST = -1
"""The last such weekday of its month."""
FEASTS: dict[str, tuple[tuple[int, int], ...]] = {
    "US": ((1, 1), (7, 4), (12, 24), (12, 25)),
    "GB": ((1, 1), (12, 25), (12, 26)),
    "DE": ((1, 1), (5, 1), (10, 3), (12, 24), (12, 25), (12, 26), (12, 31)),
    "FR": ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)),
    "IN": ((1, 26), (8, 15), (10, 2), (12, 25)),
    "BR": ((1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (12, 25)),
    "JP": ((1, 1), (1, 2), (1, 3), (4, 29), (5, 3), (5, 4), (5, 5), (8, 11), (11, 3), (11, 23)),
}
"""Feasts of a fixed date, as month and day."""
AFTER_EASTER: dict[str, tuple[int, ...]] = {
    "GB": (-2, 1),
    "DE": (-2, 1, 39, 50),
    "FR": (1, 39, 50),
    "BR": (-48, -47, -2, 60),
}
"""Feasts that move with Easter, as days after it."""
WEEKDAYS: dict[str, tuple[tuple[int, int, int], ...]] = {
    "US": ((1, 0, 3), (2, 0, 3), (5, 0, LAST), (9, 0, 1), (11, 3, 4)),
    "GB": ((5, 0, 1), (5, 0, LAST), (8, 0, LAST)),
    "JP": ((1, 0, 2), (7, 0, 3), (9, 0, 3)),
}
"""Feasts on the nth weekday of a month, as month, weekday and n."""


def easter(year: int) -> date:
    """Easter Sunday of a Gregorian year."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    return date(year, 3, 1) + timedelta(days=27 + moon - weekday)


def nth_weekday(year: int, month: int, *, weekday: int, nth: int) -> date:
    """The nth such weekday of a month; the last one for `LAST`."""
    if nth == LAST:
        end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return end - timedelta(days=(end.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def days_off(country: str, year: int) -> Iterator[date]:
    """The days of a year on which the offices of a country are empty."""
    yield from (date(year, month, day) for month, day in FEASTS[country])
    yield from (easter(year) + timedelta(days=days) for days in AFTER_EASTER.get(country, ()))
    for month, weekday, nth in WEEKDAYS.get(country, ()):
        day = nth_weekday(year, month, weekday=weekday, nth=nth)
        yield day
        if weekday == 3:  # Thanksgiving takes its Friday along.
            yield day + timedelta(days=1)


@dataclass(frozen=True, slots=True, eq=False)
class Almanac:
    """The days of a bill as arrays of (n_days,).

    Attributes:
        month: whole months since the bill's first.
        ends_in: days left in the month, 0 on its last.
        sale: days since the year's Black Friday; below zero before it.
        off: by country, the days its offices are empty.
    """

    first_day: date
    weekday: Ints
    day: Ints
    month: Ints
    ends_in: Ints
    of_year: Ints
    sale: Ints
    off: dict[str, Flags]

    @property
    def n_days(self) -> int:
        """Days of the bill."""
        return len(self.weekday)

    @property
    def in_month(self) -> Ints:
        """How many days the month of each day has."""
        return self.day + self.ends_in

    @classmethod
    def of(cls, first_day: date, n_days: int) -> Almanac:
        """The days of a bill."""
        days = [first_day + timedelta(days=n) for n in range(n_days)]
        years = {day.year for day in days}
        fridays = {y: nth_weekday(y, 11, weekday=3, nth=4) + timedelta(days=1) for y in years}
        off = {country: {day for year in years for day in days_off(country, year)} for country in FEASTS}
        calendar = Calendar.of(first_day, n_days)
        return cls(
            first_day,
            calendar.weekday,
            calendar.day_of_month,
            calendar.month - calendar.month[0],
            calendar.days_left,
            np.array([day.timetuple().tm_yday for day in days]),
            np.array([(day - fridays[day.year]).days for day in days]),
            {country: np.array([day in feasts for day in days]) for country, feasts in off.items()},
        )
