"""What watches and keeps the rest: logs, rules, keys, and functions small and large.

Knows how such services charge; must not know what is planted in them, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.years.scene import Scene
from benchmarks.accuracy.worlds.years.series import Series


def cloudwatch_logs(scene: Scene) -> Series:
    """Logs, with a little more after releases."""
    country = scene.country()
    written = scene.week(country, scene.uniform(0.6, 1)) * scene.noise(0.04, 0.12)
    released = scene.rng.random(scene.n_days) < 0.05
    written[released] *= scene.rng.uniform(1.05, 1.2, released.sum())
    return Series(scene.magnitude(10, 1500) * written, country=country)


def tiered_month_decay(scene: Scene) -> Series:
    """A price by tiers: the first days of a month are dear."""
    size, pace, level = scene.uniform(0.4, 1.5), scene.uniform(3, 9), scene.magnitude(30, 1500)
    dear = 1 + size * np.exp(-(scene.almanac.day_of_month - 1) / pace)
    return Series(level * dear * scene.noise(0.01, 0.04))


def config_rules(scene: Scene) -> Series:
    """What is recorded when something is deployed, on workdays for the most part."""
    country = scene.country()
    costs = scene.magnitude(8, 250) * np.where(scene.almanac.off(country), 0.4, 1)
    return Series(costs * scene.heavy(0.15, 0.3), country=country)


def pennies_kms(scene: Scene) -> Series:
    """Keys and queues for pennies, which at times cost many times as much, and still next to nothing."""
    costs = scene.magnitude(0.5, 3) * scene.noise(0.05, 0.2)
    for day in scene.rng.choice(scene.n_days, scene.whole(1, 5), replace=False):
        costs[day] += scene.uniform(0.5, 3)
    return Series(costs)


def pennies_lambda(scene: Scene) -> Series:
    """Small functions, with small bumps of up to three days."""
    costs = scene.magnitude(0.5, 6) * scene.noise(0.1, 0.25)
    for day in scene.rng.choice(scene.n_days - 3, scene.whole(0, 3), replace=False):
        end = day + scene.whole(1, 3)
        costs[day:end] += scene.uniform(0.5, 3)
    return Series(costs)


def lambda_traffic(scene: Scene) -> Series:
    """Functions that follow the traffic."""
    country = scene.country()
    costs = scene.magnitude(15, 2500) * scene.week(country, scene.uniform(0.6, 1.1))
    return Series(costs * scene.noise(0.03, 0.1) * scene.tide(), country=country)
