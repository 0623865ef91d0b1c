"""Where and when a series arises, and the strokes its costs are drawn with.

Knows chance, the almanac and the organization; must not know any service, event or detector.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.organizations.almanac import Almanac

Rng = np.random.Generator


@dataclass(frozen=True, slots=True, eq=False)
class Organization:
    """Where its people work, and the mood of its users, as logarithms of the usual traffic."""

    country: str
    traffic: Floats

    @classmethod
    def of(cls, rng: Rng, n_days: int) -> Organization:
        """An organization; every second one works in the United States."""
        country = str(rng.choice(["us", "us", "eu", "uk"]))
        return cls(country, remembering(rng.normal(0, 0.01, n_days), memory=0.85))


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """An organization over the days of a bill."""

    rng: Rng
    almanac: Almanac
    organization: Organization

    @property
    def n_days(self) -> int:
        """Length of the bill."""
        return len(self.almanac)

    @property
    def day(self) -> Floats:
        """The days, counted from nought."""
        return np.arange(self.n_days, dtype=np.float64)

    def chance(self, odds: float) -> bool:
        """True in `odds` of all cases."""
        return bool(self.rng.random() < odds)

    def uniform(self, low: float, high: float) -> float:
        """A number between the two."""
        return float(self.rng.uniform(low, high))

    def log_uniform(self, low: float, high: float) -> float:
        """A number between the two, each doubling as likely as any other."""
        return float(np.exp(self.rng.uniform(np.log(low), np.log(high))))

    def level(self, median: float, spread: float = 1.2, *, least: float = 0.02) -> float:
        """Dollars a day: log-normal, cut where bills are."""
        return float(np.clip(median * np.exp(self.rng.normal(0, spread)), least, 9000))

    def growth(self, low: float, high: float) -> Floats:
        """Growth at a steady rate, between the two a year."""
        return np.asarray(np.exp(self.day / 365 * np.log1p(self.uniform(low, high))))

    def walk(self, step: float) -> Floats:
        """A level that wanders, by about `step` a day."""
        return np.asarray(np.exp(np.cumsum(self.rng.normal(0, step, self.n_days))))

    def small_steps(self, odds: float = 0.35, *, size: float = 0.1) -> Floats:
        """Changes too small to tell: a price, a machine more or less, a reservation that moved."""
        factor = np.ones(self.n_days)
        if self.chance(odds):
            for _ in range(int(self.rng.integers(1, 4))):
                factor[int(self.rng.integers(1, self.n_days)) :] *= 1 + self.uniform(-size, size)
        return factor

    def week(self, low: float, high: float, *, holidays: bool = True) -> Floats:
        """A week whose weekend is between `low` and `high` of a workday; a holiday is much like a Sunday."""
        weekend = self.uniform(low, high)
        shape = np.ones(7)
        shape[:5] += self.rng.normal(0, 0.025, 5)
        shape[5] = weekend * self.uniform(0.96, 1.06)
        shape[6] = weekend * self.uniform(0.94, 1.03)
        days = shape[self.almanac.weekday]
        if not holidays:
            return days
        off = self.almanac.holidays[self.organization.country] & ~self.almanac.weekend
        return np.where(off, 0.75 * shape[6] + 0.25 * days, days)

    def noise(
        self, variation: float, *, memory: float = 0.4, heavy: bool = False, traffic: bool = False
    ) -> Floats:
        """Multiplicative noise, with heavy tails or with the organization's traffic in it where asked."""
        n = self.n_days
        shocks = self.rng.standard_t(4, n) / np.sqrt(2) if heavy else self.rng.standard_normal(n)
        shocks[1:] *= np.sqrt(1 - memory**2)
        moves = np.clip(variation * remembering(shocks, memory=memory), -2.5, 2.2)
        if traffic:
            moves = moves + self.organization.traffic
        return np.asarray(np.exp(moves - variation**2 / 2))

    def per_month(self) -> Floats:
        """The price of a day of what is priced by the month: higher in February."""
        return 30.4 / self.almanac.days_in_month


def remembering(shocks: Floats, *, memory: float) -> Floats:
    """Shocks of which `memory` is left a day later."""
    level, levels = 0.0, []
    for shock in shocks.tolist():
        level = memory * level + shock
        levels.append(level)
    return np.array(levels)
