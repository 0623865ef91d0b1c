"""Fees, seats, taxes, credits and refunds: what comes by contract and calendar.

Knows how such charges come; must not know what is planted in them, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.account import Range
from benchmarks.accuracy.worlds.businesses.incident import Incident
from benchmarks.accuracy.worlds.businesses.luck import JUDGED_FROM
from benchmarks.accuracy.worlds.businesses.prices import beyond_free
from benchmarks.accuracy.worlds.businesses.scene import Scene, as_usual
from benchmarks.accuracy.worlds.businesses.series import Series, at

USUAL_MONTH = 30.4


def workspaces_seats(scene: Scene) -> Series:
    """Desktops by the month, and some hours of them on workdays."""
    seats, price = int(scene.magnitude(4, 600)), scene.one_of((21, 25, 33, 44))
    hours = (0.1 + scene.work) * scene.scattered(0.1) * scene.uniform(0, 0.25) * 0.3
    daily = price / scene.almanac.days_in_month + hours
    return Series(np.round(seats * np.exp(scene.strays(0.0012))), lambda usage: np.round(usage) * daily)


def per_seat_monthly_prorate(scene: Scene) -> Series:
    """Seats whose number changes on the 1st, a day of a short month dearer than one of a long month."""
    seats, daily = (
        float(int(scene.magnitude(3, 300))),
        scene.one_of((3, 12, 19, 24, 39)) / scene.almanac.days_in_month,
    )
    by_month = [seats]
    for _ in range(scene.almanac.n_months - 1):
        by_month.append(max(1, by_month[-1] * np.exp(scene.rng.normal(0.01, 0.03))))
    return Series(np.array(by_month)[scene.almanac.month_number], lambda usage: np.round(usage) * daily)


def marketplace_saas(scene: Scene) -> Series:
    """Software of others, by the day or in one amount a month; for some an invoice of a year, once."""
    level, usage = scene.level(28, 1.5), scene.growing(0, 0.0008)
    is_monthly, due = scene.chance(0.5), scene.almanac.day_of_month == scene.one_of((1, 1, 2, 5))
    invoice, disputed = _once(scene, level * scene.uniform(5, 60), odds=0.15, last=scene.n_days - 2)
    if is_monthly:
        return Series(
            usage,
            lambda usage: due * level * 30 * usage + invoice,
            lumps=due,
            disputed=disputed,
            is_spared=True,
        )
    daily = level * USUAL_MONTH / scene.almanac.days_in_month
    return Series(usage, lambda usage: daily * usage + invoice, disputed=disputed)


def support_fee(scene: Scene) -> Series:
    """A share of what is spent, by the day, or for two in five in one amount on the 1st."""
    level, business = scene.level(14, 1.5), scene.business
    spent = as_usual(np.exp(business.mood) * business.growth * (0.8 + 0.2 * scene.work))
    if not scene.chance(0.4):
        return Series(spent, at(level))
    first = scene.almanac.day_of_month == 1
    return Series(spent, lambda usage: first * level * 30 * usage, lumps=first, is_spared=True)


def tax_monthly(scene: Scene) -> Series:
    """A tax in one amount a month."""
    level, due = scene.level(60, 1.5), scene.almanac.day_of_month == scene.one_of((1, 2, 3))
    spent = as_usual(np.exp(scene.business.mood) * scene.business.growth)
    return Series(spent, lambda usage: due * level * 10 * usage, lumps=due)


def credits_burn(scene: Scene) -> Series:
    """A service whose first days of each month credits pay; or some or all of it, until they are used up."""
    level, usage = scene.level(35, 1.3), scene.demand("both", noise=0.05)
    if scene.chance(0.5):
        granted = scene.uniform(2, 9)
        return Series(usage, lambda usage: level * beyond_free(scene.almanac, usage, granted))
    used_up, left = scene.whole(60, 284), scene.uniform(0, 0.5)
    billed = np.where(scene.day < used_up, left, 1)
    kind = "new" if left < 0.03 else "step_up"
    ends = Incident(kind, used_up, scene.n_days - 1, existing=billed, on_bill=True)
    return Series(usage, at(level), own=ends)


def refunds(scene: Scene) -> Series:
    """A service of which a day or two are paid back, for a third of them, once."""
    level = scene.level(20, 1.4)
    refund, disputed = _once(scene, -level * scene.uniform(0.6, 2), odds=0.35, last=scene.n_days - 4)
    return Series(scene.demand(noise=0.07), lambda usage: level * usage + refund, disputed=disputed)


def _once(scene: Scene, dollars: float, *, odds: float, last: int) -> tuple[Floats, tuple[Range, ...]]:
    """What is charged on one day up to the last, and that day, which is open to dispute; at these odds."""
    charged = np.zeros(scene.n_days)
    if not scene.chance(odds):
        return charged, ()
    day = scene.whole(JUDGED_FROM, last)
    charged[day] = dollars
    return charged, ((day, day),)
