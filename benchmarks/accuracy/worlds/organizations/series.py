"""One line of an organization's bill, with what a person who knows it would say of it.

Knows what is expected of a series and which days are open to dispute; must not know how it was drawn, nor any
detector.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.labelled import Floats

Odds = Mapping[str, float]
Range = tuple[int, int]

BY_TRAFFIC: Odds = {"spike": 3, "drop": 2.2, "step_up": 2, "step_down": 1, "drift_up": 1.6, "gone": 0.4}
"""What happens to things that follow the use made of them."""
BY_THE_HOUR: Odds = {"spike": 1, "drop": 0.4, "step_up": 3, "step_down": 1.8, "drift_up": 0.8, "gone": 1}
"""What happens to things that just run."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How large a series is that starts within the bill, and how often it is closed again."""

    median: float
    scatter: float
    closed: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """A series and what is known of it.

    Attributes:
        expected: dollars a day a person would expect.
        odds: what may happen to it, with weights.
        regular: billed every day at a size that can be foretold.
        headroom: dollars above the expected that its own ups and downs reach.
        hushed: days, first to last, on which people would disagree.
        additive: share of the rises that come as dollars rather than as a multiple.
        eventful: how much happens to it; 1 is ordinary.
        due: days of its monthly charge.
        opening: for a series that starts within the bill.
        erratic: its days are of no fixed size, so that nothing is expected of any one of them.
        scheduled: works on some days of the week only, so that its median day says nothing.
        spread: noise about the expected, relative to it.
    """

    family: str
    costs: Floats
    expected: Floats
    odds: Odds
    regular: bool = True
    headroom: Floats | float = 0.0
    hushed: tuple[Range, ...] = ()
    additive: float = 0.3
    eventful: float = 1.0
    due: NDArray[np.int64] | None = None
    opening: Opening | None = None
    erratic: bool = False
    scheduled: bool = False
    spread: float = 0.0

    def is_hushed(self, first: int, last: int) -> bool:
        """Whether any of these days is open to dispute."""
        return any(start <= last and end >= first for start, end in self.hushed)


def runs(days: NDArray[np.bool_], *, limit: int) -> tuple[Range, ...]:
    """The first runs of marked days."""
    edges = np.diff(np.concatenate([[0], days.astype(np.int64), [0]]))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1
    return tuple((int(start), int(end)) for start, end in zip(starts[:limit], ends[:limit], strict=True))
