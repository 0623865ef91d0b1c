"""Services that serve the customers of one trade: shops, films, matches, games, money, schools, calls.

Knows how customers of a trade come and go; must not know what is planted in the series, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.businesses.luck import JUDGED_FROM
from benchmarks.accuracy.worlds.businesses.scene import Scene, as_usual
from benchmarks.accuracy.worlds.businesses.series import Price, Series, at

PAY_DAYS = {"US": (1, 15, 30), "IN": (1, 7, 31), "BR": (5, 6, 20), "JP": (25,)}
OTHER_PAY_DAYS = (1, 25, 28)
SOUTHERN = frozenset({"AU", "BR"})
"""Countries whose schools are closed in January."""


def _partly(level: float, fixed: float) -> Price:
    """Of a usual day's dollars a fixed share, and the rest by usage."""
    return lambda usage: level * (fixed + (1 - fixed) * usage)


def _after_holidays(scene: Scene) -> list[int]:
    """Workdays on which is done what holidays have left undone."""
    return [int(day) + 1 for day in np.flatnonzero(scene.business.closed[:-1] & (scene.work[1:] > 0.5))]


def retail_storefront(scene: Scene) -> Series:
    """A shop."""
    return Series(scene.demand("consumers", crowd=1.3), _partly(scene.level(70, 1.5), 0.35))


def ott_media_evening(scene: Scene) -> Series:
    """Films and episodes, with more who watch for three days whenever there is a new one."""
    usage, size = scene.demand("consumers", noise=0.05), scene.uniform(0.1, 0.6)
    every = scene.one_of((7, 7, 14, 28))
    for day in range(scene.whole(0, 8), scene.n_days, every):
        fading = size * np.array([1, 0.7, 0.3]) * scene.uniform(0.7, 1.1)
        usage[day : day + 3] *= 1 + fading[: scene.n_days - day]
    return Series(as_usual(usage), at(scene.level(60, 1.5)))


def sport_streaming_events(scene: Scene) -> Series:
    """Matches on two days of the week, and none in the month without; its edges are open to dispute."""
    level, size = scene.level(40, 1.4), scene.magnitude(1, 5)
    usage = scene.uniform(0.1, 0.4) * scene.scattered(0.06)
    month = scene.one_of((6, 7, 12))
    closed = (scene.almanac.month == month) & scene.chance(0.7)
    played = np.isin(scene.almanac.weekday, scene.rng.choice(7, 2, replace=False)) & ~closed
    usage += played * size * scene.rng.uniform(0.5, 1.2, scene.n_days)
    usage += scene.luckily(0.02) * size * scene.rng.uniform(0.5, 1.4, scene.n_days)
    edges = np.flatnonzero(np.diff(closed, prepend=closed[:1])) if level > 8 else ()
    disputed = tuple((int(day), int(day) + 9) for day in edges if day >= JUDGED_FROM)
    return Series(as_usual(usage), at(level), disputed=disputed)


def game_liveops(scene: Scene) -> Series:
    """A game with a season or a patch every few weeks that is played less and less; whole machines."""
    usage, every = scene.demand("consumers", noise=0.05), scene.one_of((14, 21, 28, 42))
    age = (scene.day - scene.whole(0, every - 1)) % every
    usage *= 1 + scene.uniform(0.15, 0.5) * np.exp(-age / scene.uniform(2.5, 6))
    level = scene.level(45, 1.5)
    machines = max(4, round(level / 6))
    return Series(as_usual(usage), lambda usage: level / machines * np.ceil(usage * machines))


def fintech_paydays(scene: Scene) -> Series:
    """Payments, most on pay days, many on the days after them."""
    usage, size = scene.demand("both", noise=0.05), scene.uniform(0.15, 0.7)
    days, almanac = PAY_DAYS.get(scene.business.country, OTHER_PAY_DAYS), scene.almanac
    paid = np.isin(almanac.day_of_month, days)
    if 30 in days:
        paid |= almanac.days_left == 0
    for day in np.flatnonzero(paid):
        fading = size * np.array([1, 0.4]) * scene.uniform(0.75, 1.15)
        usage[day : day + 2] *= 1 + fading[: scene.n_days - day]
    return Series(as_usual(usage), at(scene.level(40, 1.5)))


