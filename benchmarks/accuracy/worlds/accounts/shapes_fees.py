"""What is charged on a day of the month, and what is free up to a sum.

Knows invoices, allowances and credits; must not know any event beyond its odds, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.scene import Scene
from benchmarks.accuracy.worlds.accounts.series import CONSTANT, Odds, Series

TRANSITION = 9
"""Days about the start and the end of an allowance that are unlike others, half of them on either side."""


def route53(scene: Scene) -> Series:
    """Zones by the month, of which there are ever more, pennies of queries, and domains that are renewed."""
    rng = scene.rng
    series = Series(0.01 * scene.traffic(), {"fee_missing": 1, "fee_jump": 1, "spike": 1})
    fee, due = rng.uniform(0.5, 4), scene.every_month(1)
    for day in due:
        series.charge([day], [fee])
        if rng.random() < 0.3:
            fee *= 1 + rng.uniform(0, 0.06)
    series.recurs(due)
    for day in scene.some_days(0.012):
        series.usage[day] += fee * 0.15
    return series


def support(scene: Scene) -> Series:
    """Support by the month, with the rest of the bill."""
    series = _unused(scene, {"fee_missing": 2, "fee_jump": 2})
    due = scene.every_month(int(scene.rng.choice([1, 1, 1, 2, 3])))
    series.charge(due, [scene.rng.lognormal(0.01, 0.05) for _ in due])
    series.recurs(due)
    return series


def tax(scene: Scene) -> Series:
    """Tax on the month before, and now and then on something small."""
    series = _unused(scene, {"fee_missing": 1, "fee_jump": 2})
    due = scene.every_month(1)
    series.charge(due, [scene.rng.lognormal(0, 0.07) * scene.account.growth[day] for day in due])
    series.recurs(due)
    for day in scene.some_days(0.01):
        series.usage[day] += 0.03
    return series


def marketplace_monthly(scene: Scene) -> Series:
    """A subscription: for some always the same, for some a day late at times."""
    rng, last = scene.rng, scene.n_days - 1
    series = _unused(scene, {"fee_missing": 4, "fee_jump": 2})
    day_of_month, may_be_late = int(rng.integers(1, 29)), rng.random() < 0.2
    due = scene.every_month(day_of_month)
    if may_be_late:
        due = [min(last, day + int(rng.integers(0, 2))) for day in due]
    is_fixed = rng.random() < 0.6
    series.charge(due, [1.0 if is_fixed else rng.lognormal(0, 0.1) for _ in due])
    series.recurs(due, unforeseen=2)
    return series


def marketplace_hourly(scene: Scene) -> Series:
    """Software by the hour."""
    return Series(scene.jitter(0.001), CONSTANT)


def marketplace_annual(scene: Scene) -> Series:
    """One invoice, of which nobody could know."""
    series = _unused(scene, {})
    day = int(scene.rng.integers(scene.n_days))
    series.usage[day] = 1
    series.disputed.append((day, day))
    return series


def lambda_free_tier(scene: Scene) -> Series:
    """Functions: free at first, from some day of each month on for money."""
    load, limit = scene.traffic(), scene.uniform(4, 24)
    series = _unused(scene, {"loop": 3})
    used = 0.0
    for day, day_of_month in enumerate(scene.almanac.day_of_month):
        if day_of_month == 1:
            used = 0.0
        is_paid = used > limit
        series.usage[day] = load[day] if is_paid else 0
        series.known[day] = day_of_month == 1 or (not is_paid and limit < used + load[day])
        used += load[day]
    paid = np.flatnonzero(series.usage > 0)
    if paid.size:
        series.disputed.append((int(paid[0]), int(paid[0]) + 7))
    series.known |= np.convolve(series.known, np.ones(TRANSITION), "same") > 0
    return series


def credits_used_up_mid_month(scene: Scene) -> Series:
    """Use that credits pay for: every month anew until they are used up, or once and for all."""
    load, monthly = scene.traffic(), scene.uniform(8, 22)
    series = _unused(scene, {})
    if scene.chance(0.4):
        _use_up(series, load, load.sum() * scene.rng.uniform(0.2, 0.8))
        return series
    left = monthly
    for day, day_of_month in enumerate(scene.almanac.day_of_month):
        if day_of_month == 1:
            left = monthly
            if day < 40:
                series.disputed.append((day, day + 3))
        paid = min(left, load[day])
        left -= paid
        series.usage[day] = load[day] - paid
        if paid > 0 and left <= 0 and day < 62:
            series.disputed.append((day, day + 7))
    return series


def _use_up(series: Series, load: Floats, left: float) -> None:
    """Credits that do not come again: the month after their end is open to dispute."""
    for day, use in enumerate(load):
        paid = min(left, use)
        left -= paid
        series.usage[day] = use - paid
        if paid > 0 and left <= 0:
            series.disputed.append((day, day + 30))


def _unused(scene: Scene, odds: Odds) -> Series:
    """A series without any cost so far."""
    return Series(np.zeros(scene.n_days), odds)
