"""Containers, functions and endpoints: what comes in whole tasks, nodes and units, or by the request.

Knows how such services are used and charged; must not know what is planted in them, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.businesses.prices import beyond_free, machine_hours
from benchmarks.accuracy.worlds.businesses.scene import Scene, as_usual
from benchmarks.accuracy.worlds.businesses.series import Series, at

SMALL = 12
"""Dollars a day below which a free tier matters."""


def fargate_services(scene: Scene) -> Series:
    """Tasks, some for the traffic, and a little more on days of a release."""
    level = scene.level(18, 1.6)
    tasks, elastic = max(2, round(level / 1.2)), scene.uniform(0.15, 0.8)
    blips = 1 + scene.business.releases * scene.uniform(0.01, 0.06)

    def cost(usage: Floats) -> Floats:
        running = np.maximum(1, np.round(tasks * (1 - elastic + elastic * usage)))
        return level / tasks * running * blips * scene.day_length

    return Series(scene.demand(noise=0.05), cost)


def eks_cluster_nodes(scene: Scene) -> Series:
    """Control planes by the day, and nodes that stay a day longer than they are needed."""
    level = scene.level(45, 1.5)
    price = scene.machine(level, least=3) * 24
    nodes, elastic = max(3, round(level / price)), scene.uniform(0.1, 0.6)
    planes = 2.4 * scene.whole(1, 3)

    def cost(usage: Floats) -> Floats:
        needed = np.ceil(nodes * (1 - elastic + elastic * usage))
        running = np.maximum(needed, np.r_[needed[0], needed[:-1]])
        return planes + price * running * scene.day_length

    return Series(scene.demand(noise=0.04), cost, unit=1 / nodes)


def lambda_free_tier(scene: Scene) -> Series:
    """Functions by the request; of small ones the first days of a month are free."""
    level = scene.level(5, 1.9)
    free = scene.magnitude(0.3, 12) if level < SMALL else 0.0
    return Series(scene.demand(), lambda usage: level * beyond_free(scene.almanac, usage, free))


def ml_inference_endpoint(scene: Scene) -> Series:
    """Endpoints of a model, and more machines in the hours that need them."""
    price = scene.one_of((0.23, 0.53, 0.74, 1.21, 5.67))
    machines, hourly = scene.one_of((1, 1, 2, 2, 3, 4, 6)), scene.hourly()

    def cost(usage: Floats) -> Floats:
        hours = machine_hours(usage, hourly, machines=machines * 0.85, least=machines)
        return price * hours * scene.day_length

    return Series(scene.demand(noise=0.08), cost, unit=1)


def vector_search_collection(scene: Scene) -> Series:
    """Search by meaning: a minimum of units, and halves of them for the traffic."""
    units = scene.one_of((2, 2, 4, 8, 12))

    def cost(usage: Floats) -> Floats:
        running = np.maximum(units, np.ceil(2 * units * usage * 0.8) / 2)
        return 0.24 * scene.business.hours * running

    return Series(scene.demand("both", noise=0.05), cost, unit=0.5)


def staging_load_tests(scene: Scene) -> Series:
    """A copy for the testers, and a load test every few weeks."""
    usage = (0.5 + 0.5 * scene.work) * scene.scattered(0.06)
    size = scene.uniform(0.4, 2.2)
    for day in scene.every_so_often((0, 19), (10, 25)):
        if scene.work[day] > 0.5:
            usage[day] += size * scene.uniform(0.6, 1.2)
    return Series(as_usual(usage), at(scene.level(12, 1.4)))


def ci_runners(scene: Scene) -> Series:
    """Builds on workdays, more on the days before a release, fewer at the end of the year."""
    usage = (scene.uniform(0.03, 0.15) + scene.work) * scene.scattered(scene.uniform(0.15, 0.35))
    rush = np.convolve(scene.business.releases, np.ones(3))[2:] > 0
    freeze = (scene.almanac.month == 12) & (scene.almanac.day_of_month > 18)
    usage *= (1 + scene.uniform(0, 0.6) * rush) * np.where(freeze, 0.6, 1)
    return Series(as_usual(usage * scene.business.growth), at(scene.level(16, 1.4)))


def kinesis_msk_streams(scene: Scene) -> Series:
    """Streams: shards by the hour, a quarter of them at a time, and what runs through them."""
    level, shards = scene.level(22, 1.5), scene.uniform(0.3, 0.9)

    def cost(usage: Floats) -> Floats:
        open_shards = np.ceil(4 * np.maximum(usage, 0.6) * 0.9) / 4
        return level * (shards * open_shards * scene.day_length + (1 - shards) * usage)

    return Series(scene.demand(noise=0.06), cost)
