"""How whatever is made by chance is drawn.

Knows distributions; must not know any organization, service or event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.almanac import Days
from benchmarks.accuracy.worlds.accounts.strokes import remembering
from benchmarks.accuracy.worlds.years.luck import Luck

Option = TypeVar("Option")

JUDGED_FROM = 45
"""First day of a bill that is judged: nothing of note happens before it."""
HEAVY = 4
"""Degrees of freedom of the tails of traffic."""


@dataclass(frozen=True, slots=True, eq=False)
class DailyLuck(Luck):
    """The luck of one thing over the days of a bill.

    Numbers are drawn in the order they are written in, from left to right: the bill of a seed hangs on it.
    """

    n_days: int

    def one_of(self, options: Sequence[Option]) -> Option:
        """One of these, each as often as it is named."""
        return options[int(self.rng.integers(len(options)))]

    def scattered(self, spread: float) -> Floats:
        """A factor a day that is one on average, and not the same on any two days."""
        return np.exp(self.rng.normal(0, spread, self.n_days) - spread * spread / 2)

    def moods(self, spread: float, *, memory: float) -> Floats:
        """Logarithms about nought of which `memory` is left a day later."""
        return remembering(self.rng, self.n_days, memory=memory, spread=spread)

    def strays(self, step: float) -> Floats:
        """Logarithms that stray without ever coming back."""
        return np.cumsum(self.rng.normal(0, step, self.n_days))

    def outliers(self) -> Floats:
        """Deviations of spread one with heavy tails that end somewhere."""
        return np.asarray(np.clip(self.rng.standard_t(HEAVY, self.n_days) / np.sqrt(2), -4, 4))

    def luckily(self, odds: float) -> Days:
        """Days that come at these odds each."""
        return np.asarray(self.rng.random(self.n_days) < odds)

    def some_days(self, odds: float) -> list[int]:
        """The same as a list of days."""
        return [int(day) for day in np.flatnonzero(self.luckily(odds))]

    def every_so_often(self, first: tuple[int, int], gap: tuple[int, int]) -> list[int]:
        """Days so far apart, both bounds included, the first of them between these."""
        days, day = [], self.whole(*first)
        while day < self.n_days:
            days.append(day)
            day += self.whole(*gap)
        return days
