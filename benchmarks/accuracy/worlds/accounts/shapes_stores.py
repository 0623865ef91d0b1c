"""What keeps things: volumes, databases, buckets, backups.

Knows how such services charge; must not know any event beyond its odds, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.accounts.scene import Scene
from benchmarks.accuracy.worlds.accounts.series import STORED, Series

# What is priced by the month costs more a day in February, hence 30 / days_in_month.


def ebs_volumes(scene: Scene) -> Series:
    """Volumes that only grow; some follow the machines of a workday a little."""
    grown = np.exp(np.cumsum(np.maximum(0, scene.rng.normal(0.0005, 0.002, scene.n_days))))
    attached = 1 + 0.02 * (scene.account.staff - 0.5) * scene.chance(0.5)
    usage = grown / scene.almanac.days_in_month * 30 * attached
    return Series(usage, {"forgot": 2, "leak": 3, "optim": 2, "gone": 0.3})


def rds_instance(scene: Scene) -> Series:
    """An instance, storage that grows, and requests."""
    grown = 1 + scene.uniform(0, 0.002) * scene.day
    usage = scene.uniform(0.5, 0.9) + 0.2 * grown * 30 / scene.almanac.days_in_month
    usage = usage + scene.uniform(0.02, 0.25) * scene.traffic()
    odds = {"resize": 2.5, "forgot": 1, "optim": 1.5, "gone": 1, "leak": 1.5, "spike": 0.7}
    return Series(usage, odds)


def aurora_serverless(scene: Scene) -> Series:
    """Capacity that follows the load, more than in proportion, down to a least one."""
    least = scene.uniform(0.1, 0.5)
    usage = np.maximum(least, scene.traffic() ** scene.uniform(1, 1.6) * scene.jitter(0.1))
    return Series(usage, {"spike": 2, "step": 3, "outage": 1, "optim": 1, "leak": 0.5})


def redshift_pause_resume(scene: Scene) -> Series:
    """A cluster that runs while people ask it, longer on the first workdays of a month."""
    at_work = scene.account.work > 0.4
    hours = np.where(at_work, np.clip(scene.rng.normal(11, 1.2, scene.n_days), 6, 24), 0.0)
    series = Series(hours, {"weekend_on": 2, "nights_on": 2, "resize": 1, "gone": 1})
    closing = [int(day) for day in np.flatnonzero(at_work & (scene.almanac.day_of_month <= 3))]
    series.usage[closing] *= scene.uniform(1.3, 2.0)
    series.recurs(closing, unforeseen=3)
    series.usage = series.usage * scene.jitter(0.01) + 0.2
    return series


def redshift_concurrency(scene: Scene) -> Series:
    """A cluster, and the extra ones of a crowded day."""
    crowded = scene.rng.random(scene.n_days) < 0.12 * (scene.account.work + 0.1)
    usage = 1 + crowded * scene.rng.exponential(scene.uniform(0.05, 0.25), scene.n_days)
    return Series(usage, {"resize": 2, "gone": 0.5, "spike": 2, "optim": 1, "step": 1})


def s3_storage_lifecycle(scene: Scene) -> Series:
    """Objects that pile up and are swept every week, fortnight or month: a saw."""
    rng, almanac = scene.rng, scene.almanac
    period = rng.choice([7, 14, 30, 30])
    phase, height = rng.integers(period), rng.choice([0, 0.03, 0.1, 0.22])
    is_monthly = period == 30
    filled = (almanac.day_of_month - 1) / 30 if is_monthly else ((scene.day + phase) % period) / period
    grown = np.exp(rng.normal(0.0008, 0.001) * scene.day)
    usage = grown * (1 + height * filled) * 30 / almanac.days_in_month * scene.jitter(0.003)
    series = Series(usage, STORED)
    if is_monthly and height:
        series.recurs(scene.every_month(1))
    return series


def backup_retention(scene: Scene) -> Series:
    """Backups that fill up over a month; some with a full copy on Sundays."""
    rng, almanac = scene.rng, scene.almanac
    full_copy = np.where(almanac.weekday == 6, rng.uniform(0, 0.1), 0)
    kept = rng.uniform(0.05, 0.35) * np.minimum(almanac.day_of_month, 28) / 28
    usage = scene.account.growth * (1 + full_copy + kept) * 30 / almanac.days_in_month * scene.jitter(0.01)
    series = Series(usage, {"leak": 5, "optim": 1, "step": 1.2, "gone": 0.6})
    series.recurs([int(day) for day in np.flatnonzero(almanac.day_of_month <= 2)], unforeseen=2)
    return series


def efs(scene: Scene) -> Series:
    """Files that only become more, and requests."""
    grown = np.exp(np.cumsum(np.abs(scene.rng.normal(0.0006, 0.002, scene.n_days))))
    usage = grown * 30 / scene.almanac.days_in_month + 0.1 * scene.traffic()
    return Series(usage, {**STORED, "spike": 2})


def dynamodb_provisioned(scene: Scene) -> Series:
    """Capacity that follows the load in coarse steps."""
    step = scene.rng.choice([0.1, 0.25])
    usage = np.maximum(np.ceil(scene.traffic() / step) * step, 0.4)
    return Series(usage, {"step": 3, "optim": 2, "resize": 2, "gone": 0.5})
