"""The luck of one thing.

Knows chance; must not know what is drawn with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.accuracy.worlds.accounts.strokes import Rng
from benchmarks.accuracy.worlds.trials.draws import log_uniform


@dataclass(frozen=True, slots=True, eq=False)
class Luck:
    """Draws one number after the other, in the order in which they are asked for."""

    rng: Rng

    def chance(self, odds: float) -> bool:
        """True in `odds` of all cases."""
        return bool(self.rng.random() < odds)

    def uniform(self, low: float, high: float) -> float:
        """A number between the two."""
        return float(self.rng.uniform(low, high))

    def magnitude(self, low: float, high: float) -> float:
        """A number between the two, of any magnitude alike."""
        return log_uniform(self.rng, low, high)

    def whole(self, low: int, high: int) -> int:
        """A whole number from the one to the other, both of them included."""
        return int(self.rng.integers(low, high + 1))
