"""What is stored: buckets, disks, snapshots, backups, and the days on which they are moved or scanned.

Knows how such services charge; must not know what is planted in them, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.accounts.strokes import remembering
from benchmarks.accuracy.worlds.years.mishap import Mishap
from benchmarks.accuracy.worlds.years.scene import Scene
from benchmarks.accuracy.worlds.years.series import Series


def s3_slow_growth(scene: Scene) -> Series:
    """What piles up steadily."""
    costs = scene.magnitude(20, 9000) * (1 + scene.uniform(0.05, 0.8) * scene.day / 365)
    spread = scene.magnitude(0.002, 0.01)
    return Series(costs * (1 + remembering(scene.rng, scene.n_days, memory=0.5, spread=spread)))


def s3_lifecycle_sawtooth(scene: Scene) -> Series:
    """What grows and is purged every two or four weeks; for two of five the purge fails once, for a while."""
    every = int(scene.rng.choice([14, 28, 30]))
    age = (scene.day + scene.whole(0, every - 1)) % every
    size, level = scene.uniform(0.25, 0.7), scene.magnitude(60, 3000)
    price = scene.noise(0.005, 0.02) * level
    usual = 1 + size * age / every
    purges = np.flatnonzero((age == 0) & (scene.day > 125) & (scene.day < scene.n_days - every - 15))
    if not scene.chance(0.42) or not purges.size:
        return Series(price * usual)
    failed = int(scene.rng.choice(purges))
    purged = failed + every + scene.whole(4, 30)
    days, kept = np.arange(failed, min(purged, scene.n_days)), usual.copy()
    kept[days] = 1 + size * (every + days - failed) / every
    last = min(failed + every + 3, purged - 1, scene.n_days - 1)
    return Series(price * kept, Mishap("drift_up", failed, last, price * usual, price * kept))


def s3_requests(scene: Scene) -> Series:
    """Requests of jobs."""
    costs = scene.magnitude(15, 900) * scene.heavy(0.12, 0.3)
    return Series(costs * np.where(scene.almanac.weekend, scene.uniform(0.4, 1), 1))


def ebs_volumes(scene: Scene) -> Series:
    """Disks, of which there are a little more or less every week or so."""
    provisioned = np.ones(scene.n_days)
    for day in range(scene.whole(1, 6), scene.n_days, 7):
        if scene.chance(0.5):
            provisioned[day:] *= 1 + scene.rng.normal(0.003, 0.007)
    return Series(scene.magnitude(20, 8000) * provisioned * scene.jitter(0.0015))


def snapshots_weekly_saw(scene: Scene) -> Series:
    """Snapshots that pile up for a week and are deleted, all of it growing slowly."""
    level, size = scene.magnitude(20, 1500), scene.uniform(0.04, 0.12)
    saw = 1 + size * ((scene.day + scene.whole(0, 6)) % 7) / 7
    return Series(level * saw * scene.growth(0, 0.3) * scene.noise(0.003, 0.01))


def glacier_transition_monthly(scene: Scene) -> Series:
    """Storage, and once a month what is moved to the archive, for two to six times a day's cost."""
    day_of_month, level = scene.whole(1, 28), scene.magnitude(20, 600)
    costs = level * scene.noise(0.01, 0.04)
    moved = (scene.almanac.day_of_month == day_of_month) * level * scene.uniform(1, 5)
    return Series(costs + moved * np.exp(scene.rng.normal(0, 0.08, scene.n_days)))


def backup_weekly_full(scene: Scene) -> Series:
    """Backups: of all on one day of the week, of what has changed on the others."""
    level, of_all = scene.magnitude(15, 900), scene.almanac.weekday == scene.whole(0, 6)
    return Series(level * np.where(of_all, scene.uniform(2, 4), 1) * scene.noise(0.02, 0.06))


def retention_job_month(scene: Scene) -> Series:
    """A job on one day of the month that costs three to eight times the others and more."""
    level, day_of_month = scene.magnitude(8, 200), scene.whole(2, 27)
    due = scene.almanac.day_of_month == day_of_month
    costs = level * scene.noise(0.03, 0.08)
    job = due * level * scene.uniform(3, 8) * np.exp(scene.rng.normal(0, 0.08, scene.n_days))
    return Series(costs + job, due=due)
