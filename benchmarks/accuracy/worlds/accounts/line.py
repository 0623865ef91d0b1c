"""One line of a bill, in dollars, with what has been said of its days so far.

Knows what the series costs and what is open to dispute; must not know what happens to it, nor any detector.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.account import Range
from benchmarks.accuracy.worlds.accounts.almanac import Days
from benchmarks.accuracy.worlds.accounts.families import Family
from benchmarks.accuracy.worlds.accounts.scene import Scene
from benchmarks.accuracy.worlds.accounts.series import Series

TYPICAL = 15
"""Dollars a day."""
MUCH_HOLIDAY = 0.25


@dataclass(slots=True, eq=False)
class Line:
    """A series at its price.

    Attributes:
        number: its place in the bill.
        name: what it was made as.
        price: dollars for one of the series' own units.
        costs: dollars a day, with what has happened so far.
        unlike: days that say nothing of what is usual: holidays, those of the calendar, those of events.
        disputed: days, first to last, on which people would disagree.
    """

    number: int
    name: str
    scene: Scene
    series: Series
    price: float
    costs: Floats
    unlike: Days
    disputed: list[Range]

    @classmethod
    def of(cls, number: int, scene: Scene, family: Family) -> Line:
        """A series of a family, at a price by the sizes of family and account."""
        series = family.shape(scene)
        _follow_consumers(scene, series)
        price = _dollars(scene, family.scale) / series.level
        return cls(
            number,
            family.name,
            scene,
            series,
            price,
            costs=np.maximum(series.usage, 0) * price,
            unlike=series.known | (scene.account.holiday > MUCH_HOLIDAY),
            disputed=list(series.disputed),
        )

    @property
    def n_days(self) -> int:
        """Length of the bill."""
        return len(self.costs)

    def dispute(self, first: int, last: int) -> None:
        """Say that people would disagree on these days."""
        self.disputed.append((first, last))


def _follow_consumers(scene: Scene, series: Series) -> None:
    """What follows the account's consumers has its campaigns for a habit, and its sales to dispute."""
    traces = 1e-9 * scene.rng.random(scene.n_days)
    if np.corrcoef(series.usage + traces, scene.account.consumers)[0, 1] > 0.5:
        series.disputed += scene.account.sales
        series.bursts = series.bursts or list(scene.account.campaigns)


def _dollars(scene: Scene, scale: float) -> float:
    """What a usual day costs: from next to nothing to tens of thousands, with heavy tails."""
    rng = scene.rng
    tail = rng.standard_t(6) * 0.9 if rng.random() < 0.9 else abs(rng.normal(0, 2.6))
    dollars = TYPICAL * scale * scene.account.size**0.7 * math.exp(tail * 1.25)
    return float(np.clip(dollars, 0.003, 15000 + 20000 * rng.random()))
