"""The days on which the offices of eighteen countries are empty, or emptier than usual.

Knows feasts and who keeps them; must not know what anything costs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from benchmarks.accuracy.worlds.accounts.holidays import (
    DIWALI,
    FRIDAY,
    HOLI,
    MONDAY,
    ONE_DAY,
    ROSH_HASHANAH,
    THURSDAY,
    MonthDay,
    black_friday,
    easter_sunday,
)
from benchmarks.accuracy.worlds.trials.almanac import nth_weekday

COUNTRIES = (
    *(["US"] * 9 + ["GB"] * 3 + ["DE"] * 3 + ["FR"] * 2 + ["IN"] * 4 + ["JP"] * 2 + ["BR"] * 3),
    *(["CN"] * 2 + ["ID"] * 2 + ["AU"] * 2),
    *("SA", "AE", "TR", "IL", "KR", "SE", "PL", "ES"),
)
"""Where organizations are, as often as each is named."""
WESTERN = frozenset({"US", "GB", "DE", "FR", "SE", "PL", "BR", "AU", "ES"})
"""Countries that rest about Christmas."""
EASTER_MONDAY = WESTERN - {"US", "BR"}
MUSLIM = {"ID": 6, "SA": 6, "AE": 4, "TR": 4}
"""Countries that fast, and how many days they rest at the end of it."""

NEW_YEAR = {2022: (2, 1), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17)}
CHUSEOK = {2022: (9, 10), 2023: (9, 29), 2024: (9, 17), 2025: (10, 6), 2026: (9, 25)}
RAMADAN = {2022: (4, 2), 2023: (3, 23), 2024: (3, 11), 2025: (3, 1), 2026: (2, 18)}
FAST_BREAKING = {2022: (5, 2), 2023: (4, 21), 2024: (4, 10), 2025: (3, 30), 2026: (3, 20)}
SACRIFICE = {2022: (7, 9), 2023: (6, 28), 2024: (6, 16), 2025: (6, 6), 2026: (5, 27)}
"""Feasts that follow the moon: those of China, of Korea and of Islam."""
KNOWN_YEARS = range(2022, 2027)
"""Years of which all moving feasts are tabled."""


class Rest(NamedTuple):
    """Days in a row on which offices work at `busy` of their pace."""

    first: date
    n_days: int
    busy: float


FIXED: dict[str, tuple[tuple[int, int, int, float], ...]] = {
    "US": ((6, 19, 1, 0.6), (7, 4, 1, 0.12)),
    "DE": ((5, 1, 1, 0.12), (10, 3, 1, 0.12)),
    "FR": (
        *((5, 1, 1, 0.12), (5, 8, 1, 0.15), (7, 14, 1, 0.12), (8, 4, 14, 0.7)),
        *((8, 15, 1, 0.15), (11, 1, 1, 0.15), (11, 11, 1, 0.2)),
    ),
    "ES": (
        *((1, 6, 1, 0.15), (5, 1, 1, 0.12), (8, 4, 18, 0.65), (8, 15, 1, 0.15), (10, 12, 1, 0.15)),
        *((12, 6, 1, 0.2), (12, 8, 1, 0.2)),
    ),
    "SE": ((5, 1, 1, 0.15), (6, 6, 1, 0.15), (7, 8, 24, 0.62)),
    "PL": ((5, 1, 3, 0.3), (8, 15, 1, 0.15), (11, 1, 1, 0.12), (11, 11, 1, 0.12)),
    "BR": ((4, 21, 1, 0.2), (5, 1, 1, 0.12), (9, 7, 1, 0.15), (10, 12, 1, 0.15), (11, 15, 1, 0.2)),
    "AU": ((1, 26, 1, 0.15), (4, 25, 1, 0.15)),
    "JP": (
        *((2, 23, 1, 0.2), (4, 29, 1, 0.15), (5, 3, 4, 0.12), (8, 13, 4, 0.45), (11, 3, 1, 0.2)),
        (12, 29, 6, 0.15),
    ),
    "CN": ((1, 1, 1, 0.2), (5, 1, 5, 0.25), (10, 1, 7, 0.18)),
    "KR": ((1, 1, 1, 0.2), (5, 5, 1, 0.2), (8, 15, 1, 0.2)),
    "IN": ((1, 26, 1, 0.2), (8, 15, 1, 0.2), (10, 2, 1, 0.3)),
    "ID": ((1, 1, 1, 0.2), (8, 17, 1, 0.2), (12, 25, 1, 0.4)),
    "SA": ((9, 23, 1, 0.2),),
    "AE": ((1, 1, 1, 0.3), (12, 2, 2, 0.2)),
    "TR": ((4, 23, 1, 0.2), (5, 19, 1, 0.2), (10, 29, 1, 0.2)),
    "IL": ((5, 14, 1, 0.3),),
}
"""Month, day, how many days, how busy."""
AFTER_EASTER: dict[str, tuple[tuple[int, int, float], ...]] = {
    "DE": ((39, 1, 0.15), (40, 1, 0.6), (50, 1, 0.15)),
    "FR": ((39, 1, 0.15), (40, 1, 0.45)),
    "ES": ((-3, 1, 0.2),),
    "SE": ((39, 1, 0.15),),
    "PL": ((60, 1, 0.15),),
    "BR": ((-48, 2, 0.15), (-46, 1, 0.5), (60, 1, 0.3)),
    "IL": ((0, 1, 0.3),),
}
WEEKDAYS: dict[str, tuple[tuple[MonthDay, int, float], ...]] = {
    "US": (
        *(((1, 15), MONDAY, 0.45), ((2, 15), MONDAY, 0.6), ((5, 25), MONDAY, 0.15)),
        *(((9, 1), MONDAY, 0.15), ((11, 22), THURSDAY, 0.1), ((11, 23), FRIDAY, 0.3)),
    ),
    "GB": (((5, 1), MONDAY, 0.15), ((5, 25), MONDAY, 0.15), ((8, 25), MONDAY, 0.15)),
    "SE": (((6, 19), FRIDAY, 0.15),),
    "AU": (((6, 8), MONDAY, 0.2),),
    "JP": (((7, 15), MONDAY, 0.2), ((9, 15), MONDAY, 0.2)),
}
"""Holidays on the first such weekday on or after a day."""
AFTER_FEASTS: dict[str, tuple[tuple[dict[int, MonthDay], int, int, float], ...]] = {
    "CN": ((NEW_YEAR, -1, 8, 0.12), (NEW_YEAR, 7, 4, 0.7)),
    "KR": ((NEW_YEAR, -1, 3, 0.15), (CHUSEOK, -1, 3, 0.15)),
    "IN": ((HOLI, 0, 1, 0.3), (DIWALI, -1, 3, 0.25)),
    "IL": ((ROSH_HASHANAH, -1, 3, 0.2), (ROSH_HASHANAH, 9, 1, 0.05)),
    **{
        country: (
            (RAMADAN, 0, 29, 0.9),
            (FAST_BREAKING, -1, n_days, 0.15),
            (SACRIFICE, -1, 2 if country == "ID" else n_days, 0.2),
        )
        for country, n_days in MUSLIM.items()
    },
}


def rests(country: str, year: int) -> Iterator[Rest]:
    """When offices are emptier than usual in a year of which all feasts are known."""
    for month, day, n_days, busy in FIXED.get(country, ()):
        yield Rest(date(year, month, day), n_days, busy)
    for after, n_days, busy in AFTER_EASTER.get(country, ()):
        yield Rest(easter_sunday(year) + after * ONE_DAY, n_days, busy)
    for (month, day), weekday, busy in WEEKDAYS.get(country, ()):
        yield Rest(nth_weekday(1, weekday, date(year, month, day)), 1, busy)
    for feast, after, n_days, busy in AFTER_FEASTS.get(country, ()):
        yield Rest(moving(feast, year) + after * ONE_DAY, n_days, busy)
    if country in WESTERN:
        yield from _christmas(country, year)


def moving(feast: dict[int, MonthDay], year: int) -> date:
    """When a feast that follows the moon is in a year that is tabled."""
    return date(year, *feast[year])


def cyber_monday(year: int) -> date:
    """The Monday after Thanksgiving."""
    return black_friday(year) + 3 * ONE_DAY


def clock_changes(country: str, year: int) -> tuple[date, date] | None:
    """The days of 23 and of 25 hours; None where clocks are left alone."""
    if country == "US":
        return _sunday(year, 3, 8), _sunday(year, 11, 1)
    if country in {"GB", "DE", "FR", "SE", "PL", "ES"}:
        return _sunday(year, 3, 25), _sunday(year, 10, 25)
    return None


def _christmas(country: str, year: int) -> Iterator[Rest]:
    easter = easter_sunday(year)
    yield Rest(date(year, 12, 24), 2 if country == "US" else 3, 0.12)
    yield Rest(date(year, 12, 26), 5, 0.5)
    yield Rest(date(year, 12, 31), 2, 0.2)
    yield Rest(date(year, 1, 2), 2, 0.7)
    if country != "US":
        yield Rest(easter - 2 * ONE_DAY, 1, 0.12)
    if country in EASTER_MONDAY:
        yield Rest(easter + ONE_DAY, 1, 0.12)


def _sunday(year: int, month: int, day: int) -> date:
    return nth_weekday(1, 6, date(year, month, day))
