"""A series in the making: what is expected of it, what was drawn, and what would stand out.

Knows what an event has to ask about a series; must not know how an event is laid over it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.trials.almanac import Flags
from benchmarks.accuracy.worlds.trials.draws import Rng, scatter

Habit = Literal["usage", "bursts", "batch", "fee", "switched"]

CLEAR = 4.0
"""Standard deviations of a series' own noise that an event has to exceed."""
ODDS = {
    "spike": 0.36,
    "drop": 0.14,
    "step_up": 0.19,
    "step_down": 0.09,
    "drift_up": 0.12,
    "new": 0.04,
    "gone": 0.06,
}
"""How often each kind of event is wished for, where a family allows all of them."""


@dataclass(slots=True)
class Stream:
    """One series, still without its events.

    Attributes:
        expected: usage without noise, dollars a day.
        usage: the same as drawn.
        rise: a rise that the noise does not reach, relative to what is expected, a figure each day.
        fall: the like for a fall; above 1 where nothing can be told from noise.
        fees: charges beside the usage, which a change of usage leaves alone.
        odds: the kinds of events it can have, with their weights.
        may_start: days on which an event may start.
        habit: how it is billed, and so how an event looks on it.
        active: days on which it is billed, where its habit is not usage.
        usual: size of one charge, where its habit is a batch or a fee.
        price: dollars for one of the things counted; 0 where nothing is counted.
        growth: its own trend, relative, a day.
        on_a_plan: switched by the clock, where its habit is to be switched; else at whim.
        pennies: so small that only dollars out of nowhere are an event.
        recurring: days of each month that are unlike the others.
        born: first day it is billed at all.
        quiet: first and last days of what is neither normal nor an event.
    """

    expected: Floats
    usage: Floats
    rise: Floats
    fall: Floats
    fees: Floats
    may_start: Flags
    active: Flags
    recurring: Flags
    odds: dict[str, float] = field(default_factory=lambda: dict(ODDS))
    regular: bool = True
    habit: Habit = "usage"
    usual: float = 0.0
    price: float = 0.0
    growth: float = 0.0
    on_a_plan: bool = True
    pennies: bool = False
    born: int = 0
    quiet: list[tuple[int, int]] = field(default_factory=list)

    @classmethod
    def even(cls, expected: Floats, usage: Floats, sigma: float) -> Stream:
        """A stream whose noise, of this coefficient of variation, is as wide upwards as downwards."""
        return cls._of(expected, usage, (CLEAR * sigma, CLEAR * sigma))

    @classmethod
    def skewed(cls, expected: Floats, usage: Floats, sigma: float) -> Stream:
        """A stream whose logarithm has noise of this standard deviation."""
        return cls._of(expected, usage, (float(np.expm1(CLEAR * sigma)), float(-np.expm1(-CLEAR * sigma))))

    @classmethod
    def _of(cls, expected: Floats, usage: Floats, clear: tuple[float, float]) -> Stream:
        n = len(expected)
        rise, fall = clear
        return cls(
            expected,
            usage,
            rise=np.full(n, rise),
            fall=np.full(n, fall),
            fees=np.zeros(n),
            may_start=np.ones(n, dtype=bool),
            active=np.ones(n, dtype=bool),
            recurring=np.zeros(n, dtype=bool),
        )

    @property
    def n_days(self) -> int:
        """How many days the bill has."""
        return len(self.usage)

    @property
    def costs(self) -> Floats:
        """What is billed."""
        return self.usage + self.fees

    def level(self, day: int) -> float:
        """Mean of what is expected within two weeks of a day, over the days that have any; 0 without."""
        near = self.expected[max(self.born, day - 14) : day + 15]
        near = near[near > 0]
        return float(near.mean()) if near.size else 0.0

    def peak(self, day: int) -> float:
        """Most that is expected of a day within ten days of this one."""
        return float(self.expected[max(0, day - 10) : day + 11].max())

    def size(self, day: int) -> float:
        """What a lasting change on this day would be measured against; 0 where it cannot begin here."""
        if self.habit == "usage":
            return self.level(day)
        if not self.active[day]:
            return 0.0
        return float(self.expected[day]) if self.habit == "batch" else self.peak(day)

    def hush_first(self, days: Flags, *, more: int = 0) -> None:
        """Declare the first of these days quiet, and `more` after it: nobody can know yet that it recurs."""
        if days.any():
            first = int(np.argmax(days))
            self.quiet.append((first, first + more))


def only(*kinds: str) -> dict[str, float]:
    """The odds of these kinds alone."""
    return {kind: ODDS[kind] for kind in kinds}


def without(*kinds: str) -> dict[str, float]:
    """The odds of all other kinds."""
    return {kind: weight for kind, weight in ODDS.items() if kind not in kinds}


def scattered(rng: Rng, expected: Floats, spread: float) -> Stream:
    """A stream that scatters evenly about what is expected."""
    return Stream.even(expected, expected * scatter(rng, len(expected), spread), spread)
