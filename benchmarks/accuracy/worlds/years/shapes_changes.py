"""What changes within the year: beginnings, migrations, prices, ends, and tests of disasters.

Knows how such services charge; must not know what is planted in them, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.years.mishap import Mishap
from benchmarks.accuracy.worlds.years.scene import Scene
from benchmarks.accuracy.worlds.years.series import Series

UNTIL_LAST = 12
"""Days after the first on which a lasting rise is still news."""


def first_spend(scene: Scene) -> Series:
    """A service nobody used, or for pennies; three of five begin to, for weeks or for good."""
    rng, n = scene.rng, scene.n_days
    before = np.zeros(n) if scene.chance(0.6) else scene.uniform(0.01, 0.3) * scene.noise(0.1, 0.3)
    if rng.random() > 0.6:
        return Series(before)
    start = scene.whole(122, n - 14)
    used = scene.magnitude(14, 1500) * scene.noise(0.02, 0.15)
    if scene.chance(0.3):
        used *= np.minimum(1, 0.4 + (scene.day - start) * 0.15)
    end = n if scene.chance(0.6) else start + scene.whole(3, 25)
    costs = before.copy()
    costs[start:end] += used[start:end]
    return Series(costs, Mishap("new", start, min(start + 10, end - 1, n - 1), before, costs))


def quiet_account_wakes(scene: Scene) -> Series:
    """A sandbox for a few dollars; three of five wake up, for a day, for weeks or for good."""
    n, before = scene.n_days, scene.magnitude(0.5, 4) * scene.noise(0.02, 0.15)
    if scene.rng.random() > 0.6:
        return Series(before)
    start, length = scene.whole(122, n - 20), int(scene.rng.choice([1, 2, 4, 7, 15, 60, 400]))
    woken, costs = scene.magnitude(25, 2500) * scene.noise(0.05, 0.2), before.copy()
    costs[start : start + length] += woken[start : start + length]
    return Series(costs, Mishap("new", start, min(start + min(length, 11) - 1, n - 1), before, costs))


def slow_adoption(scene: Scene) -> Series:
    """A new service that five months and more bring from nothing to nine dollars a day at most."""
    start, most = scene.whole(20, 220), scene.uniform(3, 9)
    adopted = np.clip((scene.day - start) / scene.uniform(150, 220), 0, 1) ** 1.3
    return Series(most * adopted * scene.noise(0.08, 0.2))


def started_in_history(scene: Scene) -> Series:
    """An account opened before anything is judged, and settled since."""
    start, level = scene.whole(15, 80), scene.magnitude(30, 2500)
    opened = np.clip((scene.day - start) / scene.uniform(5, 25), 0, 1)
    return Series(level * opened * scene.noise(0.02, 0.06))


def migrate_fast_down(scene: Scene) -> Series:
    """Where a workload was until it moved away at once, in whole or in part; a quarter stays."""
    before = scene.magnitude(60, 5000) * scene.week("US", scene.uniform(0.7, 1)) * scene.noise(0.02, 0.05)
    if scene.rng.random() > 0.75:
        return Series(before)
    start, costs = scene.whole(125, scene.n_days - 15), before.copy()
    left = float(scene.rng.choice([0, 0, 0.1, 0.3, 0.5]))
    costs[start:] *= left
    kind = "step_down" if left else "gone"
    return Series(costs, Mishap(kind, start, min(start + 10, scene.n_days - 1), before, costs))


def migrate_fast_up(scene: Scene) -> Series:
    """Where a workload moves to within three days, three times as much and more; to a quarter none does."""
    before = scene.magnitude(20, 1000) * scene.noise(0.03, 0.07)
    if scene.rng.random() > 0.75:
        return Series(before)
    start = scene.whole(125, scene.n_days - 15)
    moved = np.clip((scene.day - start + 1) / scene.whole(1, 3), 0, 1)
    costs = before * (1 + (scene.magnitude(3, 12) - 1) * moved)
    last = min(start + UNTIL_LAST, scene.n_days - 1)
    return Series(costs, Mishap("step_up", start, last, before, costs))


def migrate_slow(scene: Scene) -> Series:
    """Either side of a migration of four to seven months."""
    moved = np.clip((scene.day - scene.uniform(60, 180)) / scene.uniform(120, 200), 0, 1)
    costs = scene.magnitude(40, 4000) * (1 + moved * scene.rng.choice([-0.6, 0.8]))
    return Series(costs * scene.noise(0.02, 0.05))


def price_change(scene: Scene) -> Series:
    """A price that changes once or twice by eight percent at most."""
    price = scene.noise(0.006, 0.03)
    for _ in range(scene.whole(1, 2)):
        day = scene.whole(90, scene.n_days - 5)
        price[day:] *= 1 + scene.uniform(-0.08, 0.08)
    return Series(scene.magnitude(30, 5000) * price)


def slow_decommission(scene: Scene) -> Series:
    """A service that is wound down over five to eight months."""
    level = scene.magnitude(40, 2000)
    wound_down = np.clip((scene.day - scene.uniform(30, 150)) / scene.uniform(150, 250), 0, 1)
    return Series(level * (1 - 0.85 * wound_down) * scene.noise(0.02, 0.06))


def rightsizing_stairs(scene: Scene) -> Series:
    """Savings of four to nine percent every month or two."""
    used, day = np.ones(scene.n_days), scene.whole(20, 60)
    while day < scene.n_days:
        used[day:] *= 1 - scene.uniform(0.04, 0.09)
        day += scene.whole(30, 60)
    return Series(scene.magnitude(60, 8000) * used * scene.noise(0.01, 0.03))


def disaster_tests(scene: Scene) -> Series:
    """A region that stands by; disaster is tested on the first Saturday of every second month."""
    almanac = scene.almanac
    tested = (almanac.weekday == 5) & (almanac.day_of_month <= 7) & (almanac.month % 2 == scene.whole(0, 1))
    level = scene.magnitude(15, 400)
    return Series(level * np.where(tested, scene.uniform(2, 4), 1) * scene.noise(0.008, 0.03))
