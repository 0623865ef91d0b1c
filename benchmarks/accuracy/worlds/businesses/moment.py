"""The moment something begins to happen to a series: how large it is, how long it takes, how it fades.

Knows sizes and lengths; must not know which kinds of incidents there are, nor any detector.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.almanac import Numbers
from benchmarks.accuracy.worlds.businesses.luck import DailyLuck
from benchmarks.accuracy.worlds.businesses.series import Series

SHORT, BRIEF = 2, 21
"""Days up to which a rise is a spike, and a burst."""
SHADOW = 0.01
"""Share of the whole thing below which a day is over."""
FADED = 0.04


@dataclass(frozen=True, slots=True, eq=False)
class Moment(DailyLuck):
    """A day of a series on which something begins, and the luck of what it will be."""

    series: Series
    start: int

    @property
    def since(self) -> Numbers:
        """Days of the bill, counted from the first one of what happens."""
        return np.arange(self.n_days) - self.start

    def size(self, low: float, middle: float, high: float, *, common: float = 0.68) -> float:
        """What is added, relative to what was: up to the middle at the odds of `common`, else beyond it."""
        return self.uniform(low, middle) if self.chance(common) else self.magnitude(middle, high)

    def until_noticed(self) -> int:
        """Days: four to 160, of any magnitude alike."""
        return int(self.magnitude(4, 160))

    def from_now_on(self) -> Floats:
        """1 from the first day on, 0 before it."""
        return np.where(self.since >= 0, 1.0, 0.0)

    def mounting(self, days: int) -> Floats:
        """From nothing to 1 over so many days, for good."""
        return np.asarray(np.clip((self.since + 1) / days, 0, 1))

    def for_days(self, length: int, *, mounting: int = 0, fading: float = 0.0) -> Floats:
        """1 on so many days, of which the first and the last are not always whole ones.

        Args:
            length: days; beyond the bill's end there are none.
            mounting: days it takes until it is there as a whole.
            fading: share of it that is left the day after, and each day again.
        """
        end, on = min(self.n_days, self.start + length), np.zeros(self.n_days)
        on[self.start : end] = 1
        if mounting > 1:
            on[:end] *= self.mounting(mounting)[:end]
        elif self.chance(0.6):
            on[self.start] = self.uniform(0.15, 1)
        if length > 1 and self.chance(0.4) and end < self.n_days:
            on[end - 1] *= self.uniform(0.2, 1)
        left = fading
        while left > FADED and end < self.n_days:
            on[end] = left
            left, end = left * fading, end + 1
        return on

    def rise(self, length: int, on: Floats) -> tuple[str, int, int]:
        """Kind, first and last day of a rise of so many days that is there as `on` says."""
        kind = "spike" if length <= SHORT else "burst" if length <= BRIEF else "step_up"
        return self.span(kind, on)

    def span(self, kind: str, on: Floats) -> tuple[str, int, int]:
        """The kind, and first and last day of what is there as `on` says."""
        there = np.flatnonzero(np.abs(on) > SHADOW)
        return kind, self.start, int(there[-1]) if there.size else self.start
