"""The days on which the offices of seven countries are empty.

Knows feasts and who keeps them; must not know what anything costs. The world of accounts asks how much of a
holiday a day is, and keeps more of them; here a day is one or is none.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from benchmarks.accuracy.worlds.accounts.holidays import (
    DIWALI,
    LAST_KNOWN,
    MONDAY,
    ONE_DAY,
    THURSDAY,
    black_friday,
    easter_sunday,
)
from benchmarks.accuracy.worlds.trials.almanac import nth_weekday

MonthDay = tuple[int, int]

COUNTRIES = {"US": 0.4, "DE": 0.15, "GB": 0.13, "FR": 0.1, "JP": 0.08, "IN": 0.08, "BR": 0.06}
"""Where series are at home, with their shares."""
FIXED: dict[str, tuple[MonthDay, ...]] = {
    "US": ((1, 1), (7, 4), (12, 24), (12, 25)),
    "DE": ((1, 1), (5, 1), (10, 3), (12, 24), (12, 25), (12, 26), (12, 31)),
    "GB": ((1, 1), (12, 25), (12, 26)),
    "FR": ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)),
    "JP": (
        *((1, 1), (1, 2), (1, 3), (2, 11), (2, 23), (4, 29), (5, 3), (5, 4), (5, 5), (5, 6)),
        *((8, 11), (8, 13), (8, 14), (8, 15), (11, 3), (11, 23), (12, 29), (12, 30), (12, 31)),
    ),
    "IN": ((1, 26), (8, 15), (10, 2), (12, 25)),
    "BR": ((1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (12, 25)),
}
AFTER_EASTER = {"DE": (-2, 1, 39, 50), "GB": (-2, 1), "FR": (1, 39, 50), "BR": (-48, -47, -2, 60)}
MONDAYS: dict[str, tuple[tuple[MonthDay, int], ...]] = {
    "US": (((1, 1), 3), ((5, 25), 1), ((9, 1), 1)),
    "GB": (((5, 1), 1), ((5, 25), 1), ((8, 25), 1)),
    "JP": (((7, 1), 3), ((9, 1), 3), ((10, 1), 2)),
}
"""Holidays on the nth Monday on or after a day."""


def days_off(country: str, year: int) -> set[date]:
    """The holidays of a year; those that follow the moon fall as in the last year they are known of."""
    year = min(year, LAST_KNOWN)
    easter = easter_sunday(year)
    found = {date(year, month, day) for month, day in FIXED[country]}
    found |= {easter + after * ONE_DAY for after in AFTER_EASTER.get(country, ())}
    found |= {
        nth_weekday(nth, MONDAY, date(year, month, day)) for (month, day), nth in MONDAYS.get(country, ())
    }
    return found | (_OWN[country](year) if country in _OWN else set())


def _thanksgiving(year: int) -> set[date]:
    return {nth_weekday(4, THURSDAY, date(year, 11, 1)), black_friday(year)}


def _diwali(year: int) -> set[date]:
    feast = date(year, *DIWALI[year])
    return {feast, feast + ONE_DAY}


_OWN: dict[str, Callable[[int], set[date]]] = {"US": _thanksgiving, "IN": _diwali}
