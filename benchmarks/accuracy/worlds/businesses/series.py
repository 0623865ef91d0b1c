"""One line of a bill before anything happens to it: what is used, and what that costs.

Knows what has to be known to plant something; must not know how the line was drawn, nor any detector.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.account import Range
from benchmarks.accuracy.worlds.accounts.almanac import Days
from benchmarks.accuracy.worlds.businesses.incident import Incident

Price = Callable[[Floats], Floats]
"""Usage of every day to dollars of every day."""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """A series in the making, an array a day.

    Attributes:
        usage: what is used, in units of its own.
        lumps: days on which charges come that the calendar tells; they say nothing of what is usual.
        disputed: days, first to last, on which people would disagree.
        own: what its own nature makes happen to it, if anything.
        is_spared: nothing is planted in it.
        unit: what one machine more uses, where it is billed by machines.
        never_off: what is used where nobody switches anything off at night and on weekends.
    """

    usage: Floats
    price: Price
    lumps: Days | None = None
    disputed: tuple[Range, ...] = ()
    own: Incident | None = None
    is_spared: bool = False
    unit: float = 0.0
    never_off: Floats | None = field(default=None, repr=False)

    @property
    def is_lump(self) -> Days:
        """`lumps`, none where there are none."""
        return np.zeros(len(self.usage), dtype=bool) if self.lumps is None else self.lumps


def at(level: float) -> Price:
    """So many dollars a unit."""
    return lambda usage: level * usage


def by_the_hour(level: float, hours: Floats) -> Price:
    """So many dollars a unit and 24 hours; the days of `hours` are not all as long."""
    return lambda usage: level * usage * hours / 24
