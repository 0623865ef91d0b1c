"""What is usual of a series by its own past: the yardstick for events and for chance alike.

Knows the same weekdays of four weeks; must not know any event or detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.almanac import Days

WEEKS = 4
LEAST_WEEKS = 2
THERE = 0.6
"""Share of the days of a block that must be known."""


def deviations(costs: Floats, unlike: Days) -> Floats:
    """Dollars above the median of the four previous same weekdays; NaN where either says nothing."""
    n = len(costs)
    past = np.full((WEEKS, n), np.nan)
    usable = np.where(unlike, np.nan, costs)
    for week in range(1, WEEKS + 1):
        past[week - 1, 7 * week :] = usable[: n - 7 * week]
    past.sort(axis=0)  # NaN last, so that the median is taken of the first ones.
    known = (~np.isnan(past)).sum(axis=0)
    day = np.arange(n)
    lower = past[np.maximum(known - 1, 0) // 2, day]
    upper = past[np.minimum(known // 2, WEEKS - 1), day]
    usual = np.where(known >= LEAST_WEEKS, (lower + upper) / 2, np.nan)
    return np.where(unlike, np.nan, costs - usual)


def blocks(values: Floats, length: int) -> Floats:
    """Means of every so many consecutive days, of those blocks of which enough days are known."""
    if len(values) < length:
        return np.array([])
    total, known = running(values)
    sums, days = total[length:] - total[:-length], known[length:] - known[:-length]
    return (sums / np.maximum(days, 1))[days >= THERE * length]


def running(values: Floats) -> tuple[Floats, Floats]:
    """Sums and numbers of the known values before each day, and before the day after the last: (n + 1,)."""
    is_known = ~np.isnan(values)
    total = np.r_[0, np.cumsum(np.where(is_known, values, 0))]
    return total, np.r_[0, np.cumsum(is_known)]
