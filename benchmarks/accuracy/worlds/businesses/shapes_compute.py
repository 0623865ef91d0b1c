"""Machines of EC2: on demand, reserved, under commitments, on spot, switched off at night.

Knows how such machines are used and charged; must not know what is planted in them, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.businesses.prices import machine_hours
from benchmarks.accuracy.worlds.businesses.scene import Scene, Users, as_usual
from benchmarks.accuracy.worlds.businesses.series import Series, by_the_hour

IS_OPEN = 0.3
"""How much of a workday a day is on which machines are switched on."""


def ec2_asg_web(scene: Scene) -> Series:
    """Web servers, as many as an hour's demand needs, and never fewer than a few."""
    level = scene.level(45, 1.6)
    price, hourly = scene.machine(level, least=2), scene.hourly()
    machines = level / (price * 24)
    least, headroom = max(1, int(machines * scene.uniform(0.2, 0.5))), scene.uniform(1.05, 1.3)

    def cost(usage: Floats) -> Floats:
        hours = machine_hours(usage, hourly, machines=machines * headroom, least=least)
        return price * hours * scene.day_length

    return Series(scene.demand(), cost)


def ec2_static_fleet(scene: Scene) -> Series:
    """Machines that run all day; to a large fleet one is added, or taken from it, now and then."""
    level = scene.level(30, 1.7)
    price = scene.machine(level, least=1)
    machines = np.full(scene.n_days, float(max(1, round(level / (price * 24)))))
    if machines[0] >= 9:
        changes = scene.luckily(0.02) * scene.rng.choice([-1, 1], scene.n_days)
        machines = np.maximum(machines + np.cumsum(changes), machines * 0.8)
    return Series(machines, by_the_hour(price * 24, scene.business.hours), unit=1)


def ec2_savings_plan_overflow(scene: Scene) -> Series:
    """A commitment that is paid whatever is used, and usage above it on demand."""
    level = scene.level(110, 1.5)
    users: Users = scene.one_of(("consumers", "both", "offices"))
    usage = scene.demand(users, crowd=0.8)
    covered, discounted = np.quantile(usage[:60], scene.uniform(0.15, 0.9)), scene.uniform(0.62, 0.75)
    paid = covered * discounted

    def cost(usage: Floats) -> Floats:
        return level * (paid + np.maximum(0, usage - covered)) / (paid + 0.1)

    return Series(usage, cost)


def ec2_spot_batch(scene: Scene) -> Series:
    """Batch hours at a price that moves slowly, but for a jump now and then."""
    level = scene.level(25, 1.7)
    price = np.exp(scene.moods(scene.uniform(0.05, 0.18), memory=0.95))
    for day in scene.some_days(0.006):
        price[day : day + scene.whole(2, 8)] *= scene.uniform(1.08, 1.3)
    users: Users = scene.one_of(("machines", "both", "offices"))
    batch = scene.week(users) * scene.scattered(scene.uniform(0.12, 0.35))
    return Series(as_usual(batch * scene.business.growth), lambda usage: level * usage * price)


def ec2_reserved_fleet(scene: Scene) -> Series:
    """Machines, most of them reserved and paid whether they run or not, the others on demand."""
    level = scene.level(60, 1.6)
    price = scene.machine(level, least=3)
    machines = max(3, round(level / (price * 24)))
    reserved, discounted = int(machines * scene.uniform(0.4, 1)), scene.uniform(0.56, 0.68)
    running = machines + np.round(scene.moods(machines * 0.01, memory=0.9))

    def cost(usage: Floats) -> Floats:
        return price * (reserved * discounted + np.maximum(0, usage - reserved)) * scene.business.hours

    return Series(running, cost, unit=1)


def elastic_licensed_windows(scene: Scene) -> Series:
    """Licensed machines, of which two fleets in five are partly switched off when nobody works."""
    level, machines = scene.level(35, 1.3), float(max(2, int(scene.magnitude(2, 40))))
    everywhen = np.full(scene.n_days, machines)
    price = by_the_hour(level / machines, scene.business.hours)
    if not scene.chance(0.4):
        return Series(everywhen, price, unit=1)
    left_on = scene.uniform(0.3, 0.7)
    return Series(
        np.where(scene.work < IS_OPEN, machines * left_on, machines), price, unit=1, never_off=everywhen
    )


def dev_sandbox_schedule(scene: Scene) -> Series:
    """Machines of developers, off at night and when nobody works, on some holidays by mistake."""
    level, on, rest = scene.level(18, 1.4), scene.whole(10, 13) / 24, scene.uniform(0, 0.12)
    is_on = np.where(scene.business.closed, scene.luckily(0.6), scene.work > IS_OPEN)
    overtime = scene.luckily(0.07) * scene.rng.uniform(0.03, 0.2, scene.n_days)
    first = scene.uniform(4, 40)
    moves = scene.rng.choice([-1, 0, 0, 0, 0, 1], scene.n_days) * 0.4 * min(1, first / 20)
    hosts = np.maximum(1, np.round(first + np.cumsum(moves)))
    hosts, storage = hosts / hosts[0], scene.uniform(0.05, 0.25)

    def cost(usage: Floats) -> Floats:
        return np.asarray(level * (hosts * usage / on + storage) * scene.day_length)

    usage = np.clip(np.where(is_on, on, rest) + overtime, 0, 1)
    return Series(usage, cost, never_off=np.ones(scene.n_days))


def commitment_fee_flat(scene: Scene) -> Series:
    """The recurring fee of a commitment."""
    return Series(np.ones(scene.n_days), by_the_hour(scene.level(40, 1.4), scene.business.hours))
