"""Falls: an outage of some days, a step down, an end.

Knows how much of a series such things take; must not know any detector.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.organizations.mishap import COUNTED, NOTICE, Mishap, Past, around, changed
from benchmarks.accuracy.worlds.organizations.scene import Rng
from benchmarks.accuracy.worlds.organizations.series import Series
from benchmarks.accuracy.worlds.organizations.visibility import first_seen, seen_fall

WORTH = 5.0
"""Dollars a day below which nobody misses a series."""


def drop(rng: Rng, series: Series, start: int) -> Mishap | None:
    """An outage of one to three days; at times its backlog is worked off on the next."""
    last = start + int(rng.choice([1, 1, 2, 3])) - 1
    share = float(rng.uniform(0.35, 0.97))
    if 4.3 * series.spread > share:
        share = 4.3 * series.spread * rng.uniform(1, 1.4)
    if share > 1 or not _is_worth(series, start):
        return None
    lost = np.zeros(len(series.costs))
    lost[start : last + 1] = share * series.costs[start : last + 1]
    seen = seen_fall(series, lost)
    first = first_seen(series, seen, start=start)
    if first is None:
        return None
    costs = series.costs - lost
    if rng.random() < 0.3:
        costs[last + 1] += min(0.5 * float(lost.sum()), 0.8 * costs[last + 1])
    end = int(np.flatnonzero(seen)[-1])
    return Mishap(
        "drop",
        first,
        end,
        impact=float(lost.sum()),
        ratio=_ratio(series, lost, first + np.flatnonzero(seen[first:])),
        after=changed(series, costs, hushed=[(start, first - 1), (end + 1, last + 7)]),
    )


def step_down(rng: Rng, series: Series, start: int) -> Mishap | None:
    """Less from now on; one in five comes back."""
    share = float(rng.uniform(0.25, 0.75))
    if 4.6 * series.spread > share:
        share = 4.6 * series.spread * rng.uniform(1, 1.2)
    ended = start + int(rng.integers(14, 50)) if rng.random() < 0.2 else None
    return _lasting(rng, series, start, kind="step_down", fall=(share, ended))


def gone(rng: Rng, series: Series, start: int) -> Mishap | None:
    """Nothing from now on, or next to nothing; one in five comes back."""
    share = 1.0 if rng.random() < 0.7 else float(rng.uniform(0.985, 0.999))
    ended = start + int(rng.integers(12, 45)) if rng.random() < 0.2 else None
    return _lasting(rng, series, start, kind="gone", fall=(share, ended))


def _lasting(
    rng: Rng, series: Series, start: int, *, kind: str, fall: tuple[float, int | None]
) -> Mishap | None:
    """A share of the series is lost until the day it comes back, if it does."""
    share, ended = fall
    if share > 1 or not _is_worth(series, start):
        return None
    fraction = np.zeros(len(series.costs))
    fraction[start:ended] = share
    lost = fraction * series.costs
    lost[start] *= rng.uniform(0.4, 1)
    seen = seen_fall(series, lost)
    first = first_seen(series, seen, start=start)
    if first is None or first + NOTICE > len(series.costs):
        return None
    days = first + np.flatnonzero(seen[first : first + NOTICE])
    if len(days) < (4 if series.regular else 1):
        return None
    return Mishap(
        kind,
        first,
        first + NOTICE - 1,
        impact=float(lost[start : start + COUNTED].sum()),
        ratio=_ratio(series, lost, days),
        after=changed(
            series,
            series.costs - lost,
            expected=series.expected * (1 - fraction),
            hushed=around(start, seen=first, ended=ended),
        ),
    )


def _is_worth(series: Series, start: int) -> bool:
    """Whether there is a week left to miss it in, and enough of it to be missed."""
    enough = series.scheduled or Past.of(series, start).expected >= WORTH
    return enough and start + NOTICE <= len(series.costs)


def _ratio(series: Series, lost: Floats, days: NDArray[np.int64]) -> float:
    return min(float(np.median(lost[days] / series.expected[days])), 1.0)
