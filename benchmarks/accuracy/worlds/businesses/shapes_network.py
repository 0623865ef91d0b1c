"""Networks: what is delivered, what leaves, gateways, addresses, ports, balancers, names.

Knows how such services are used and charged; must not know what is planted in them, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.businesses.prices import tiered
from benchmarks.accuracy.worlds.businesses.scene import Scene, as_usual
from benchmarks.accuracy.worlds.businesses.series import Series, at

LONGEST_MONTH = 31


def cloudfront_tiers_releases(scene: Scene) -> Series:
    """What is delivered, cheaper beyond a month's volumes for most; for most in a rush on each release."""
    level, usage = scene.level(20, 1.8), scene.demand(noise=0.08)
    if scene.chance(0.6):
        size, busy = scene.uniform(0.2, 1.2), usage.copy()
        for day in np.flatnonzero(scene.business.releases):
            fading = size * np.array([1, 0.5, 0.2]) * scene.uniform(0.7, 1.1)
            busy[day : day + 3] *= 1 + fading[: scene.n_days - day]
        usage = busy
    limits = np.sort(scene.rng.uniform(4, 24, 2))
    prices = (1.1, 1.0, 0.82) if scene.chance(0.6) else (1.0, 1.0, 1.0)
    return Series(
        as_usual(usage),
        lambda usage: level * tiered(scene.almanac, usage, limits=limits, prices=prices),
    )


def data_transfer_out(scene: Scene) -> Series:
    """What leaves, and more of it on the two days of a release."""
    usage, size = scene.demand(noise=scene.magnitude(0.05, 0.15)), scene.uniform(0, 0.5)
    more = np.zeros(scene.n_days)
    for day in np.flatnonzero(scene.business.releases):
        more[day : day + 2] += size * scene.uniform(0.5, 1.2)
    return Series(usage * (1 + more), at(scene.level(10, 1.7)))


def nat_gateway(scene: Scene) -> Series:
    """Gateways by the hour, and what goes through them."""
    hourly, level = scene.one_of((1, 2, 3, 6, 9)) * 0.045 * scene.business.hours, scene.level(9, 1.7)
    return Series(scene.demand(noise=0.1), lambda usage: hourly + level * usage)


def interaz_transfer(scene: Scene) -> Series:
    """What machines send each other from zone to zone."""
    return Series(scene.demand(noise=0.06), at(scene.level(9, 1.6)))


def public_ipv4_endpoints(scene: Scene) -> Series:
    """Addresses by the day; where there are many, some of them are the traffic's."""
    many, price = scene.magnitude(3, 900), scene.one_of((0.12, 0.24))
    moods = scene.strays(0.002) + scene.business.mood * 0.3 * (many > 80)
    return Series(np.round(many * np.exp(moods)), lambda usage: np.round(usage) * price * scene.day_length)


def direct_connect_ports(scene: Scene) -> Series:
    """Ports by the hour, and what offices send through them."""
    ports = scene.one_of((1, 2, 2, 4)) * scene.one_of((0.3, 0.3, 2.25)) * scene.business.hours
    level, usage = scene.level(4, 1.2), as_usual((0.3 + scene.work) * scene.scattered(0.2))
    return Series(usage, lambda usage: ports + level * usage)


def waf_bot_waves(scene: Scene) -> Series:
    """Rules by the month, and requests, some of them in waves of robots."""
    level, usage, size = scene.level(5, 1.6), scene.demand(noise=0.09), scene.magnitude(0.2, 1.2)
    for day in scene.some_days(scene.uniform(0.01, 0.05)):
        usage[day : day + scene.whole(1, 2)] *= 1 + size * scene.uniform(0.4, 1.2)
    rules = scene.uniform(0.2, 4) * LONGEST_MONTH / scene.almanac.days_in_month
    return Series(usage, lambda usage: rules + level * usage)


def route53_zones_first_of_month(scene: Scene) -> Series:
    """Zones on the 1st, and queries."""
    first, level = scene.almanac.day_of_month == 1, scene.level(0.5, 1.3)
    zones = first * scene.magnitude(1, 80) * 0.5
    return Series(scene.demand(noise=0.08), lambda usage: zones + level * usage, lumps=first)


def alb_lcu(scene: Scene) -> Series:
    """Balancers by the hour, and the load they carry."""
    hourly = scene.one_of((1, 2, 3, 5, 12, 30)) * 0.0225 * scene.business.hours
    level = scene.level(5, 1.5)
    return Series(scene.demand(noise=0.05), lambda usage: hourly + level * usage)
