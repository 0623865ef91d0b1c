"""What runs: fleets, single machines, clusters, and the plans they are paid by.

Knows how such services charge; must not know any event beyond its odds, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.accounts.scene import Scene
from benchmarks.accuracy.worlds.accounts.series import CONSTANT, MACHINES, Series


def ec2_autoscaled_fleet(scene: Scene) -> Series:
    """Machines that follow the load, by the quarter of a machine's day."""
    machines = max(4, scene.rng.lognormal(2.8, 0.9))
    running = np.maximum(2, np.ceil(machines * scene.traffic() * 4) / 4)
    return Series.of(running, MACHINES, unit=1 / machines)


def ec2_steady(scene: Scene) -> Series:
    """A number of machines; every few weeks there is one more or one less."""
    machines = int(scene.rng.integers(3, 60))
    running, moves = np.full(scene.n_days, float(machines)), scene.some_days(1 / 70)
    for day in moves:
        running[day:] += scene.rng.choice([-1, 1])
    spread = scene.rng.choice([0.0005, 0.003, 0.012])
    series = Series.of(np.maximum(running, 1) * scene.jitter(spread), MACHINES, unit=1 / machines)
    if 1 / machines > 0.1:
        series.disputed += [(day, min(scene.n_days - 1, day + 9)) for day in moves]
    return series


def ec2_on_demand_above_savings_plan(scene: Scene) -> Series:
    """What exceeds the commitment, hour by hour: a small move of the load is a large one of the cost."""
    load = scene.traffic("business" if scene.rng.choice(2) == 0 else "consumers")
    commitment = np.quantile(load, scene.rng.uniform(0.05, 0.6))
    above = np.zeros(scene.n_days)
    for hour in np.linspace(-0.35, 0.35, 9):
        above += np.maximum(0, load * (1 + hour) - commitment)
    return Series(above / 9, {"sp_lost": 3, "forgot": 3, "optim": 1, "crypto": 0.5})


def savings_plan_fee(scene: Scene) -> Series:
    """The commitment itself."""
    return Series(np.ones(scene.n_days), {"gone": 2, "resize": 1})


def ec2_dev_weekdays(scene: Scene) -> Series:
    """Machines of developers, who come and go; some teams release at weekends."""
    rng, account = scene.rng, scene.account
    people = max(3, rng.lognormal(2.2, 0.7))
    running = rng.poisson(people * account.staff * rng.uniform(0.8, 1))
    running = running + np.where(account.work > 0.3, people * 0.3, 0)
    running = running * scene.jitter(0.03) + rng.choice([0, 0.02, 0.1]) * people
    if scene.chance(0.3):
        for day in np.flatnonzero((account.work < 0.1) & (rng.random(scene.n_days) < 0.12)):
            running[day] += people * rng.uniform(0.3, 0.9)
    odds = {"weekend_on": 3, "forgot": 3, "optim": 1, "gone": 0.8, "crypto": 0.5}
    return Series(running, odds)


def ec2_staging_off_at_night(scene: Scene) -> Series:
    """Machines that are switched off at night and at weekends; now and then somebody tests late."""
    rng, at_work = scene.rng, scene.account.work > 0.5
    hours = np.where(at_work, rng.uniform(10, 14), 0) + rng.choice([0, 1.5])
    hours = hours + (rng.random(scene.n_days) < 0.06) * at_work * rng.uniform(1, 5, scene.n_days)
    odds = {"weekend_on": 2, "nights_on": 3, "forgot": 2, "optim": 0.8, "gone": 0.8}
    return Series(hours * scene.jitter(0.02) + 0.3, odds)


def ecs_fargate(scene: Scene) -> Series:
    """Tasks that follow the load, and some of a deployment on workdays."""
    tasks = scene.uniform(6, 60)
    running = np.ceil(tasks * (0.5 + 0.5 * scene.traffic())) / tasks
    size = scene.uniform(0, 0.1)
    running = running + size * (scene.rng.random(scene.n_days) < 0.5 * scene.account.work)
    odds = {"forgot": 2, "step": 2, "sp_lost": 1, "outage": 1, "optim": 1.2, "gone": 0.6, "retry": 1}
    return Series(running, odds)


def eks_control_plane(scene: Scene) -> Series:
    """Clusters by the hour, to the cent."""
    clusters = int(scene.rng.integers(1, 12))
    return Series(np.ones(scene.n_days), CONSTANT, unit=1 / clusters)


def elasticache(scene: Scene) -> Series:
    """Nodes by the hour."""
    return Series(scene.jitter(2e-4), CONSTANT)


def msk_brokers(scene: Scene) -> Series:
    """Brokers by the hour, and the little they store."""
    stored = 0.1 * 30 / scene.almanac.days_in_month * scene.wander(0.1)
    usage = 1 + stored + scene.rng.normal(0, 0.001, scene.n_days)
    return Series(usage, {**CONSTANT, "leak": 1})


def opensearch(scene: Scene) -> Series:
    """Nodes by the hour; a deployment doubles them for some hours."""
    usage = np.ones(scene.n_days)
    for day in scene.some_days(1 / 60):
        usage[day] += scene.rng.uniform(0.05, 0.3)
    return Series(usage * scene.jitter(0.002), {**CONSTANT, "resize": 4})


def kinesis_shards(scene: Scene) -> Series:
    """Shards that follow the growth or the load, and the records put through them."""
    shards = int(scene.rng.integers(4, 40))
    followed = scene.account.consumers if scene.chance(0.5) else scene.account.growth
    usage = np.ceil(shards * followed) + 0.15 * shards * scene.traffic()
    return Series(usage, {"resize": 3, "optim": 2, "gone": 1, "forgot": 1})
