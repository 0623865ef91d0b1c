"""The days of a bill as arrays, as the offices of one country live them.

Knows weekdays, months, working days and the sales; must not know any detector.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
MARGIN = 40
"""Days looked at before and after the bill, so that its first and last months are whole."""
FIXED: dict[str, tuple[tuple[int, int], ...]] = {
    "US": ((1, 1), (6, 19), (7, 4), (12, 24), (12, 25)),
    "GB": ((1, 1), (12, 25), (12, 26)),
    "DE": ((1, 1), (5, 1), (10, 3), (12, 24), (12, 25), (12, 26), (12, 31)),
    "FR": ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)),
    "BR": ((1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (12, 25)),
    "IN": ((1, 1), (1, 26), (8, 15), (10, 2), (12, 25)),
}
"""Month and day."""
BY_EASTER = {"GB": (-2, 1), "DE": (-2, 1, 39, 50), "FR": (1, 39, 50), "BR": (-48, -47, -2, 60)}
"""Days after Easter Sunday."""
BY_WEEKDAY = {
    "US": ((1, 0, 3), (2, 0, 3), (5, 0, -1), (9, 0, 1), (11, 3, 4)),
    "GB": ((5, 0, 1), (5, 0, -1), (8, 0, -1)),
}
"""Month, weekday (0 = Monday) and which of the month; -1 is the last."""
DIWALI = "2018-11-07 2019-10-28 2021-11-04 2022-10-24 2023-11-13 2024-11-01 2025-10-20 2026-11-09"
COUNTRIES = tuple(FIXED)


@dataclass(frozen=True, slots=True, eq=False)
class Almanac:
    """One entry a day: `ordinal` counts days since the year 1, `sales` since Black Friday of its year.

    `nth` is which working day of its month it is (0 on days off), `left` how many are left (-1 on days off).
    """

    ordinal: Ints
    weekday: Ints
    day_of_month: Ints
    days_in_month: Ints
    month: Ints
    month_of_year: Ints
    day_of_year: Ints
    off: Bools
    nth: Ints
    left: Ints
    sales: Ints

    @property
    def n_days(self) -> int:
        """Days of the bill."""
        return len(self.ordinal)

    @classmethod
    def of(cls, country: str, first_day: date, n_days: int) -> Almanac:
        """The days of a bill in a country."""
        days = [first_day + timedelta(days=i) for i in range(-MARGIN, n_days + MARGIN)]
        month = np.array([day.year * 12 + day.month for day in days])
        off = np.array([day.weekday() > 4 or day in feasts(country, day.year) for day in days])
        nth, left = _working_days(month, off)
        part = slice(MARGIN, MARGIN + n_days)
        return cls(
            ordinal=_each([day.toordinal() for day in days], part),
            weekday=_each([day.weekday() for day in days], part),
            day_of_month=_each([day.day for day in days], part),
            days_in_month=_each([monthrange(day.year, day.month)[1] for day in days], part),
            month=month[part],
            month_of_year=_each([day.month for day in days], part),
            day_of_year=_each([day.timetuple().tm_yday for day in days], part),
            off=off[part],
            nth=nth[part],
            left=left[part],
            sales=_each([(day - black_friday(day.year)).days for day in days], part),
        )


def _each(values: list[int], part: slice) -> Ints:
    return np.array(values[part])


def _working_days(month: Ints, off: Bools) -> tuple[Ints, Ints]:
    """Of each day: which working day of its month it is, and how many are left."""
    nth, left = np.zeros(len(month), dtype=np.int64), np.full(len(month), -1, dtype=np.int64)
    for one in np.unique(month):
        at_work = np.flatnonzero((month == one) & ~off)
        nth[at_work] = np.arange(1, len(at_work) + 1)
        left[at_work] = np.arange(len(at_work) - 1, -1, -1)
    return nth, left


@cache
def feasts(country: str, year: int) -> frozenset[date]:
    """The days of a year on which the offices of a country are closed."""
    found = {date(year, month, day) for month, day in FIXED[country]}
    found |= {easter(year) + timedelta(days=days) for days in BY_EASTER.get(country, ())}
    found |= {nth_weekday(year, rule) for rule in BY_WEEKDAY.get(country, ())}
    if country == "IN":
        found |= {date.fromisoformat(day) for day in DIWALI.split()}
    if country == "US":
        found.add(black_friday(year))
    return frozenset(day for day in found if day.year == year)


def black_friday(year: int) -> date:
    """The day after Thanksgiving, with which the sales begin."""
    return nth_weekday(year, (11, 3, 4)) + timedelta(days=1)


def nth_weekday(year: int, rule: tuple[int, int, int]) -> date:
    """The first, second … or last (-1) of a weekday in a month."""
    month, weekday, nth = rule
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def easter(year: int) -> date:
    """Easter Sunday, by the rule of Meeus that holds from 1900 to 2099."""
    golden, fourth, week = year % 19, year % 4, year % 7
    moon = (19 * golden + 24) % 30
    sunday = (2 * fourth + 4 * week + 6 * moon + 5) % 7
    late = sunday == 6 and (moon == 29 or (moon == 28 and golden > 10))
    return date(year, 3, 22) + timedelta(days=moon + sunday - 7 * late)
