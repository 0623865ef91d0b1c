"""Days on which many offices are closed: a workday may look like a weekend on them.

Knows the calendars of the United States, the United Kingdom and the larger countries of the European Union;
must not know costs. It is no list for payrolls: a day is in it when enough people stay at home to be seen in
a bill. Holidays of other places are told from many scopes at once.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
DAY = timedelta(days=1)
FIXED = ((1, 1), (1, 2), (5, 1), (6, 19), (7, 4), (7, 14), (8, 15), (10, 3), (11, 1), (11, 11))
"""Month and day; those on which a country works are on this list for another."""
MOVED = ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))
"""Of them, those that are kept on the nearest workday where they fall on a weekend."""
YEAR_END = tuple((12, day) for day in range(23, 32))
YEAR_END_AND_AFTER = frozenset({*YEAR_END, (1, 1), (1, 2)})
NTH = ((1, MONDAY, 3), (2, MONDAY, 3), (5, MONDAY, 1), (9, MONDAY, 1), (10, MONDAY, 2), (11, THURSDAY, 4))
"""Month, weekday, which one of the month: Martin Luther King to Thanksgiving, and the bank holiday of May."""
LAST_MONDAYS = (5, 8)
FROM_EASTER = (-2, 1, 39, 50, 60)
"""Good Friday, Easter Monday, Ascension, Whit Monday, Corpus Christi."""


def is_holiday(day: date) -> bool:
    """Whether offices of one of these countries are closed on it, or half empty."""
    return day in _holidays(day.year)


def is_year_end(day: date) -> bool:
    """Whether it lies between Christmas and the first workdays of the year, when a whole week may rest."""
    return (day.month, day.day) in YEAR_END_AND_AFTER


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[date]:
    days = {date(year, month, day) for month, day in (*FIXED, *YEAR_END)}
    days |= {_moved(date(year, month, day)) for month, day in MOVED}
    days |= {_nth(year, month, weekday=weekday, number=number) for month, weekday, number in NTH}
    days.add(_nth(year, 11, weekday=THURSDAY, number=4) + DAY)
    days |= {_last_monday(year, month) for month in LAST_MONDAYS}
    days |= {_easter(year) + passed * DAY for passed in FROM_EASTER}
    return frozenset(days)


def _moved(day: date) -> date:
    """Saturdays are kept on Friday, Sundays on Monday."""
    return day - DAY if day.weekday() == SATURDAY else day + DAY if day.weekday() == SUNDAY else day


def _nth(year: int, month: int, *, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + ((weekday - first.weekday()) % 7 + 7 * (number - 1)) * DAY


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - last.weekday() * DAY


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    lunar = (century - (century - (century + 8) // 25 + 1) // 3 + 19 * (year % 19) - leaps + 15) % 30
    weekly = (32 + 2 * rest + 2 * (of_century // 4) - lunar - of_century % 4) % 7
    correction = (year % 19 + 11 * lunar + 22 * weekly) // 451
    month, day = divmod(lunar + weekly - 7 * correction + 114, 31)
    return date(year, month, day + 1)
