"""Where and when a series arises, and the traffic, noise and days it is drawn from.

Knows chance, the almanac and the account; must not know any service, event or detector.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts import strokes
from benchmarks.accuracy.worlds.accounts.account import Account
from benchmarks.accuracy.worlds.accounts.almanac import Almanac, Numbers
from benchmarks.accuracy.worlds.accounts.strokes import Rng

Traffic = Literal["business", "consumers", "both"]


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """An account over the days of a bill.

    Numbers are drawn in the order they are written in, from left to right: the bill of a seed hangs on it.
    """

    rng: Rng
    almanac: Almanac
    account: Account

    @property
    def n_days(self) -> int:
        """Length of the bill."""
        return len(self.almanac)

    @property
    def day(self) -> Numbers:
        """The days, counted from nought."""
        return np.arange(self.n_days)

    def chance(self, odds: float) -> bool:
        """True in `odds` of all cases."""
        return bool(self.rng.random() < odds)

    def uniform(self, low: float, high: float) -> float:
        """A number between the two."""
        return float(self.rng.uniform(low, high))

    def some_days(self, low: float, high: float | None = None) -> list[int]:
        """Days that come at these odds each, or at odds drawn between the two."""
        luck = self.rng.random(self.n_days)
        odds = low if high is None else self.rng.uniform(low, high)
        return [int(day) for day in np.flatnonzero(luck < odds)]

    def every_month(self, day_of_month: int) -> list[int]:
        """The days that are this one of their month."""
        return [int(day) for day in np.flatnonzero(self.almanac.day_of_month == day_of_month)]

    def jitter(self, spread: float) -> Floats:
        """White noise as a factor."""
        return np.asarray(np.exp(self.rng.normal(0, spread, self.n_days)))

    def excess(self, spread: float) -> Floats:
        """White noise as logarithms, of which none is a fall."""
        return np.abs(self.rng.normal(0, spread, self.n_days))

    def noise(self, spread: float | None = None) -> Floats:
        """Noise of a kind, and where none is given of a spread, that is drawn."""
        return strokes.noise(self.rng, self.n_days, spread=spread)

    def wander(self, spread: float) -> Floats:
        """A factor that wanders over months and comes back."""
        return strokes.wander(self.rng, self.n_days, spread=spread)

    def traffic(self, kind: Traffic | None = None) -> Floats:
        """Load that follows the account's users, of one kind or both, with noise of its own."""
        if kind is None:
            kinds: tuple[Traffic, ...] = ("business", "consumers", "both")
            kind = kinds[self.rng.choice(3)]
        if kind == "both":
            users = self.rng.uniform(0.2, 0.8) * self.account.business + 0.5 * self.account.consumers
        else:
            users = self.account.business if kind == "business" else self.account.consumers
        return np.asarray(users * self.noise() * self.wander(self.uniform(0, 0.1)))

    def tiered(self, usage: Floats) -> Floats:
        """Usage at a price that falls once a month's total is reached, and is back on the 1st."""
        limit, price = usage.mean() * self.rng.uniform(6, 22), self.rng.uniform(0.75, 0.92)
        total, priced = 0.0, usage.copy()
        for day, day_of_month in enumerate(self.almanac.day_of_month):
            if day_of_month == 1:
                total = 0.0
            if total > limit:
                priced[day] *= price
            total += usage[day]
        return priced
