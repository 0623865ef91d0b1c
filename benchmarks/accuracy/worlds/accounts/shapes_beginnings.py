"""What begins or moves within the bill: a migration, a new service, a region nobody uses.

Knows how such things start; must not know any event beyond its odds, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.accounts.scene import Scene
from benchmarks.accuracy.worlds.accounts.series import Series


def migration(scene: Scene) -> Series:
    """A move of two to seven months, to here or away from here; its start and end are open to dispute."""
    rng, n = scene.rng, scene.n_days
    start, length = int(rng.integers(-60, int(n * 0.7))), rng.uniform(60, 200)
    moved = np.clip((scene.day - start) / length, 0, 1)
    level = 0.3 + moved * rng.uniform(0.5, 3) if rng.random() < 0.6 else 1.05 - 0.9 * moved
    usage = level * (0.7 + 0.3 * scene.account.business) * scene.noise(0.05)
    series = Series(usage, {"spike": 1, "forgot": 1})
    if start > 0:
        series.disputed.append((start, int(start + min(60, length))))
    if start + length < n:
        series.disputed.append((int(start + length - 5), int(start + length + 10)))
    return series


def first_seen_service(scene: Scene) -> Series:
    """A service that did not exist before; some grow in over weeks. Its first day is part of one."""
    rng = scene.rng
    born = int(rng.integers(20, scene.n_days - 3))
    age = scene.day - born
    ramp = np.where(age < 0, 0, 1 + rng.choice([0, 0, 1, 3]) * (1 - np.exp(-np.maximum(age, 0) / 25)))
    usage = ramp * (scene.traffic() if rng.random() < 0.6 else scene.jitter(0.01))
    usage[born] *= rng.uniform(0.2, 1)
    return Series(usage, {}, born=born)


def idle_region(scene: Scene) -> Series:
    """A region nobody uses: nothing, or pennies."""
    usage = np.zeros(scene.n_days) if scene.chance(0.5) else scene.jitter(0.02) * 0.3
    return Series(usage, {"mine": 5}, own_level=1.0)
