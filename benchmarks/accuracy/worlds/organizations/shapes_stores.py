"""What keeps things: databases, buckets, backups.

Knows how such services charge; must not know any event beyond its odds, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.organizations.scene import Scene
from benchmarks.accuracy.worlds.organizations.series import Series


def rds(scene: Scene) -> Series:
    """Databases: instances, and storage that grows a little."""
    expected = scene.level(45) * scene.small_steps(0.3, size=0.08) * scene.growth(0, 0.15)
    noise = scene.noise(scene.log_uniform(0.002, 0.025))
    odds = {"spike": 0.8, "step_up": 3, "step_down": 2, "drift_up": 1.2, "gone": 1}
    return Series("rds", expected * noise, expected, odds)


def s3_storage(scene: Scene) -> Series:
    """Objects that pile up."""
    pile = np.exp(scene.day * scene.log_uniform(0.0002, 0.0025))
    expected = scene.level(18, 1.5) * pile * scene.per_month()
    noise = scene.noise(scene.log_uniform(0.001, 0.01))
    odds = {"step_up": 2, "step_down": 1, "drift_up": 3, "spike": 0.7, "gone": 0.4}
    return Series("s3_storage", expected * noise, expected, odds)


def s3_lifecycle(scene: Scene) -> Series:
    """Objects that pile up and are swept once a month: a saw that at least keeps its height."""
    swept = scene.almanac.day_of_month == scene.rng.integers(1, 28)
    cut, rate = scene.uniform(0.04, 0.13), scene.uniform(0.001, 0.003)
    saw = (1 + rate) ** (scene.day + 1) * (1 - cut) ** np.cumsum(swept)
    kept = np.exp(scene.day * max(0.0, cut / 30.4 - rate))
    expected = scene.level(30) * saw * kept * scene.per_month()
    noise = scene.noise(scene.log_uniform(0.002, 0.01))
    return Series(
        "s3_lifecycle", expected * noise, expected, odds={"step_up": 1.5, "drift_up": 3, "spike": 0.6}
    )


def backup(scene: Scene) -> Series:
    """Backups kept for so many days: they fill up, then stay; some with a full copy on Sundays."""
    retention = int(scene.rng.choice([30, 35, 60, 90]))
    age = 0 if scene.chance(0.4) else int(scene.rng.integers(0, 3 * retention))
    fill = np.ones(scene.n_days)
    if age < retention and scene.chance(0.7):
        fill = 0.15 + 0.85 * np.minimum(scene.day + age, retention) / retention
    expected = scene.level(16) * fill * scene.growth(0, 0.3) * scene.per_month()
    if scene.chance(0.4):
        expected = expected * np.where(scene.almanac.weekday == 6, scene.uniform(1.1, 1.6), 1.0)
    noise = scene.noise(scene.log_uniform(0.004, 0.04))
    odds = {"spike": 1, "step_up": 2.5, "step_down": 0.8, "drift_up": 2, "drop": 0.3, "gone": 0.4}
    return Series("backup", expected * noise, expected, odds)
