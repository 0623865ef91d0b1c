"""The holidays of ten countries, and how much of a holiday each of them is.

Knows feasts and who keeps them; must not know what anything costs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
MONDAY, TUESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = 0, 1, 3, 4, 5, 6
BRIDGED = frozenset({"DE", "FR", "NL", "SE", "BR"})
"""Countries that take the day between a holiday and the weekend off."""
RESTING = frozenset({"US", "DE", "GB", "FR", "NL", "SE", "BR"})
"""Countries that rest between Christmas and New Year."""
LAST_KNOWN = 2026
"""Last year whose moving feasts are tabled; later ones are taken for it."""

MonthDay = tuple[int, int]
Share = tuple[date, float]

FIXED: dict[str, tuple[MonthDay, ...]] = {
    "US": (),
    "GB": (),
    "DE": ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26)),
    "FR": ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26)),
    "NL": ((1, 1), (4, 27), (12, 25), (12, 26)),
    "SE": ((1, 1), (1, 6), (5, 1), (6, 6), (12, 25), (12, 26)),
    "IN": ((1, 1), (1, 26), (8, 15), (10, 2)),
    "JP": (
        *((1, 1), (1, 2), (1, 3), (2, 11), (2, 23), (3, 20), (4, 29), (5, 3), (5, 4), (5, 5)),
        *((8, 11), (9, 23), (11, 3), (11, 23)),
    ),
    "BR": ((1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (12, 25)),
    "IL": (),
}
OBSERVED: dict[str, tuple[MonthDay, ...]] = {
    "US": ((1, 1), (7, 4), (12, 25)),
    "GB": ((1, 1), (12, 25), (12, 26)),
}
"""Holidays that are also kept on a weekday next to them if they fall on a weekend."""
HALF: dict[str, dict[MonthDay, float]] = {
    "US": {(6, 19): 0.5, (11, 11): 0.3},
    "NL": {(5, 5): 0.4},
    "IN": {(12, 25): 0.6},
    "JP": {
        **{(4, 30): 0.4, (5, 1): 0.4, (5, 2): 0.4},
        **{(8, 13): 0.5, (8, 14): 0.5, (8, 15): 0.5},
        **{(12, 29): 0.9, (12, 30): 0.9, (12, 31): 0.9},
    },
}
"""Days that some keep, with the share that does."""
WEEKDAYS: dict[str, tuple[tuple[MonthDay, int, float], ...]] = {
    "US": (
        ((1, 15), MONDAY, 0.6),
        ((2, 15), MONDAY, 0.6),
        ((5, 25), MONDAY, 1.0),
        ((9, 1), MONDAY, 1.0),
        ((10, 8), MONDAY, 0.3),
        ((11, 22), THURSDAY, 1.0),
        ((11, 23), FRIDAY, 0.8),
    ),
    "GB": (((5, 1), MONDAY, 1.0), ((5, 25), MONDAY, 1.0), ((8, 25), MONDAY, 1.0)),
    "SE": (((6, 19), FRIDAY, 1.0),),
}
"""Holidays on the first such weekday on or after a day."""
AFTER_EASTER: dict[str, dict[int, float]] = {
    "GB": {-2: 1, 1: 1},
    "DE": {-2: 1, 1: 1, 39: 1, 40: 0.5, 50: 1, 60: 0.5},
    "FR": {1: 1, 39: 1, 40: 0.5, 50: 1},
    "NL": {1: 1, 39: 1, 40: 0.5, 50: 1},
    "SE": {-2: 1, 1: 1, 39: 1, 40: 0.5},
    "BR": {-48: 1, -47: 1, -46: 0.5, -2: 1, 60: 1},
}
ROSH_HASHANAH = {2021: (9, 7), 2022: (9, 26), 2023: (9, 16), 2024: (10, 3), 2025: (9, 23), 2026: (9, 12)}
PASSOVER = {2021: (3, 28), 2022: (4, 16), 2023: (4, 6), 2024: (4, 23), 2025: (4, 13), 2026: (4, 2)}
DIWALI = {2021: (11, 4), 2022: (10, 24), 2023: (11, 12), 2024: (11, 1), 2025: (10, 20), 2026: (11, 8)}
HOLI = {2021: (3, 29), 2022: (3, 18), 2023: (3, 8), 2024: (3, 25), 2025: (3, 14), 2026: (3, 4)}
AFTER_FEASTS: dict[str, tuple[tuple[dict[int, MonthDay], dict[int, float]], ...]] = {
    "IL": (
        (ROSH_HASHANAH, {0: 1, 1: 1, 9: 1, 14: 1, **dict.fromkeys(range(15, 21), 0.5), 21: 1}),
        (PASSOVER, {0: 1, **dict.fromkeys(range(1, 6), 0.5), 6: 1}),
    ),
    "IN": ((DIWALI, {0: 1, 1: 0.6}), (HOLI, {0: 1})),
}
"""Days after feasts that follow the moon, whose dates are tabled."""


def holidays(country: str, year: int) -> dict[date, float]:
    """The holidays of a year, and of its edges, each with how much of a holiday it is: 0 to 1."""
    year = min(year, LAST_KNOWN)
    found: dict[date, float] = {}
    for day, share in (*_of_the_calendar(country, year), *_of_the_moon(country, year)):
        found[day] = max(share, found.get(day, 0.0))
    if country in RESTING:
        for day, share in _turn_of_the_year(country, year):
            found[day] = max(share, found.get(day, 0.0))
    if country in BRIDGED:
        for day, share in _bridges(found):
            found[day] = max(share, found.get(day, 0.0))
    return found


def black_friday(year: int) -> date:
    """The day after Thanksgiving."""
    return _on_or_after(date(year, 11, 23), FRIDAY)


def easter_sunday(year: int) -> date:
    """The Sunday after the first full moon of spring, by Gauss' rule for the years 1900 to 2099."""
    golden = year % 19
    moon = (19 * golden + 24) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7
    is_late = sunday == 6 and (moon == 29 or (moon == 28 and golden > 10))
    return date(year, 3, 22) + (moon + sunday - 7 * is_late) * ONE_DAY


