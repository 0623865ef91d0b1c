"""The moment something begins to happen to a series, and how large it is.

Knows sizes; must not know which kinds of events there are, nor any detector.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.strokes import Rng, remembering
from benchmarks.accuracy.worlds.trials.draws import log_uniform
from benchmarks.accuracy.worlds.years.luck import Luck
from benchmarks.accuracy.worlds.years.mishap import Mishap
from benchmarks.accuracy.worlds.years.scene import Scene
from benchmarks.accuracy.worlds.years.series import Series

FOUR_WEEKS = 28
LARGER = 1.18
"""How much larger the next attempt is."""
SIZES = ((0.16, 6, 14), (0.42, 2.6, 6), (0.74, 1.65, 2.6), (1.0, 1.32, 1.65))
"""Multiples of what was usual: up to which share of all they come, from, to."""


@dataclass(frozen=True, slots=True, eq=False)
class Moment(Luck):
    """A day of a series on which something begins.

    Attributes:
        level: what a usual day costs.
        share: size of the change relative to that.
        dollars: the same in dollars a day, in whole machines where it is billed by them.
        jitter: a factor a day by which the change is not even.
        in_dollars: what was usual says nothing of the size, as it is next to nothing.
    """

    series: Series
    start: int
    level: float
    share: float
    dollars: float
    jitter: Floats
    in_dollars: bool

    @classmethod
    def of(cls, scene: Scene, series: Series, start: int, *, share: float, times: float) -> Moment | None:
        """A day of a series; None where nothing is usual. Dollars are drawn where `times` is not 0."""
        rng, unit = scene.rng, series.unit
        level = series.level or float(series.costs[start - FOUR_WEEKS : start].mean())
        if level <= 0:
            return None
        jitter = np.exp(remembering(rng, scene.n_days, memory=0.3, spread=0.08))
        dollars = log_uniform(rng, 28, 700) * times if times else level * share
        if unit and unit < 0.7 * level:
            dollars = max(1, round(dollars / unit)) * unit
        if series.exact or unit > 0.01 * level:
            jitter[:] = 1
        return cls(rng, series, start, level, share, dollars, jitter=jitter, in_dollars=times > 0)

    @property
    def costs(self) -> Floats:
        """Dollars a day before anything happens."""
        return self.series.costs

    @property
    def n_days(self) -> int:
        """Length of the bill."""
        return len(self.series.costs)

    def mishap(self, kind: str, last: int, after: Floats) -> Mishap:
        """What happens from this day on."""
        return Mishap(kind, self.start, min(last, self.n_days - 1), self.costs, after)


def any_share(rng: Rng) -> float:
    """The size of a change relative to what was usual: from a third to thirteen times as much again."""
    luck = rng.random()
    low, high = next((low, high) for until, low, high in SIZES if luck < until)
    return log_uniform(rng, low, high) - 1
