"""Public holidays of the countries whose offices use the platforms.

Knows the feasts that empty offices, roughly as they fell; must not know any detector.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

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
