"""Databases, caches, warehouses and indexes.

Knows how such services charge; must not know what is planted in them, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.years.scene import Scene
from benchmarks.accuracy.worlds.years.series import Series


def rds_flat(scene: Scene) -> Series:
    """Instances around the clock."""
    return Series(scene.magnitude(20, 9000) * scene.noise(0.003, 0.02))


def prorated_monthly(scene: Scene) -> Series:
    """A price by the month, spread over its days: shorter months have dearer days."""
    return Series(scene.magnitude(600, 90000) / scene.almanac.days_in_month * scene.jitter(0.001))


def aurora_io(scene: Scene) -> Series:
    """A database billed by what is read and written, more of it about the end of the month."""
    country, almanac = scene.country(), scene.almanac
    closing = (almanac.days_left < 2) | (almanac.day_of_month == 1)
    costs = scene.magnitude(30, 4000) * scene.week(country, scene.uniform(0.5, 0.9))
    costs = costs * scene.noise(0.03, 0.09) * (1 + closing * scene.uniform(0.2, 0.6))
    return Series(costs, country=country)


def dynamodb_ondemand(scene: Scene) -> Series:
    """Tables by the request."""
    country = scene.country()
    costs = scene.magnitude(12, 5000) * scene.week(country, scene.uniform(0.7, 1.2))
    return Series(costs * scene.noise(0.03, 0.1) * scene.growth(-0.1, 0.5) * scene.tide(), country=country)


def elasticache_nodes(scene: Scene) -> Series:
    """Nodes at a price, to the cent."""
    price = scene.magnitude(3, 40)
    return Series(np.full(scene.n_days, scene.whole(3, 20) * price), unit=price, exact=True)


def redshift_pause(scene: Scene) -> Series:
    """A warehouse that is paused at weekends and on holidays."""
    country, level, paused = scene.country(), scene.magnitude(60, 2500), scene.uniform(0.03, 0.15)
    costs = level * np.where(scene.almanac.off(country), paused, 1.0) * scene.noise(0.004, 0.03)
    return Series(costs, country=country, spared=scene.almanac.about_christmas)


def redshift_serverless(scene: Scene) -> Series:
    """Questions of analysts on workdays."""
    country, level = scene.country(), scene.magnitude(30, 1500)
    at_rest = np.where(scene.almanac.off(country), scene.uniform(0.05, 0.3), 1)
    return Series(
        level * at_rest * scene.heavy(0.15, 0.3), country=country, spared=scene.almanac.about_christmas
    )


def opensearch_nodes(scene: Scene) -> Series:
    """Nodes; a change of their settings doubles them for some hours, a few times a year."""
    nodes = np.ones(scene.n_days)
    changed = scene.rng.choice(scene.n_days, scene.whole(2, 7), replace=False)
    nodes[changed] += scene.uniform(0.05, 0.15)
    return Series(scene.magnitude(25, 2000) * nodes * scene.jitter(0.003))
