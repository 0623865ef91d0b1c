"""One line of a bill before anything is planted in it.

Knows what has to be known to plant something; must not know how the line was drawn, nor any detector.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.almanac import Days
from benchmarks.accuracy.worlds.years.mishap import Mishap


@dataclass(slots=True, eq=False)
class Series:
    """A series in the making.

    Attributes:
        costs: dollars a day; a credit is negative, which no bill of the benchmark shows.
        own: what its own nature made happen to it, if anything.
        country: whose holidays are unlike other days; weekends alone are where there is none.
        unit: dollars a day of one machine, where it is billed by machines.
        exact: to the cent the same each day.
        level: what a usual day costs where most days say nothing of it; else 0, and the days before say it.
        due: days of its recurring charges, where it has nothing but those.
        spared: days about which nothing is planted, as what is usual is open to dispute.
    """

    costs: Floats
    own: Mishap | None = None
    country: str | None = None
    unit: float = 0.0
    exact: bool = False
    level: float = 0.0
    due: Days | None = None
    spared: Days | None = None

    @property
    def is_even(self) -> bool:
        """Whether its habits leave room for bumps and old trouble."""
        return self.due is None and not self.exact

    def is_spared(self, first: int, end: int) -> bool:
        """Whether nothing may be planted on these days, the last not included."""
        return self.spared is not None and bool(np.any(self.spared[first:end]))
