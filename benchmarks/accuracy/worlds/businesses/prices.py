"""What usage costs where it is not so much a unit: machines by the hour, months that start anew.

Knows price lists; must not know any family, event or detector.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.years.almanac import Almanac


def machine_hours(usage: Floats, hourly: Floats, *, machines: float, least: float) -> Floats:
    """Machines of all hours of a day, a whole number in each hour, where usage 1 needs `machines` of them."""
    needed = np.ceil(usage[:, None] * hourly[None] * machines)
    return np.asarray(np.maximum(least, needed).sum(axis=1))


def monthly(almanac: Almanac, usage: Floats, total_cost: Callable[[Floats], Floats]) -> Floats:
    """Cost of every day where the price depends on what the month has used so far.

    A month that began before the bill was as busy before it.

    Args:
        almanac: the days of the bill.
        usage: (n_days,) units.
        total_cost: what totals of a month cost.
    """
    costs = np.empty(len(usage))
    for month in range(almanac.n_months):
        days = almanac.month_number == month
        used = usage[days]
        before = (almanac.day_of_month[days][0] - 1) * used.mean()
        costs[days] = np.diff(total_cost(np.r_[before, before + np.cumsum(used)]))
    return costs


def beyond_free(almanac: Almanac, usage: Floats, free: float) -> Floats:
    """Usage of every day beyond what is free each month."""
    return monthly(almanac, usage, lambda total: np.maximum(0, total - free))


def tiered(almanac: Almanac, usage: Floats, *, limits: Floats, prices: Sequence[float]) -> Floats:
    """Cost of every day where a unit has a price of its own up to each limit, and a last one beyond."""
    starts, ends = np.r_[0.0, limits], np.r_[limits, np.inf]

    def total_cost(total: Floats) -> Floats:
        parts = (
            price * np.clip(total - start, 0, end - start)
            for start, end, price in zip(starts, ends, prices, strict=True)
        )
        return np.asarray(sum(parts))

    return monthly(almanac, usage, total_cost)
