"""Databases, caches and searches: by the instance, by the unit of capacity, by the request.

Knows how such services are used and charged; must not know what is planted in them, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.businesses.scene import Scene
from benchmarks.accuracy.worlds.businesses.series import Series, at, by_the_hour

IDLE = 0.3
"""How much of a workday a day is below which a cluster may pause."""


def rds_instances(scene: Scene) -> Series:
    """Instances by the hour, what is read and written, and what is stored."""
    level, reads, stores = scene.level(35, 1.7), scene.uniform(0, 0.25), scene.uniform(0.05, 0.3)
    traffic, stored = scene.demand(noise=0.08), scene.growing(0, 0.0009)

    def cost(usage: Floats) -> Floats:
        instances = (1 - reads - stores) * usage * scene.day_length
        return level * (instances + reads * traffic * np.minimum(3, usage) + stores * stored)

    return Series(np.ones(scene.n_days), cost, unit=scene.one_of((0.34, 0.5, 1.0)))


def aurora_serverless(scene: Scene) -> Series:
    """Capacity that follows each hour's demand by eighths, above a floor."""
    level, usage, hourly = scene.level(18, 1.5), scene.demand(noise=0.09), scene.hourly()
    floor = np.quantile(usage, scene.uniform(0, 0.4)) * scene.uniform(0.3, 1)

    def cost(usage: Floats) -> Floats:
        capacity = np.ceil(8 * usage[:, None] * hourly[None]) / 8
        return np.asarray(level * np.maximum(floor, capacity).mean(axis=1))

    return Series(usage, cost)


def dynamodb_ondemand(scene: Scene) -> Series:
    """By the request."""
    return Series(scene.demand(), at(scene.level(13, 1.7)))


def dynamodb_provisioned_autoscale(scene: Scene) -> Series:
    """Capacity that is raised at once, and lowered by a fifth a day at most."""
    level, slack = scene.level(13, 1.5), scene.uniform(0.08, 0.2)

    def cost(usage: Floats) -> Floats:
        provisioned, capacity = np.empty(len(usage)), usage[0] * 1.4
        for day, used in enumerate(usage):
            if used * 1.2 > capacity:
                capacity = used * 1.4
            elif used * 1.4 < capacity * (1 - slack):
                capacity = max(used * 1.4, capacity * 0.8)
            provisioned[day] = capacity
        return level * np.ceil(provisioned * 10) / 14

    return Series(scene.demand(noise=0.06), cost)


def redshift_concurrency(scene: Scene) -> Series:
    """A cluster, for three in ten paused when nobody works, and helpers for crowded hours."""
    workday = np.where(scene.work > IDLE, 1, 0.1)
    sizes = scene.luckily(0.4) * np.exp(scene.rng.normal(0, 0.8, scene.n_days))
    helpers, pauses = workday * sizes * scene.uniform(0, 0.25), scene.chance(0.3)
    usage = np.where(pauses & (scene.work < IDLE), 0.45, 1) + helpers
    price = by_the_hour(scene.level(50, 1.4), scene.business.hours)
    return Series(usage, price, never_off=np.maximum(usage, 1) if pauses else None)


def opensearch_blue_green(scene: Scene) -> Series:
    """A cluster that is copied for a day whenever it is configured anew, every few weeks."""
    usage, every = np.ones(scene.n_days), scene.whole(12, 34)
    for day in range(scene.whole(0, every - 1), scene.n_days, every):
        near = int(np.clip(day + scene.whole(-3, 3), 0, scene.n_days - 1))
        usage[near] += scene.uniform(0.15, 0.9)
    price = by_the_hour(scene.level(30, 1.4), scene.business.hours)
    return Series(usage, price, lumps=usage > 1)


def elasticache_nodes(scene: Scene) -> Series:
    """Two to six nodes by the hour."""
    price = by_the_hour(scene.level(22, 1.5), scene.business.hours)
    return Series(np.ones(scene.n_days), price, unit=1 / scene.whole(2, 6))
