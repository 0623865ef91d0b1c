"""What runs: fleets, machines of developers, spot markets, environments that come and go.

Knows how such services charge; must not know what is planted in them, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.years.scene import Scene
from benchmarks.accuracy.worlds.years.series import Series


def ec2_production(scene: Scene) -> Series:
    """Production with the rhythm of a week, growth, holidays, and a lull about Christmas."""
    country = scene.country()
    level = scene.magnitude(60, 40000)
    costs = level * scene.week(country, scene.uniform(0.55, 0.95)) * scene.growth(-0.1, 0.5)
    costs = costs * scene.noise(0.015, 0.06) * scene.lull() * scene.tide()
    return Series(costs, country=country, spared=scene.almanac.about_christmas)


def ec2_flat_fleet(scene: Scene) -> Series:
    """A number of machines at a price, next to no noise; now and then there is one more or one less."""
    price, machines = scene.magnitude(1.2, 60), scene.whole(12, 60)
    running = np.full(scene.n_days, machines)
    for _ in range(scene.whole(0, 4)):
        day = scene.whole(5, scene.n_days - 5)
        direction = scene.rng.choice([-1, 1])
        running[day:] += direction * (1 if machines < 40 else scene.whole(1, 2))
    return Series(running * price * scene.jitter(0.002), unit=price)


def ec2_autoscaled(scene: Scene) -> Series:
    """Whole hours of machines that follow the week."""
    country = scene.country()
    price, machines = scene.magnitude(0.05, 1.5), scene.magnitude(60, 1500)
    running = machines * scene.week(country, scene.uniform(0.5, 0.9)) * scene.noise(0.03, 0.09)
    running = running * scene.lull(0, 0.3) * scene.growth(-0.1, 0.3)
    spared = scene.almanac.about_christmas
    return Series(np.round(running) * price, unit=price, spared=spared, country=country)


def ec2_dev_weekend_off(scene: Scene) -> Series:
    """Machines of developers that are off at weekends but for their disks; some Saturdays are worked."""
    rng, country = scene.rng, scene.country()
    level, disks = scene.magnitude(30, 1500), scene.uniform(0.04, 0.25)
    at_work = scene.remembered(scene.uniform(0.04, 0.12), memory=0.3)
    costs = np.where(scene.almanac.off(country), disks, at_work) * level
    worked = (scene.almanac.weekday == 5) & (rng.random(scene.n_days) < scene.uniform(0, 0.08))
    costs[worked] = level * (disks + (1 - disks) * rng.uniform(0.2, 0.5, worked.sum()))
    return Series(costs * scene.jitter(0.01), spared=scene.almanac.about_christmas, country=country)


def ec2_spot_wander(scene: Scene) -> Series:
    """A spot fleet, whose price wanders slowly and comes back."""
    level = scene.magnitude(80, 6000)
    wandering = scene.remembered(scene.uniform(0.06, 0.13), memory=scene.uniform(0.93, 0.98))
    return Series(level * wandering * scene.remembered(0.03, memory=0.2))


def ec2_spot_batch(scene: Scene) -> Series:
    """Batch work on spot machines."""
    costs = scene.magnitude(40, 3000) * scene.heavy(0.2, 0.4)
    return Series(costs * np.where(scene.almanac.weekend, scene.uniform(0.5, 1), 1))


def ec2_test_env(scene: Scene) -> Series:
    """Environments for tests: on for up to six days, off for up to nine, all along."""
    level, costs, day = scene.magnitude(20, 600), np.zeros(scene.n_days), 0
    while day < scene.n_days:
        on = scene.whole(1, 6)
        costs[day : day + on] = level * np.exp(scene.rng.normal(0, 0.12))
        day += on + scene.whole(2, 9)
    costs = costs * np.exp(scene.rng.normal(0, 0.03, scene.n_days)) + level * 0.03
    return Series(costs, level=level)


def ec2_loadtest(scene: Scene) -> Series:
    """Flat, with a test of the load each week or each second one."""
    every = int(scene.rng.choice([7, 14]))
    tested = (scene.day % every) == scene.whole(0, every - 1)
    tests = tested * scene.uniform(0.3, 1.5) * np.exp(scene.rng.normal(0, 0.08, scene.n_days))
    return Series(scene.magnitude(40, 3000) * (1 + tests) * scene.noise(0.01, 0.04))


def gpu_training(scene: Scene) -> Series:
    """Machines for training, one to eight for one to five days, with gaps."""
    price = float(scene.rng.choice([98.3, 24.5, 29.0, 393.0, 55.0]))
    costs, day, most = np.zeros(scene.n_days), 0, scene.whole(2, 8)
    while day < scene.n_days:
        on = scene.whole(1, 5)
        costs[day : day + on] = scene.whole(1, most) * price
        day += on + scene.whole(0, 6)
    costs *= np.where(costs > 0, scene.rng.uniform(0.75, 1, scene.n_days), 0)
    return Series(costs, unit=price, level=price * most)
