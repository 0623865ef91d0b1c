"""When consumers come in crowds, or stay away: the great days of each trade in each country.

Knows trades and feasts; must not know what anything costs, nor any detector.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.holidays import DIWALI, ONE_DAY, MonthDay, black_friday
from benchmarks.accuracy.worlds.businesses.holidays import (
    CHUSEOK,
    COUNTRIES,
    FAST_BREAKING,
    MUSLIM,
    NEW_YEAR,
    RAMADAN,
    WESTERN,
    cyber_monday,
    moving,
)
from benchmarks.accuracy.worlds.years.almanac import Almanac

SHOPPING = WESTERN | {"TR", "IL"}
LEAST = 0.25


def _each(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _about(feast: dict[int, MonthDay], after: int = 0) -> Callable[[int], date]:
    return lambda year: moving(feast, year) + after * ONE_DAY


@dataclass(frozen=True, slots=True)
class Surge:
    """A rush that mounts towards a day and ebbs away after it.

    Attributes:
        where: countries that know it.
        before: days over which it mounts.
        after: days over which it ebbs away.
        height: of the day itself, relative to a usual one; negative where people stay away.
    """

    where: Collection[str]
    day: Callable[[int], date]
    before: int
    after: int
    height: float

    def factors(self, *, times: float) -> tuple[range, list[float]]:
        """Days relative to the day itself, and the factor of each."""
        days = range(-self.before, self.after + 1)
        shares = [1 - (-j / (self.before + 1) if j < 0 else j / (self.after + 1)) for j in days]
        return days, [max(LEAST, 1 + self.height * times * share) for share in shares]


SHOPS = (
    Surge(SHOPPING, black_friday, 4, 1, 1.1),
    Surge(SHOPPING, cyber_monday, 1, 1, 0.7),
    Surge(SHOPPING, _each(12, 12), 12, 6, 0.28),
    Surge(SHOPPING, _each(12, 25), 1, 1, -0.35),
    Surge(SHOPPING, _each(12, 27), 1, 4, 0.15),
    Surge({"CN"}, _each(11, 11), 9, 1, 1.0),
    Surge({"CN"}, _each(6, 18), 9, 1, 0.7),
    Surge({"CN"}, _about(NEW_YEAR, -10), 8, 3, 0.25),
    Surge({"CN"}, _about(NEW_YEAR, 2), 3, 5, -0.45),
    Surge({"KR"}, _about(CHUSEOK, -6), 8, 2, 0.3),
    Surge({"IN"}, _about(DIWALI, -6), 14, 3, 0.55),
    Surge({"IN"}, _each(8, 12), 4, 3, 0.35),
    Surge({"IN"}, _about(DIWALI), 1, 1, -0.25),
    Surge(MUSLIM, _about(FAST_BREAKING, -5), 22, 3, 0.45),
    Surge(MUSLIM, _about(FAST_BREAKING), 0, 3, -0.35),
    *(Surge({"ID"}, _each(month, month), 1, 0, 0.45) for month in (9, 10, 11, 12)),
    Surge({"JP"}, _each(1, 2), 2, 4, 0.3),
)
MEDIA = (
    Surge(WESTERN, _each(12, 26), 3, 6, 0.22),
    Surge(MUSLIM, _about(RAMADAN, 14), 14, 16, 0.28),
    Surge({"CN"}, _about(NEW_YEAR, 2), 3, 6, 0.3),
    Surge({"IN"}, _about(DIWALI), 2, 3, -0.1),
)
GAMES = (
    Surge(WESTERN, _each(12, 26), 4, 8, 0.3),
    Surge({"CN"}, _about(NEW_YEAR, 3), 4, 6, 0.4),
    Surge({"CN"}, _each(10, 3), 2, 5, 0.25),
    Surge({"JP"}, _each(5, 4), 5, 3, 0.25),
    Surge({"JP"}, _each(1, 2), 3, 3, 0.25),
)
FOOD = (
    Surge(MUSLIM, _about(RAMADAN, 14), 14, 15, -0.12),
    Surge(MUSLIM, _about(FAST_BREAKING), 1, 3, -0.3),
    Surge(WESTERN, _each(12, 31), 1, 0, 0.35),
    Surge(WESTERN, _each(12, 25), 1, 0, -0.45),
)
JOURNEYS = (
    Surge(frozenset(COUNTRIES), _each(7, 10), 60, 45, 0.3),
    Surge(frozenset(COUNTRIES), _each(1, 8), 7, 20, 0.25),
    Surge(WESTERN, _each(12, 25), 2, 1, -0.3),
)
TRADES: dict[str, tuple[tuple[Surge, ...], float]] = {
    "retail": (SHOPS, 1.0),
    "adtech": (SHOPS, 0.35),
    "fintech": (SHOPS, 0.3),
    "media": (MEDIA, 1.0),
    "game": (GAMES, 1.0),
    "food": (FOOD, 1.0),
    "travel": (JOURNEYS, 1.0),
}
"""The surges of each trade, and how much of them it feels."""


def crowds(trade: str, country: str, almanac: Almanac, *, years: range, times: float) -> Floats:
    """How many consumers come each day, relative to a usual one: (n_days,).

    Args:
        trade: what the business does.
        country: where it is.
        almanac: the days.
        years: whose feasts are looked at.
        times: how much the business feels of what its trade feels.
    """
    found = np.ones(len(almanac))
    surges, share = TRADES.get(trade, ((), 0.0))
    for year in years:
        for surge in surges:
            if country not in surge.where:
                continue
            centre = (surge.day(year) - almanac.first_day).days
            for after, factor in zip(*surge.factors(times=times * share), strict=True):
                if 0 <= centre + after < len(found):
                    found[centre + after] *= factor
    return found
