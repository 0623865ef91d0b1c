"""What comes by the month, the quarter or the year: invoices, subscriptions, renewals, credits.

Knows how such services charge; must not know what is planted in them, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.years.scene import Scene
from benchmarks.accuracy.worlds.years.series import Series

MARCH, OCTOBER, SUNDAY = 3, 10, 6
FIRST_OF_LAST_WEEK = 25
"""Of a month of 31 days."""


def support_monthly(scene: Scene) -> Series:
    """Support on the 1st, with the bill of the month before."""
    due, bill = scene.almanac.day_of_month == 1, scene.monthly(scene.uniform(0.03, 0.08))
    return Series(scene.magnitude(100, 15000) * due * bill, due=due)


def marketplace_monthly(scene: Scene) -> Series:
    """A subscription of the same amount each month."""
    due = scene.almanac.day_of_month == scene.whole(2, 28)
    return Series(due * round(scene.magnitude(50, 8000), 2), due=due)


def marketplace_hourly(scene: Scene) -> Series:
    """A licence by the hour, to the cent; two days of the year have an hour more or less."""
    almanac, costs = scene.almanac, np.full(scene.n_days, scene.magnitude(12, 400))
    turned = (almanac.weekday == SUNDAY) & (almanac.day_of_month >= FIRST_OF_LAST_WEEK)
    costs[turned & (almanac.month == MARCH)] *= 23 / 24
    costs[turned & (almanac.month == OCTOBER)] *= 25 / 24
    return Series(costs, exact=True)


def quarterly_renewal(scene: Scene) -> Series:
    """A charge on the 1st of each quarter, and next to nothing in between."""
    level = scene.magnitude(300, 20000)
    due = (scene.almanac.day_of_month == 1) & (scene.almanac.month % 3 == 1)
    return Series(due * level + level * 0.002 * scene.noise(0.05, 0.2))


def annual_renewal(scene: Scene) -> Series:
    """A charge that comes again a year later, for some five percent dearer."""
    day, level, costs = scene.whole(3, 30), scene.magnitude(500, 40000), np.zeros(scene.n_days)
    costs[day] = level
    again, dearer = scene.almanac.year_after(day), scene.rng.choice([1, 1.05])
    costs[again : again + 1] = level * dearer
    return Series(costs + scene.uniform(0, 0.02) * scene.noise(0.1, 0.2))


def tax_invoice(scene: Scene) -> Series:
    """Tax in the first days of the month, with the bill."""
    bill = scene.monthly(0.06, memory=0.6)
    due = scene.almanac.day_of_month == scene.whole(2, 4)
    return Series(due * scene.magnitude(100, 20000) * bill, due=due)


def vendor_first_business_day(scene: Scene) -> Series:
    """An invoice on the first workday of each month."""
    almanac, due = scene.almanac, np.zeros(scene.n_days, dtype=bool)
    off = almanac.off(scene.country())
    for month in range(almanac.n_months):
        open_days = np.flatnonzero((almanac.month_number == month) & ~off & (almanac.day_of_month <= 6))
        # Of a month that began before the bill, nobody knows whether it was paid.
        if open_days.size and (month > 0 or almanac.day_of_month[0] == 1):
            due[open_days[0]] = True
    return Series(due * scene.magnitude(80, 6000), due=due)


def discount_credit(scene: Scene) -> Series:
    """A discount on the 1st, below zero: no bill of the benchmark shows it, and so the line is empty."""
    bill = scene.monthly(0.05)
    return Series(-scene.magnitude(50, 4000) * (scene.almanac.day_of_month == 1) * bill)


def workspaces_fees(scene: Scene) -> Series:
    """Desktops: a fee on the 1st, and hours on workdays."""
    country, level = scene.country(), scene.magnitude(30, 900)
    hours = level * np.where(scene.almanac.off(country), 0.15, 1) * scene.noise(0.03, 0.08)
    fees = (scene.almanac.day_of_month == 1) * level * scene.uniform(4, 12)
    return Series(hours + fees, country=country, spared=scene.almanac.about_christmas)
