"""How large a change must be before a person who knows the series would want to be told.

Knows what is expected of a series; must not know any detector.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.organizations.series import Series

LEAST = 5.0
"""Dollars a day below which nobody cares."""
LEAST_SHARE = 0.2
SPREADS = 4.2
OUTLIER_SPREADS = 4.5


def spread_of(series: Series) -> float:
    """Noise about the expected, relative to it, while nothing has happened yet; 0 where it is unknown."""
    expected = series.expected
    busy = expected > max(1e-6, 0.02 * float(expected.max()))
    if series.erratic or busy.sum() < 8:
        return 0.0
    misses = series.costs[busy] / expected[busy] - 1
    typical = 1.4826 * float(np.median(np.abs(misses - np.median(misses))))
    return max(typical, float(np.std(misses)) / 2, 0.004)


def outliers(series: Series) -> list[int]:
    """Days of mere chance at which even a person would stop: all of a few, the first of many."""
    if series.spread == 0:
        return []
    needed = _needed(series, spreads=OUTLIER_SPREADS)
    days = np.flatnonzero(np.abs(series.costs - series.expected) > needed).tolist()
    return days if len(days) <= 4 else days[:3]


def needed_rise(series: Series) -> Floats:
    """Dollars above the expected, a day each, from which a rise can be told from the series' own ups."""
    headroom = np.asarray(series.headroom)
    beyond = headroom + 2 * series.spread * series.expected * (headroom > 0)
    return np.asarray(np.maximum(_needed(series, spreads=SPREADS), beyond))


def needed_fall(series: Series) -> Floats:
    """Dollars below the expected, likewise."""
    return np.asarray(np.maximum(_needed(series, spreads=SPREADS), 0.6 * np.asarray(series.headroom)))


def seen_rise(series: Series, added: Floats) -> NDArray[np.bool_]:
    """Days on which so many dollars more would be seen."""
    needed = needed_rise(series)
    return (added >= needed) & (series.costs + added - series.expected >= 0.95 * needed)


def seen_fall(series: Series, lost: Floats) -> NDArray[np.bool_]:
    """Days on which so many dollars less would be seen."""
    needed = 0.97 * needed_fall(series)
    return (lost >= needed) & (series.expected - series.costs + lost >= needed)


def first_seen(series: Series, seen: NDArray[np.bool_], *, start: int) -> int | None:
    """The day an event can first be seen; None where that is never, or too long after it began."""
    days = np.flatnonzero(seen)
    patience = 2 if series.regular else 6
    return int(days[0]) if days.size and days[0] <= start + patience else None


def _needed(series: Series, *, spreads: float) -> Floats:
    share = max(LEAST_SHARE, spreads * series.spread)
    return np.asarray(np.maximum(LEAST, share * series.expected))
