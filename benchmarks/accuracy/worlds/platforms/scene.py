"""What a series is made with and made of.

Knows the parts a series has; must not know any detector.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from benchmarks.accuracy.labelled import INCREASES, Floats
from benchmarks.accuracy.worlds.platforms.almanac import Almanac, Ints

Span = tuple[float, float]
Tariff = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """The chance and the calendar of one series."""

    rng: np.random.Generator
    almanac: Almanac

    @property
    def n_days(self) -> int:
        """Days of the bill."""
        return self.almanac.n_days

    def within(self, span: Span) -> float:
        """A number of a span, all alike."""
        return float(self.rng.uniform(*span))

    def about(self, span: Span) -> float:
        """A number of a span, each order of magnitude alike."""
        return float(np.exp(self.rng.uniform(*np.log(span))))

    def whole(self, span: tuple[int, int]) -> int:
        """A whole number of a span, both ends included."""
        return int(self.rng.integers(span[0], span[1] + 1))


@dataclass(frozen=True, slots=True, eq=False)
class Usage:
    """Use by day, in dollars at list price; `base`: beside runs; `run`: number of a day's run, or -1."""

    daily: Floats
    base: Floats
    run: Ints

    @classmethod
    def plain(cls, daily: Floats) -> Usage:
        """Usage without runs."""
        return cls(daily, daily, np.full(len(daily), -1, dtype=np.int64))


def by_use(_scene: Scene, _dollars: float) -> Tariff:
    """Each unit at the same price."""
    return lambda used: used


class Shape(Protocol):
    """How a family uses its service."""

    @property
    def regular(self) -> bool:
        """Whether it is billed every day without bursts."""

    def usage(self, scene: Scene, dollars: float) -> Usage:
        """Usage of one series, of about so many dollars a day."""


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of series: its dollars on a day (of a run: a day of it), and what may happen to it, by name.

    `price` makes its tariff, and `lapsed` the one that holds once a commitment or credit has ended.
    """

    name: str
    shape: Shape
    dollars: Span
    mishaps: str
    price: Callable[[Scene, float], Tariff] = by_use
    lapsed: Callable[[Scene, float], Tariff] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    """One series in the making: its usage and its price."""

    usage: Usage
    tariff: Tariff
    lapsed: Tariff | None = None

    @property
    def costs(self) -> Floats:
        """Dollars a day."""
        return np.maximum(self.tariff(self.usage.daily), 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """Costs of a series without and with a mishap of some days; `top`: where all of it is there."""

    kind: str
    before: Floats
    after: Floats
    first: int
    last: int
    top: int
    almanac: Almanac

    @property
    def sign(self) -> int:
        """1 where costs rise, else -1."""
        return 1 if self.kind in INCREASES else -1

    @property
    def effect(self) -> Floats:
        """Dollars a day in the direction of its kind."""
        return self.sign * (self.after - self.before)
