"""What a family draws its series from: chance, the days, a country and a usual level.

Knows what shapes, noise and tariffs are; must not know any family or any detector.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.tenants.almanac import Almanac, Flags


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Where a series is drawn.

    Attributes:
        level: dollars of a usual day on which there is use.
    """

    rng: np.random.Generator
    almanac: Almanac
    country: str
    level: float

    @property
    def n_days(self) -> int:
        """Days of the bill."""
        return self.almanac.n_days

    @property
    def off(self) -> Flags:
        """Days on which the offices are empty, (n_days,)."""
        return (self.almanac.weekday >= 5) | self.almanac.off[self.country]

    def between(self, low: float, high: float) -> float:
        """A number of a range, even by ratio."""
        return float(np.exp(self.rng.uniform(np.log(low), np.log(high))))


Shape = Callable[[Scene], Floats]
"""Use per day, (n_days,), about 1 on a usual day."""
Price = Callable[[Floats], Floats]
"""Dollars per day of a use per day that is counted in dollars of the plain price."""
Tariff = Callable[[Scene], Price]

Settings = ParamSpec("Settings")
Drawn = TypeVar("Drawn")


def settled(
    rule: Callable[Concatenate[Scene, Settings], Drawn],
) -> Callable[Settings, Callable[[Scene], Drawn]]:
    """A rule of a scene and settings, as one that is given its settings first and its scene later."""

    def given(*args: Settings.args, **named: Settings.kwargs) -> Callable[[Scene], Drawn]:
        return lambda scene: rule(scene, *args, **named)

    return given


def times(*shapes: Shape) -> Shape:
    """The product of shapes."""

    def product(scene: Scene) -> Floats:
        return np.asarray(np.prod([shape(scene) for shape in shapes], axis=0))

    return product
