"""Jobs, analyses and models: what runs when there is something to do.

Knows how such services charge; must not know what is planted in them, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.years.scene import Scene
from benchmarks.accuracy.worlds.years.series import Series


def emr_heavy_tail(scene: Scene) -> Series:
    """Clusters for the work of the day, with heavy tails."""
    return Series(scene.magnitude(40, 4000) * scene.heavy(0.3, 0.55))


def glue_daily(scene: Scene) -> Series:
    """Jobs of the night; some are run again, for a third to two thirds more."""
    costs = scene.noise(0.03, 0.09)
    again = scene.rng.random(scene.n_days) < scene.uniform(0.04, 0.08)
    costs[again] *= scene.rng.uniform(1.3, 1.7, again.sum())
    return Series(scene.magnitude(15, 1200) * costs)


def batch_weekly_only(scene: Scene) -> Series:
    """A job on one day of the week, and nothing on the others."""
    due = scene.almanac.weekday == scene.whole(0, 6)
    return Series(due * scene.magnitude(40, 1500) * scene.noise(0.03, 0.1, memory=0), due=due)


def athena_adhoc(scene: Scene) -> Series:
    """Questions on workdays, some of them large; next to none at weekends."""
    country = scene.country()
    off, level = scene.almanac.off(country), scene.magnitude(6, 250)
    asked = np.where(off, (scene.rng.random(scene.n_days) < 0.3) * 0.15, 1)
    return Series(level * asked * scene.heavy(0.3, 0.5), country=country, level=level)


def sagemaker_training(scene: Scene) -> Series:
    """Training now and then, on a third to more than half of the days."""
    level = scene.magnitude(15, 500)
    trained = scene.rng.random(scene.n_days) < scene.uniform(0.3, 0.6)
    return Series(level * trained * scene.heavy(0.3, 0.55), level=level)


def sagemaker_endpoints(scene: Scene) -> Series:
    """Models that answer around the clock, each on a machine of its own."""
    price = scene.magnitude(5, 60)
    return Series(np.full(scene.n_days, scene.whole(3, 12) * price) * scene.jitter(0.001), unit=price)


def bedrock_tokens(scene: Scene) -> Series:
    """Tokens: wide noise, and twice as many within a year for some."""
    country = scene.country()
    costs = scene.magnitude(15, 2000) * scene.week(country, scene.uniform(0.35, 0.8))
    costs = costs * scene.noise(0.1, 0.2) * scene.growth(0.2, 0.75)
    return Series(costs, country=country, spared=scene.almanac.about_christmas)


def month_end_closing(scene: Scene) -> Series:
    """Accounts are closed on the last days of the month and the first, for two to four times as much."""
    before, after = scene.whole(2, 3), scene.whole(1, 2)
    closing = (scene.almanac.days_left < before) | (scene.almanac.day_of_month <= after)
    level = scene.magnitude(20, 1200)
    return Series(level * np.where(closing, scene.uniform(2, 4), 1) * scene.noise(0.03, 0.09))


def payroll_biweekly(scene: Scene) -> Series:
    """Wages are paid every fourteen days, for two to six times as much."""
    paid = (scene.day % 14) == scene.whole(0, 13)
    level = scene.magnitude(15, 500)
    return Series(level * np.where(paid, scene.uniform(2, 6), 1) * scene.noise(0.02, 0.07))
