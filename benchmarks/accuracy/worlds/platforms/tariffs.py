"""From usage to dollars: tiers, whole machines, commitments, free tiers, stock by the month, fees, credits.

Knows how AWS prices things; must not know any detector. Each maker draws the terms for a series of so many
dollars a day at list price.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.platforms.scene import Scene, Tariff

MEAN_MONTH = 365.25 / 12
"""Days of a month, in the mean."""


def machines(scene: Scene, dollars: float) -> Tariff:
    """Whole machines, three to sixty of them, in hours: the bill moves by an eighth of a machine's day."""
    eighth = dollars / scene.whole((3, 60)) / 8
    return lambda used: np.ceil(used / eighth) * eighth


def few_machines(scene: Scene, dollars: float) -> Tariff:
    """Whole machines that run all day, eight to thirty of them."""
    machine = dollars / scene.whole((8, 30))
    return lambda used: np.round(used / machine) * machine


def tiered(scene: Scene, dollars: float) -> Tariff:
    """Cheaper by the month's amount: the price falls as the month goes on."""
    breaks = (0.0, scene.within((0.15, 0.4)), scene.within((0.6, 3.0)))
    prices = (1.0, scene.within((0.8, 0.95)), scene.within((0.55, 0.78)))
    return _by_month(scene, dollars, tuple(zip(breaks, prices, strict=True)))


def dearer_tier(scene: Scene, dollars: float) -> Tariff:
    """Cheap up to an amount included in a contract, dear beyond it; most months end before."""
    return _by_month(scene, dollars, ((0.0, 0.7), (scene.within((1.25, 1.7)), scene.within((1.3, 2.2)))))


def free_first(scene: Scene, dollars: float) -> Tariff:
    """An allowance each month is free, so the first days of each cost nothing."""
    return _by_month(scene, dollars, ((0.0, 0.0), (scene.within((0.03, 0.15)), 1.0)))


def stock(scene: Scene, _dollars: float) -> Tariff:
    """Stock held, priced by the month: a day of February costs more than a day of March."""
    return lambda held: held * MEAN_MONTH / scene.almanac.days_in_month


def with_fee(scene: Scene, dollars: float) -> Tariff:
    """A fee by the day and usage on it."""
    share = scene.within((0.2, 0.7))
    return lambda used: dollars * share + (1 - share) * used


def beyond_commitment(scene: Scene, dollars: float) -> Tariff:
    """Only what no Savings Plan or reservation covers is billed here: the edge of the demand."""
    cover = dollars * scene.within((0.55, 0.85))
    spill = dollars * scene.within((0.02, 0.06))
    return lambda used: spill + np.maximum(used - cover, 0.0)


def with_commitment(scene: Scene, dollars: float) -> Tariff:
    """The commitment, used or not, at its discount, and list price beyond it."""
    cover = dollars * scene.within((0.6, 0.95))
    discount = scene.within((0.55, 0.75))
    return lambda used: cover * discount + np.maximum(used - cover, 0.0)


def after_credits(scene: Scene, dollars: float) -> Tariff:
    """A share is paid by a migration credit, as long as it lasts."""
    paid = scene.within((0.3, 0.9))
    return lambda used: (1 - paid) * used


def _by_month(scene: Scene, dollars: float, tiers: tuple[tuple[float, float], ...]) -> Tariff:
    """The price of a unit depends on the units of the month before it.

    `tiers` are where each begins, in usual months, and its price.
    """
    month = scene.almanac.month
    opening = np.searchsorted(month, month)
    # A bill that begins inside a month has that month's first days behind it.
    carried = np.where(month == month[0], dollars * (scene.almanac.day_of_month[0] - 1), 0.0)

    def tariff(used: Floats) -> Floats:
        total = np.cumsum(used)
        before = carried + total - used - np.where(opening > 0, total[opening - 1], 0.0)
        costs, last = np.zeros_like(used), 0.0
        for begin, price in tiers:
            at = begin * dollars * MEAN_MONTH
            costs += (price - last) * (np.maximum(before + used - at, 0) - np.maximum(before - at, 0))
            last = price
        return costs

    return tariff
