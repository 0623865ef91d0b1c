"""Dates on which something comes again: nightly, fortnightly, with the month, the quarter, the pay.

Knows calendars of business by name; must not know any detector.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.accuracy.worlds.platforms.almanac import Almanac, Bools

Mark = Callable[[Almanac], Bools]


def _weekday(day: int) -> Mark:
    return lambda a: a.weekday == day


def _fortnight(weekday: int, parity: int) -> Mark:
    return lambda a: (a.weekday == weekday) & (a.ordinal // 7 % 2 == parity)


def _workday(nth: int) -> Mark:
    return lambda a: a.nth == nth


def _date(day: int) -> Mark:
    return lambda a: a.day_of_month == np.minimum(day, a.days_in_month)


def _last_workday_by(day: int) -> Mark:
    """What is paid on a date, or on the working day before it."""

    def mark(a: Almanac) -> Bools:
        due = np.zeros(a.n_days, dtype=bool)
        for month in np.unique(a.month):
            open_days = np.flatnonzero((a.month == month) & ~a.off & (a.day_of_month <= day))
            if len(open_days):
                due[open_days[-1]] = a.day_of_month[open_days[-1]] > day - 6
        return due

    return mark


def _close(a: Almanac) -> Bools:
    """The last two working days of a month and the first three of the next."""
    return np.asarray((a.left == 0) | (a.left == 1) | ((a.nth >= 1) & (a.nth <= 3)))


def _quarter_close(a: Almanac) -> Bools:
    last = (a.month_of_year % 3 == 0) & (a.left >= 0) & (a.left <= 2)
    return np.asarray(last | ((a.month_of_year % 3 == 1) & (a.nth >= 1) & (a.nth <= 4)))


def _year_end(a: Almanac) -> Bools:
    """The days from Christmas to New Year, when projects and releases rest."""
    return np.asarray((a.day_of_year <= 2) | ((a.month_of_year == 12) & (a.day_of_month >= 24)))


MARKS: dict[str, Mark] = {
    "nightly": lambda a: np.ones(a.n_days, dtype=bool),
    "worknights": lambda a: (a.weekday >= 1) & (a.weekday <= 5),
    "wednesdays": _weekday(2),
    "sundays": _weekday(6),
    "twice_a_week": lambda a: (a.weekday == 1) | (a.weekday == 4),
    "second_tuesdays": _fortnight(1, 0),
    "pay_fridays": _fortnight(4, 1),
    "patch_tuesday": lambda a: (a.weekday == 1) & (a.day_of_month >= 8) & (a.day_of_month <= 14),
    "payday": _last_workday_by(25),
    "mid_month": _last_workday_by(15),
    "close": _close,
    "month_end": lambda a: a.left == 0,
    "first_workday": _workday(1),
    "report": lambda a: (a.nth >= 7) & (a.nth <= 8),
    "first": _date(1),
    "third": _date(3),
    "quarter_close": _quarter_close,
    "quarter_drill": lambda a: (a.month_of_year % 3 == 2) & (a.weekday == 5) & (a.day_of_month <= 7),
    "sales": lambda a: (a.sales >= -4) & (a.sales <= 3),
    "year_end": _year_end,
}
