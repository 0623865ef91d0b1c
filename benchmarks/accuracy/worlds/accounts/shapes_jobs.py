"""What runs at times: jobs by the day, week, month and quarter, and bursts as people please.

Knows such plans and whims; must not know any event beyond its odds, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.accounts.scene import Scene
from benchmarks.accuracy.worlds.accounts.series import JOBS, Series


def ec2_spot_batch(scene: Scene) -> Series:
    """Spot machines on most days, or every day, of any number."""
    is_on = scene.rng.random(scene.n_days) < scene.uniform(0.5, 1)
    usage = is_on * scene.jitter(scene.uniform(0.4, 1.0)) * scene.wander(0.15)
    return Series(usage, {"runaway": 3, "crypto": 1, "gone": 1, "spike": 1})


def emr_weekly(scene: Scene) -> Series:
    """A job of one weekday that ends on the next day."""
    rng, n = scene.rng, scene.n_days
    usage = np.full(n, rng.choice([0.0, 0.02]))
    weekday = rng.integers(7)
    for day in np.flatnonzero(scene.almanac.weekday == weekday):
        size = rng.lognormal(0, rng.uniform(0.05, 0.2)) * scene.account.growth[day] * 6
        usage[day] += size * 0.75
        if day + 1 < n:
            usage[day + 1] += size * 0.25
    return Series(usage, JOBS)


def emr_monthly(scene: Scene) -> Series:
    """A large job on one day of the month beside little ones; at times it ends on the next day."""
    rng = scene.rng
    usage = scene.traffic("business") * rng.uniform(0.02, 0.3)
    series = Series(usage, {"fee_missing": 3, "runaway": 2, "spike": 2})
    due, large = scene.every_month(int(rng.integers(1, 25))), rng.uniform(6, 25)
    for day in due:
        size = large * rng.lognormal(0, 0.12)
        series.charge([day], [size])
        if rng.random() < 0.4 and day + 1 < scene.n_days:
            usage[day + 1] += size * 0.3
            series.known[day + 1] = True
    series.recurs(due, unforeseen=2)
    return series


def emr_quarterly(scene: Scene) -> Series:
    """Three days of large jobs a quarter beside daily ones."""
    almanac = scene.almanac
    series = Series(scene.traffic("business") * 0.4, JOBS)
    is_due = (almanac.month % 3 == 1) & (almanac.day_of_month >= 3) & (almanac.day_of_month <= 5)
    due = [int(day) for day in np.flatnonzero(is_due)]
    series.usage[due] += scene.rng.uniform(3, 9) * scene.rng.lognormal(0, 0.1, len(due))
    series.recurs(due, unforeseen=6)
    return series


def glue_daily_jobs(scene: Scene) -> Series:
    """Jobs of every day, with a retry now and then."""
    rng, account = scene.rng, scene.account
    usage = (rng.uniform(0, 0.4) * account.work + 1) * account.growth * scene.noise()
    for day in scene.some_days(0.01, 0.08):
        usage[day] *= 1 + rng.choice([0.33, 0.5, 1.0]) * rng.uniform(0.3, 1)
    return Series(usage, {**JOBS, "outage": 1.5})


def sagemaker_training_bursts(scene: Scene) -> Series:
    """Runs of one to five days, some days or weeks apart, each of its own size."""
    rng, n = scene.rng, scene.n_days
    series = Series(np.zeros(n), {"runaway": 2, "spike": 2, "crypto": 0.5})
    day = int(rng.integers(0, 12))
    while day < n:
        length, size = int(rng.integers(1, 6)), rng.lognormal(0, 0.6)
        series.usage[day : day + length] += size * rng.uniform(0.7, 1.1, min(length, n - day))
        series.bursts.append((day, min(n, day + length) - 1))
        day += length + int(rng.exponential(9)) + 1
    return series


def glacier_restores(scene: Scene) -> Series:
    """An archive for cents, and what is fetched from it."""
    series = Series(np.full(scene.n_days, 0.03) * scene.jitter(0.01), {"spike": 2, "runaway": 1})
    for day in scene.some_days(0.03, 0.12):
        series.usage[day] += scene.rng.lognormal(0, 0.9)
        series.bursts.append((day, day))
    return series


def mediaconvert_jobs(scene: Scene) -> Series:
    """Films of any length, most on the weekday they are released on."""
    release = scene.almanac.weekday == scene.rng.integers(7)
    films = scene.rng.poisson(scene.uniform(0.6, 5) * (0.3 + scene.account.staff + 1.5 * release))
    usage = [scene.rng.lognormal(0, 0.7, number).sum() for number in films]
    return Series.of(usage, {"spike": 2, "runaway": 2, "double": 1})


def sandbox_account(scene: Scene) -> Series:
    """Somebody tries something for some days, less at weekends, often over what was tried before."""
    rng, n = scene.rng, scene.n_days
    series = Series(np.full(n, rng.choice([0, 0.02])), {"forgot": 4, "crypto": 2, "runaway": 1})
    day = int(rng.integers(0, 8))
    while day < n:
        tried = slice(day, day + int(rng.integers(1, 9)))
        series.usage[tried] += rng.lognormal(0, 0.8) * (0.3 + 0.7 * scene.account.staff[tried])
        series.bursts.append((day, min(n, tried.stop) - 1))
        day += int(rng.exponential(8)) + 1
    return series


def hpc_campaigns(scene: Scene) -> Series:
    """Simulations for days on end, then none for days on end."""
    rng, n = scene.rng, scene.n_days
    usage, is_on, size = np.zeros(n), scene.chance(0.5), 1.0
    for day in range(n):
        if rng.random() < (0.2 if is_on else 0.12):
            is_on, size = not is_on, rng.lognormal(0, 0.5)
        usage[day] = is_on * size * rng.uniform(0.8, 1.05)
    series = Series(usage, {"runaway": 2})
    edges = np.flatnonzero(np.diff(np.r_[0, usage > 0, 0])).tolist()
    series.bursts += [(first, end - 1) for first, end in zip(edges[::2], edges[1::2], strict=True)]
    return series
