"""What is stored: buckets, disks, snapshots, backups, archives, images, and how long it is kept.

Knows how such services fill and charge; must not know what is planted in them, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.businesses.scene import Scene, as_usual
from benchmarks.accuracy.worlds.businesses.series import Series, at, by_the_hour

FOR_EVER = 9999
"""Days."""


def _kept(before: Floats, arriving: Floats, days: int) -> Floats:
    """What is stored on each day of `arriving` where everything is deleted after so many days."""
    stored = np.cumsum(np.r_[before, arriving])
    if days < len(stored):
        stored[days:] -= stored[:-days].copy()
    return stored[-len(arriving) :]


def s3_storage_lifecycle(scene: Scene) -> Series:
    """What arrives is kept for a month to a year or for ever; now and then somebody cleans up."""
    kept, age = scene.one_of((30, 60, 90, 180, 365, FOR_EVER)), scene.whole(60, 899)
    arriving = scene.demand("both", noise=0.15)
    stored = _kept(np.full(age, arriving[:60].mean()), arriving, kept)
    if kept >= age + scene.n_days:
        stored = stored + age * scene.uniform(1, 4)
    stored = as_usual(stored)
    for day in scene.some_days(0.006):
        stored[day:] *= scene.uniform(0.9, 0.985)
    stored *= 1 + scene.rng.normal(0, 0.0008, scene.n_days)
    return Series(stored, at(scene.level(14, 1.8)))


def s3_requests(scene: Scene) -> Series:
    """Requests."""
    return Series(scene.demand(noise=scene.magnitude(0.05, 0.2)), at(scene.level(4, 1.8)))


def ebs_volumes(scene: Scene) -> Series:
    """Disks that come and go in small numbers."""
    stored, volumes = np.exp(scene.strays(0.0015)), scene.uniform(8, 200)
    for day in scene.some_days(0.05):
        stored[day:] *= 1 + scene.one_of((-1, 1)) * min(0.06, 1 / volumes) * scene.whole(1, 3)
    return Series(as_usual(stored), by_the_hour(scene.level(16, 1.7), scene.business.hours))


def ebs_snapshots_retention(scene: Scene) -> Series:
    """Snapshots of what changed, larger on Sundays, kept for one to twelve weeks beside a full copy."""
    kept, age = scene.one_of((7, 14, 30, 35, 60, 90)), scene.whole(50, 399)
    sunday = np.where(scene.almanac.weekday == 6, scene.uniform(1.5, 4), 1)
    changed = sunday * scene.scattered(0.2) * (0.4 + scene.work)
    stored = _kept(np.full(age, changed.mean()), changed, kept) + scene.uniform(10, 60)
    return Series(as_usual(stored * scene.growing(0, 0.0012)), at(scene.level(9, 1.6)))


def backup_vault_staircase(scene: Scene) -> Series:
    """A full copy a week, kept for some weeks: stairs up to a plateau."""
    weeks, age = scene.one_of((4, 8, 12, 26)), scene.whole(40, 399)
    days = np.arange(age + scene.n_days)
    copies = (days % 7 == scene.whole(0, 6)) * np.exp(scene.rng.normal(0, 0.12, len(days)))
    stored = _kept(copies[:age], copies[age:], 7 * weeks + 1) + weeks * scene.uniform(0.6, 2)
    return Series(as_usual(stored), at(scene.level(12, 1.6)))


def glacier_archive(scene: Scene) -> Series:
    """An archive that grows slowly, from which something is taken for two days a month."""
    level, size = scene.level(5, 1.5), scene.magnitude(0.1, 1.5)
    taken, lumps = np.zeros(scene.n_days), np.zeros(scene.n_days, dtype=bool)
    for day in scene.every_so_often((0, 29), (27, 32)):
        taken[day : day + 2] = size * scene.uniform(0.6, 1.2)
        lumps[day : day + 2] = True
    return Series(scene.growing(0, 0.0012), lambda usage: level * (usage + taken), lumps=lumps)


def efs_home_dirs(scene: Scene) -> Series:
    """Files of people, cleaned up when there are too many."""
    daily, most = scene.uniform(0, 0.0025), scene.uniform(1.1, 1.3)
    growth = 1 + daily * (0.3 + scene.work) * scene.rng.uniform(0, 2, scene.n_days)
    stored, files = np.empty(scene.n_days), 1.0
    for day, factor in enumerate(growth):
        files *= factor
        if files > most:
            files *= scene.uniform(0.82, 0.95)
        stored[day] = files
    return Series(as_usual(stored), at(scene.level(7, 1.4)))


def ecr_images(scene: Scene) -> Series:
    """Images of every build, cleaned up every month or quarter."""
    growth, every = 1 + scene.uniform(0.001, 0.004) * scene.work, scene.one_of((30, 60, 90))
    stored, images = np.empty(scene.n_days), 1.0
    for day, factor in enumerate(growth):
        images *= factor
        if day % every == every - 1:
            images = 1 + (images - 1) * scene.uniform(0.2, 0.7)
        stored[day] = images
    return Series(as_usual(stored), at(scene.level(2.5, 1.5)))


def dr_standby_drills(scene: Scene) -> Series:
    """A copy that stands by, and a drill every four to six weeks."""
    every, size = scene.one_of((28, 30, 42)), scene.uniform(0.3, 2.5)
    usage = np.ones(scene.n_days)
    for day in range(scene.whole(0, every - 1), scene.n_days, every):
        late = min(scene.n_days - 1, day + scene.whole(0, 2))
        usage[late] += size * scene.uniform(0.8, 1.2)
    price = by_the_hour(scene.level(18, 1.4), scene.business.hours)
    return Series(usage, price, lumps=usage > 1)