def _of_the_calendar(country: str, year: int) -> Iterator[Share]:
    for month, day in FIXED[country]:
        yield date(year, month, day), 1.0
    for (month, day), share in HALF.get(country, {}).items():
        yield date(year, month, day), share
    for (month, day), weekday, share in WEEKDAYS.get(country, ()):
        yield _on_or_after(date(year, month, day), weekday), share
    for month, day in OBSERVED.get(country, ()):
        feast = date(year, month, day)
        yield feast, 1.0
        if feast.weekday() == SATURDAY and country == "US":
            yield feast - ONE_DAY, 1.0
        elif feast.weekday() >= SATURDAY:
            yield _on_or_after(feast, MONDAY), 1.0


def _of_the_moon(country: str, year: int) -> Iterator[Share]:
    easter = easter_sunday(year)
    for after, share in AFTER_EASTER.get(country, {}).items():
        yield easter + after * ONE_DAY, share
    for dates, days in AFTER_FEASTS.get(country, ()):
        feast = date(year, *dates[year])
        for after, share in days.items():
            yield feast + after * ONE_DAY, share


def _turn_of_the_year(country: str, year: int) -> Iterator[Share]:
    for day in range(24, 32):
        yield date(year, 12, day), 0.9 if day in {24, 31} else 0.65
    for day in range(2, 6):
        yield date(year, 1, day), 0.15 if country == "US" else 0.3


def _bridges(found: dict[date, float]) -> list[Share]:
    """The Fridays after Thursdays, and the Mondays before Tuesdays, that are holidays."""
    whole = [day for day, share in found.items() if share == 1]
    after = [(day + ONE_DAY, 0.45) for day in whole if day.weekday() == THURSDAY]
    return after + [(day - ONE_DAY, 0.4) for day in whole if day.weekday() == TUESDAY]


def _on_or_after(day: date, weekday: int) -> date:
    return day + (weekday - day.weekday()) % 7 * ONE_DAY
