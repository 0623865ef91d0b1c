"""What a family of series is, and how a stream is drawn from it.

Knows how shape, noise, life and price make a series; must not know any detector.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.worlds.tenants.life import birth, life
from benchmarks.accuracy.worlds.tenants.noise import even
from benchmarks.accuracy.worlds.tenants.scene import Scene, Shape, Tariff
from benchmarks.accuracy.worlds.tenants.stream import Stream
from benchmarks.accuracy.worlds.tenants.tariffs import plain


@dataclass(frozen=True, slots=True)
class Family:
    """One way in which a service is used.

    Attributes:
        dollars: range of the usual day's dollars; of one charge, for what is charged by date.
        stories: name of the set of incidents that befall it.
        lively: how much of ordinary life it has; 0 for what is fixed by contract.
        young: share of the series that begin within the bill.
        regular: billed every day without bursts.
    """

    name: str
    dollars: tuple[float, float]
    shape: Shape
    stories: str
    noise: Shape = even(0.02, 0.08)
    price: Tariff = plain
    lively: float = 1.0
    young: float = 0.12
    regular: bool = False

    def draw(self, scene: Scene) -> Stream:
        """A stream without incidents."""
        use = scene.level * self.shape(scene) * self.noise(scene)
        if self.lively:
            use *= life(scene, self.lively)
        born, ramp = birth(scene, self.young)
        factor = np.where(np.arange(scene.n_days) >= born, 1.0, 0.0)
        return Stream(scene, use * ramp, self.price(scene), factor, born)
