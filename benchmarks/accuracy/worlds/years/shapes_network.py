"""Networks: gateways, ports, balancers, what leaves and what is watched.

Knows how such services charge; must not know what is planted in them, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.years.scene import Scene
from benchmarks.accuracy.worlds.years.series import Series


def nat_traffic(scene: Scene) -> Series:
    """Gateways by the hour, and the gigabytes through them."""
    country, level, hours = scene.country(), scene.magnitude(12, 2500), scene.uniform(0.1, 0.5)
    through = scene.week(country, scene.uniform(0.5, 1)) * scene.noise(0.06, 0.16)
    return Series(level * (hours + (1 - hours) * through), country=country)


def transfer_out(scene: Scene) -> Series:
    """Gigabytes out."""
    country = scene.country()
    costs = scene.magnitude(15, 6000) * scene.week(country, scene.uniform(0.7, 1.1))
    return Series(costs * scene.noise(0.05, 0.13) * scene.growth(-0.1, 0.4), country=country)


def cloudfront_media(scene: Scene) -> Series:
    """Films: busier from Friday to Sunday, and for two days at each first night."""
    watched = np.where(scene.almanac.from_friday, scene.uniform(1.2, 1.7), 1) * scene.noise(0.03, 0.08)
    day, size = scene.whole(0, 20), scene.uniform(0.15, 0.35)
    while day < scene.n_days:
        watched[day : day + 2] *= 1 + size * scene.uniform(0.5, 1)
        day += scene.whole(10, 30)
    return Series(scene.magnitude(40, 6000) * watched)


def direct_connect_port(scene: Scene) -> Series:
    """Ports by the hour, to the cent."""
    a_day = float(scene.rng.choice([0.3, 2.25, 22.5])) * 24
    return Series(np.full(scene.n_days, a_day * scene.whole(1, 4)), exact=True)


def gateways_and_balancers(scene: Scene) -> Series:
    """What is attached, by the hour, and the load it carries."""
    level, hours, load = scene.magnitude(15, 700), scene.uniform(0.5, 0.8), scene.uniform(0.2, 0.5)
    return Series(level * (hours + load * scene.noise(0.05, 0.15)))


def route53_zones(scene: Scene) -> Series:
    """Zones on the 1st, ever so slightly more of them, and pennies of queries."""
    level, due = scene.magnitude(15, 400), scene.almanac.day_of_month == 1
    zones = due * level * (1 + 0.004 * scene.almanac.month_number)
    return Series(zones + level * 0.01 * scene.noise(0.1, 0.2), due=due)