def adtech_bidding(scene: Scene) -> Series:
    """Bids for advertisements: many at a quarter's end, fewer in a month's first days, few in January."""
    usage, almanac = scene.demand("both", noise=0.07), scene.almanac
    quarter_end = (almanac.month % 3 == 0) & (almanac.day_of_month > 20)
    january = (almanac.month == 1) & (almanac.day_of_month < 20)
    usage *= np.where(quarter_end, scene.uniform(1.05, 1.25), 1)
    usage *= np.where(almanac.day_of_month <= 3, scene.uniform(0.75, 0.95), 1) * np.where(january, 0.8, 1)
    return Series(as_usual(usage), at(scene.level(120, 1.4)))


def edu_terms(scene: Scene) -> Series:
    """Schools: less between terms, more before examinations; the edges of terms are open to dispute."""
    level, month, day_of_month = scene.level(16, 1.5), scene.almanac.month, scene.almanac.day_of_month
    summer = (1, 12) if scene.business.country in SOUTHERN else (7, 8)
    away = np.isin(month, summer) | ((month == 12) & (day_of_month > 18))
    away |= (month == 1) & (day_of_month < 6)
    taught = np.pad(np.where(away, scene.uniform(0.3, 0.6), 1), 6, mode="edge")
    terms = np.convolve(taught, np.ones(13) / 13, "valid")
    examined = np.isin(month, (1, 5, 6)) & (day_of_month > 8) & (day_of_month < 25)
    usage = scene.demand("offices", noise=0.08) * terms * np.where(examined, 1.12, 1)
    edges = np.flatnonzero(np.diff(away, prepend=away[:1])) if level > 15 else ()
    disputed = tuple((int(day) - 5, int(day) + 12) for day in edges if day >= JUDGED_FROM)
    return Series(as_usual(usage), _partly(level, 0.25), disputed=disputed)


def callcentre_connect(scene: Scene) -> Series:
    """Calls when somebody answers: most on Mondays and after holidays."""
    monday = np.where(scene.almanac.weekday == 0, scene.uniform(1.1, 1.35), 1)
    calls = (0.04 + scene.work) * monday * scene.scattered(0.08)
    for day in _after_holidays(scene):
        calls[day] *= scene.uniform(1.15, 1.4)
    usage = calls * np.exp(scene.business.mood) * scene.business.growth
    return Series(as_usual(usage), at(scene.level(12, 1.4)))


def health_imaging(scene: Scene) -> Series:
    """Images of patients on workdays, and after holidays those that had to wait."""
    images = (scene.uniform(0.15, 0.35) + scene.work) * scene.scattered(0.12)
    images[_after_holidays(scene)] *= 1.2
    return Series(as_usual(images), _partly(scene.level(18, 1.4), 0.4))


def b2b_saas_tenants(scene: Scene) -> Series:
    """Tenants on workdays, and the reports that they want about the end of a month."""
    usage, almanac = scene.demand("offices", noise=0.05), scene.almanac
    reported = (almanac.days_left <= 1) | (almanac.day_of_month <= 2)
    usage *= np.where(reported & (scene.work > 0.3), scene.uniform(1, 1.35), 1)
    return Series(as_usual(usage), _partly(scene.level(45, 1.6), 0.4))


def iot_fleet(scene: Scene) -> Series:
    """Devices, more of them with each shipment, that are all given new firmware every few weeks."""
    devices, updates, size = np.ones(scene.n_days), np.zeros(scene.n_days), scene.uniform(0.2, 1)
    for day in scene.some_days(0.03):
        devices[day:] *= 1 + scene.uniform(0.01, 0.05)
    for day in scene.every_so_often((0, 24), (22, 39)):
        updates[day : day + 2] += size * scene.uniform(0.7, 1.1)
    return Series(as_usual(devices * (1 + updates) * scene.scattered(0.025)), at(scene.level(14, 1.5)))


def market_data_volatility(scene: Scene) -> Series:
    """Prices of a market that is closed on weekends, and that is nervous for weeks, then calm for weeks."""
    is_open: Floats = np.where(scene.business.weekend, 0.25, np.where(scene.business.closed, 0.4, 1))
    nerves = scene.moods(0.22, memory=0.93) * 0.8 + scene.rng.normal(0, 0.1, scene.n_days)
    return Series(as_usual(is_open * np.exp(nerves)), at(scene.level(22, 1.4)))


def travel_search(scene: Scene) -> Series:
    """Journeys."""
    return Series(scene.demand("consumers", noise=0.07), _partly(scene.level(45, 1.4), 0.3))


def food_delivery(scene: Scene) -> Series:
    """Meals, more of them when it rains."""
    rain = 1 + scene.luckily(0.12) * scene.rng.uniform(0.03, 0.2, scene.n_days)
    return Series(scene.demand("consumers", noise=0.06) * rain, _partly(scene.level(35, 1.5), 0.25))
