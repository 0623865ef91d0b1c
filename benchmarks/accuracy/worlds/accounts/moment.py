"""The moment something begins to happen to a series, and what it leaves behind.

Knows how large such things are and how long they take; must not know which of them there are, nor any
detector.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.account import Range
from benchmarks.accuracy.worlds.accounts.line import Line
from benchmarks.accuracy.worlds.accounts.strokes import Rng

WEEKS_BEFORE = 28
NOTHING = 1e-9
A_FEW_DAYS = 4
"""Days up to which a rise that ends is a spike."""


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What happened to a series.

    Attributes:
        after: its costs with the change.
        lasting: for good, so that it is the new normal one day.
    """

    kind: str
    first: int
    last: int
    after: Floats
    lasting: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """A day of a series on which something begins.

    Attributes:
        costs: dollars a day before anything happens.
        work: how much of a workday each day is.
        fees: days and dollars of its recurring charges.
        unit: share of one machine, where it is billed by machines.
        boost: how much larger than usual the thing is.
        part: how much of its first day it takes.
        level: mean of the four weeks before.
        busy_level: their median day that costs anything.
    """

    rng: Rng
    costs: Floats
    start: int
    work: Floats
    fees: list[tuple[int, float]]
    unit: float
    boost: float
    part: float
    level: float
    busy_level: float

    @classmethod
    def of(cls, line: Line, start: int, *, boost: float) -> Moment:
        """A day of a line."""
        rng = line.scene.rng
        past = line.costs[max(0, start - WEEKS_BEFORE) : start]
        busy = past[past > NOTHING]
        return cls(
            rng,
            line.costs,
            start,
            work=line.scene.account.work,
            fees=[(day, fee * line.price) for day, fee in line.series.fees],
            unit=line.series.unit,
            boost=boost,
            part=rng.uniform(0.25, 1),
            level=past.mean() if past.size else 0.0,
            busy_level=float(np.median(busy)) if busy.size else 0.0,
        )

    @property
    def n_days(self) -> int:
        """Length of the bill."""
        return len(self.costs)

    def end(self, length: int) -> int:
        """The day after so many days, or after the bill."""
        return min(self.n_days, self.start + length)

    def small(self) -> float:
        """Size of a step, relative to what was: median 0.6."""
        return float(np.clip(np.exp(self.rng.normal(math.log(0.6), 0.7)) * self.boost, 0.2, 8))

    def big(self) -> float:
        """Size of a mistake, relative to what was: median 1.3."""
        return float(np.clip(np.exp(self.rng.normal(math.log(1.3), 0.9)) * self.boost, 0.25, 20))

    def machines(self, share: float) -> float:
        """The share as a whole number of machines, one at least."""
        return max(1, round(share / self.unit)) * self.unit

    def length(self, median: float, spread: float, *, within: Range) -> int:
        """Days it takes until somebody notices."""
        return int(np.clip(np.exp(self.rng.normal(math.log(median), spread)), *within))

    def scatter(self, size: int, spread: float) -> Floats:
        """Noise as a factor."""
        return np.asarray(np.exp(self.rng.normal(0, spread, size)))

    def lifted(self, end: int, share: float, *, additive: bool, jitter: float = 0.05) -> Floats:
        """The costs with so much more until the end: of the level before, or else of each day."""
        days = slice(self.start, end)
        added = share * self.scatter(end - self.start, jitter)
        added[0] *= self.part
        after = self.costs.copy()
        after[days] += added * (self.level if additive else self.costs[days])
        return after


def rise(length: int) -> str:
    """The kind of a rise that ends after so many days."""
    return "spike" if length <= A_FEW_DAYS else "step_up"
