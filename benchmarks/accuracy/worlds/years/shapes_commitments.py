"""What machines are paid with: plans, reservations, credits, what is left beside them, and their ends.

Knows how such services charge; must not know what is planted in them, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.years.mishap import Mishap
from benchmarks.accuracy.worlds.years.scene import Scene
from benchmarks.accuracy.worlds.years.series import Series


def ec2_over_commit(scene: Scene) -> Series:
    """What exceeds a savings plan: nothing on many days."""
    country, level = scene.country(), scene.magnitude(200, 8000)
    used = scene.week(country, scene.uniform(0.6, 0.8)) * scene.noise(0.025, 0.05, memory=0.2)
    costs = level * np.maximum(0, used - scene.uniform(0.86, 0.97))
    return Series(costs, country=country, level=level * 0.3)


def sp_commitment(scene: Scene) -> Series:
    """A savings plan itself: to the cent the same, until one is bought or ends."""
    return Series(np.full(scene.n_days, round(scene.magnitude(0.8, 900), 3) * 24), exact=True)


def ri_monthly_fee(scene: Scene) -> Series:
    """A reservation that is charged on the 1st for the hours of the whole month."""
    due = scene.almanac.day_of_month == 1
    return Series(np.where(due, scene.magnitude(2, 300) * scene.almanac.days_in_month, 0.0), due=due)


def ri_sp_expiry(scene: Scene) -> Series:
    """A commitment that ends, for two of three, and nobody noticed: all is paid in full from then on."""
    country, level = scene.country(), scene.magnitude(120, 12000)
    before = level * scene.week(country, scene.uniform(0.7, 1)) * scene.noise(0.012, 0.04)
    if scene.chance(0.35):
        return Series(before, country=country)
    start, costs = scene.whole(125, scene.n_days - 15), before.copy()
    costs[start:] *= scene.uniform(1.38, 2.2)
    last = min(start + 12, scene.n_days - 1)
    return Series(costs, Mishap("step_up", start, last, before, costs))


def upfront_purchase(scene: Scene) -> Series:
    """Nothing but one payment in advance, for three of five; for the others a small charge a month."""
    nothing = np.zeros(scene.n_days)
    if scene.rng.random() > 0.6:
        return Series(nothing + (scene.almanac.day_of_month == 1) * scene.magnitude(5, 60))
    day, costs = scene.whole(122, scene.n_days - 2), nothing.copy()
    costs[day] = scene.magnitude(1000, 60000)
    return Series(costs, Mishap("spike", day, day, nothing, costs))


def credits_used_up(scene: Scene) -> Series:
    """Use that credits pay for, until they are used up, if they ever are."""
    costs = scene.magnitude(25, 800) * scene.week("US", scene.uniform(0.7, 1)) * scene.noise(0.02, 0.08)
    nothing = np.zeros(scene.n_days)
    if not scene.chance(0.6):
        return Series(nothing)
    start = scene.whole(125, scene.n_days - 20)
    costs[:start] = 0
    return Series(costs, Mishap("step_up", start, min(start + 12, scene.n_days - 1), nothing, costs))


def free_tier_reset(scene: Scene) -> Series:
    """Nothing from the 1st on until a free allowance is used up."""
    free, level = scene.whole(4, 14), scene.magnitude(8, 120)
    almanac = scene.almanac
    sooner = np.round(scene.rng.normal(0, 0.6, almanac.n_months))[almanac.month_number]
    return Series(level * (almanac.day_of_month > free + sooner) * scene.noise(0.03, 0.1), level=level)
