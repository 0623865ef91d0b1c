"""Something that happened to a series, before the series has a number.

Knows the shape of a label; must not know how large an event should be.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.labelled import Event, Floats


@dataclass(frozen=True, slots=True, eq=False)
class Mishap:
    """What happened to a series.

    Attributes:
        kind: as of an `Event`.
        first: first day of it.
        last: last day on which a first notice of it still counts.
        before: costs a day as they would have been.
        after: costs a day as they are.
    """

    kind: str
    first: int
    last: int
    before: Floats
    after: Floats

    @property
    def moved(self) -> Floats:
        """Dollars it moves on each of its days, absolute."""
        days = slice(self.first, self.last + 1)
        return np.abs(self.after[days] - self.before[days])

    @property
    def dollars(self) -> float:
        """Dollars it moves on the day on which it moves most."""
        return float(self.moved.max())

    def event(self, series: int) -> Event:
        """The label of it; its size is relative to what the days that it moves would have cost."""
        moved = self.moved
        usual = float(self.before[self.first : self.last + 1][moved > 0].sum())
        ratio = float(moved.sum()) / usual if usual > 0 else float("inf")
        return Event(series, self.kind, self.first, self.last, float(moved.sum()), ratio)
