"""The days of a bill as arrays, as the offices of one country live them.

Knows weekdays, months, working days and the sales; must not know any detector.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.worlds.platforms.holidays import black_friday, feasts

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
MARGIN = 40
"""Days looked at before and after the bill, so that its first and last months are whole."""


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
