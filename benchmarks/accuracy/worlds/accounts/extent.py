"""How far a change reaches: the days on which it matters, and how much it moves on them.

Knows what a change moved; must not know what is worth telling, nor any detector.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.labelled import INCREASES, Floats
from benchmarks.accuracy.worlds.accounts.almanac import Days
from benchmarks.accuracy.worlds.accounts.moment import A_FEW_DAYS, Change

FROM_NOTHING = 100.0
"""Ratio of what comes from nothing, and the largest there is."""
LEAST_MOVE = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Extent:
    """A change from the first day that matters to the last.

    Attributes:
        moved: dollars it moves in its direction, on every day of the bill.
        on: of its own days, those that matter.
    """

    kind: str
    first: int
    last: int
    moved: Floats
    on: Days

    @classmethod
    def of(cls, change: Change, costs: Floats) -> Extent | None:
        """The extent of a change; None where it moves nothing."""
        moved = (change.after - costs) * direction(change.kind)
        own = moved[change.first : change.last + 1]
        if not own.size or own.max() <= LEAST_MOVE:
            return None
        share = 0.02 if change.kind == "drift_up" else 0.12
        days = change.first + np.flatnonzero(own > share * own.max())
        first, last = int(days[0]), int(days[-1])
        own = moved[first : last + 1]
        return cls(change.kind, first, last, moved, on=own > 0.12 * own.max())

    def of_its_days(self, values: Floats) -> Floats:
        """Values on those of its days that matter."""
        return values[self.first : self.last + 1][self.on]

    @property
    def dollars(self) -> float:
        """What it moves on a usual day: of a drift the upper quartile, of a few days their mean."""
        moved = self.of_its_days(self.moved)
        if self.kind == "drift_up":
            return float(np.quantile(moved, 0.75))
        return float(np.mean(moved) if len(moved) <= A_FEW_DAYS else np.median(moved))

    def ratio(self, costs: Floats) -> float:
        """The same relative to what would have been; of all but drifts the mean."""
        before = float(np.mean(self.of_its_days(costs)))
        moved = self.dollars if self.kind == "drift_up" else float(self.of_its_days(self.moved).mean())
        return min(FROM_NOTHING, moved / before) if before > 0 else FROM_NOTHING


def direction(kind: str) -> int:
    """1 where an event is a rise, -1 where it is a fall."""
    return 1 if kind in INCREASES else -1
