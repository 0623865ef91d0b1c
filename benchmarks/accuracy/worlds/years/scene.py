"""Where a series arises: the days of the bill, what all its series share, the strokes they are drawn with.

Knows chance and the almanac; must not know any service, event or detector.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.almanac import Numbers
from benchmarks.accuracy.worlds.accounts.holidays import SATURDAY, SUNDAY
from benchmarks.accuracy.worlds.accounts.strokes import Rng, remembering
from benchmarks.accuracy.worlds.years.almanac import Almanac
from benchmarks.accuracy.worlds.years.holidays import COUNTRIES
from benchmarks.accuracy.worlds.years.luck import Luck

TIDES, INCIDENTS = 4, 5
HEAVY = 5
"""Degrees of freedom of a tail whose spread is to be read as a standard deviation."""
FARTHEST = 2.1
"""Spreads at which it ends."""


@dataclass(frozen=True, slots=True, eq=False)
class Backdrop:
    """What the series of a bill have in common.

    Attributes:
        tides: factors, a day each, that the traffic of many series follows.
        incidents: days on which something befalls several series.
    """

    almanac: Almanac
    tides: tuple[Floats, ...]
    incidents: Numbers

    @classmethod
    def of(cls, rng: Rng, almanac: Almanac) -> Backdrop:
        """Tides and incidents over these days; the incidents are judged, and leave two weeks to be found."""
        n = len(almanac)
        tides = tuple(np.exp(remembering(rng, n, memory=0.85, spread=0.02)) for _ in range(TIDES))
        return cls(almanac, tides, rng.choice(np.arange(126, n - 16), INCIDENTS, replace=False))


@dataclass(frozen=True, slots=True, eq=False)
class Scene(Luck):
    """The days of a bill and the luck of one series.

    Numbers are drawn in the order they are written in, from left to right: the bill of a seed hangs on it.
    """

    backdrop: Backdrop

    @property
    def almanac(self) -> Almanac:
        """The days of the bill."""
        return self.backdrop.almanac

    @property
    def n_days(self) -> int:
        """Length of the bill."""
        return len(self.backdrop.almanac)

    @property
    def day(self) -> Numbers:
        """The days, counted from nought."""
        return np.arange(self.n_days)

    def country(self) -> str:
        """A country drawn by its share."""
        return list(COUNTRIES)[self.rng.choice(len(COUNTRIES), p=list(COUNTRIES.values()))]

    def remembered(self, spread: float, *, memory: float) -> Floats:
        """Noise as a factor, of which `memory` is left a day later."""
        return np.exp(remembering(self.rng, self.n_days, memory=memory, spread=spread))

    def noise(self, low: float, high: float, *, memory: float | None = None) -> Floats:
        """The same, of a spread between the two, and of a memory of up to 0.6 where none is given."""
        spread = self.magnitude(low, high)
        return self.remembered(spread, memory=self.uniform(0, 0.6) if memory is None else memory)

    def monthly(self, spread: float, *, memory: float = 0.5) -> Floats:
        """Noise as a factor that is the same all month."""
        months = remembering(self.rng, self.almanac.n_months, memory=memory, spread=spread)
        return np.exp(months)[self.almanac.month_number]

    def jitter(self, spread: float) -> Floats:
        """White noise about one."""
        return 1 + self.rng.normal(0, spread, self.n_days)

    def heavy(self, low: float, high: float) -> Floats:
        """A factor with heavy tails that end somewhere, of a spread between the two."""
        spread = self.uniform(low, high)
        deviations = self.rng.standard_t(HEAVY, self.n_days) / np.sqrt(HEAVY / (HEAVY - 2))
        return np.asarray(np.exp(np.clip(deviations, -FARTHEST, FARTHEST) * spread))

    def week(self, country: str, weekend: float) -> Floats:
        """The rhythm of a week as a factor; holidays are much like Sundays."""
        factors = 1 + self.rng.normal(0, 0.03, 7)
        factors[SATURDAY] = weekend * self.uniform(0.95, 1.12)
        factors[SUNDAY] = weekend * self.uniform(0.9, 1.05)
        days, likeness = factors[self.almanac.weekday], self.uniform(0.7, 1)
        feasts = self.almanac.holidays[country] & ~self.almanac.weekend
        days[feasts] = (1 - likeness) * days[feasts] + likeness * factors[SUNDAY]
        return np.asarray(days)

    def growth(self, low: float, high: float) -> Floats:
        """A factor that grows steadily; what is drawn is the logarithm of a year's growth."""
        return np.exp(self.uniform(low, high) * self.day / 365)

    def lull(self, least: float = 0.1, most: float = 0.45) -> Floats:
        """A factor that is lower about Christmas and the end of the year."""
        depth = self.uniform(least, most)
        return 1 - depth * np.clip(1.6 - np.abs(self.almanac.since_christmas) / 4.5, 0, 1)

    def tide(self) -> Floats:
        """One of the tides of the bill."""
        return self.backdrop.tides[self.whole(0, TIDES - 1)]
