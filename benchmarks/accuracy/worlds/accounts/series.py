"""One line of an account's bill before anything happens to it.

Knows what may happen to a series and which of its days are no surprise; must not know how it was drawn, nor
any detector.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.account import Range
from benchmarks.accuracy.worlds.accounts.almanac import Days

Odds = Mapping[str, float]

BY_REQUEST: Odds = {"spike": 3.2, "step": 1.8, "outage": 2.6, "leak": 0.5, "optim": 1, "gone": 0.7}
"""What happens to things that follow the use made of them."""
MACHINES: Odds = {
    **{"forgot": 2.4, "sp_lost": 1, "crypto": 0.8, "optim": 1.4},
    **{"outage": 1, "gone": 0.8, "spike": 1.4, "leak": 0.4},
}
"""What happens to many machines."""
CONSTANT: Odds = {"resize": 1.6, "optim": 1.4, "gone": 1.2, "forgot": 1, "spike": 0.8}
"""What happens to things that just run."""
STORED: Odds = {"leak": 5, "optim": 1.2, "step": 0.8, "gone": 0.4, "spike": 0.4}
"""What happens to things that pile up."""
JOBS: Odds = {"double": 2, "spike": 2, "gone": 1, "step": 1, "runaway": 1}
"""What happens to jobs on a plan."""


@dataclass(slots=True, eq=False)
class Series:
    """A series in the making, in units of its own.

    Attributes:
        usage: (n_days,), of any size; negative values count as nothing.
        odds: what may happen to it, with weights; nothing where there are none.
        unit: one machine, where it is billed by machines and they are few; else 0.
        born: first day of a service that did not exist before.
        own_level: usage that costs what the account's size says; its mean where none is given.
        known: days on which the calendar makes it unlike other days.
        fees: days and sizes of its recurring charges.
        bursts: days, first to last, of the bursts that are its habit.
        disputed: days, first to last, on which people would disagree.
    """

    usage: Floats
    odds: Odds
    unit: float = 0.0
    born: int | None = None
    own_level: float | None = None
    known: Days = field(init=False)
    fees: list[tuple[int, float]] = field(default_factory=list)
    bursts: list[Range] = field(default_factory=list)
    disputed: list[Range] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Nothing is known of its days yet."""
        self.known = np.zeros(len(self.usage), dtype=bool)

    @classmethod
    def of(cls, usage: ArrayLike, odds: Odds, *, unit: float = 0.0) -> Series:
        """A series of counts, or of other numbers."""
        return cls(np.asarray(usage, dtype=np.float64), odds, unit=unit)

    @property
    def level(self) -> float:
        """Usage of a usual day that has any."""
        if self.own_level is not None:
            return self.own_level
        used = self.usage[self.usage > 0]
        return float(used.mean()) if used.size else 1.0

    def charge(self, days: Sequence[int], fees: Sequence[float]) -> None:
        """Add recurring charges on these days."""
        for day, fee in zip(days, fees, strict=True):
            self.usage[day] += fee
            self.fees.append((day, fee))

    def recurs(self, days: Sequence[int], *, unforeseen: int = 1) -> None:
        """Say that the calendar makes these days unlike others; nobody could foresee the first ones."""
        self.known[list(days)] = True
        self.disputed += [(day, day) for day in days[:unforeseen]]
