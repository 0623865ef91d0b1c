"""Containers and what is deployed in them.

Knows how such services charge; must not know what is planted in them, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.years.scene import Scene
from benchmarks.accuracy.worlds.years.series import Series

CLUSTER = 2.4
"""Dollars a day."""


def eks_control_plane(scene: Scene) -> Series:
    """Clusters by the hour; one more or less is worth no alert."""
    clusters = np.full(scene.n_days, scene.whole(2, 9))
    for _ in range(scene.whole(0, 3)):
        clusters[scene.whole(10, scene.n_days - 5) :] += int(scene.rng.choice([-1, 1, 1]))
    return Series(np.maximum(clusters, 1) * CLUSTER)


def fargate_traffic(scene: Scene) -> Series:
    """Tasks that follow the traffic, and grow by up to half as much again and more a year."""
    country = scene.country()
    costs = scene.magnitude(30, 6000) * scene.week(country, scene.uniform(0.6, 1.05)) * scene.growth(0, 0.7)
    return Series(costs * scene.noise(0.02, 0.07) * scene.tide(), country=country)


def fargate_slow_rollout(scene: Scene) -> Series:
    """A rollout over four to six months, planned, of half as much again to twice as much and more."""
    middle, pace = scene.uniform(100, 300), scene.uniform(28, 42)
    level = scene.magnitude(40, 3000)
    rolled_out = scene.uniform(0.5, 1.2) / (1 + np.exp(-(scene.day - middle) / pace))
    return Series(level * (1 + rolled_out) * scene.noise(0.02, 0.05))


def blue_green_deploys(scene: Scene) -> Series:
    """Every week or two the old fleet and the new one run side by side for some hours."""
    costs, day, size = scene.noise(0.008, 0.025), scene.whole(0, 10), scene.uniform(0.05, 0.18)
    while day < scene.n_days:
        costs[day] *= 1 + size * scene.uniform(0.6, 1)
        day += scene.whole(5, 18)
    return Series(scene.magnitude(60, 5000) * costs)
