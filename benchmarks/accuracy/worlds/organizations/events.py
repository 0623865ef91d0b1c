"""What can happen to a series, and which of it is worth a label.

Knows the kinds of events and how they are drawn by a series' odds; must not know any detector.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.accuracy.worlds.organizations.events_falls import drop, gone, step_down
from benchmarks.accuracy.worlds.organizations.events_rises import spike, step_up
from benchmarks.accuracy.worlds.organizations.events_slow import drift_up, new, overcharge
from benchmarks.accuracy.worlds.organizations.mishap import Mishap
from benchmarks.accuracy.worlds.organizations.scene import Rng
from benchmarks.accuracy.worlds.organizations.series import Range, Series

KINDS: dict[str, Callable[[Rng, Series, int], Mishap | None]] = {
    "spike": spike,
    "step_up": step_up,
    "drop": drop,
    "step_down": step_down,
    "gone": gone,
    "drift_up": drift_up,
    "new": new,
    "overcharge": overcharge,
}
FIRST_DAY = 20
"""Before it nobody knows what is usual."""
APART = 35
"""Days from the end of an event to the start of the next one."""
CLEAR = 4
"""Days before an event that are not open to dispute."""
ATTEMPTS = 9


def mishaps(rng: Rng, series: Series) -> list[Mishap]:
    """None, one or two things that happen to a series, in their order."""
    found: list[Mishap] = []
    for window in _windows(rng, series):
        earliest = found[-1].end + APART if found else FIRST_DAY
        mishap = _one(rng, series, window, earliest=earliest)
        if mishap is None:
            continue
        found.append(mishap)
        series = mishap.after
        if mishap.kind in {"gone", "new"}:
            break
    return found


def _windows(rng: Rng, series: Series) -> list[Range]:
    """When to look for an event: nowhere, anywhere, or once in each half."""
    n = len(series.costs)
    luck = rng.random() / series.eventful
    if luck < 0.11:
        return [(FIRST_DAY, max(FIRST_DAY + 1, n // 2)), (n // 2, n - 7)]
    return [(FIRST_DAY, n - 7)] if luck < 0.54 else []


def _one(rng: Rng, series: Series, window: Range, *, earliest: int) -> Mishap | None:
    """One event within the window, if a few attempts yield one that is worth a label.

    A charge by the month keeps to its own days: of the window and the day before which nothing may happen, it
    heeds the latter only.
    """
    first, last = max(window[0], earliest), window[1]
    if last <= first:
        return None
    kinds, weights = list(series.odds), np.array(list(series.odds.values()), dtype=np.float64)
    for _ in range(ATTEMPTS):
        kind = str(rng.choice(kinds, p=weights / weights.sum()))
        mishap = KINDS[kind](rng, series, int(rng.integers(first, last)))
        if mishap is None or mishap.start < earliest:
            continue
        if not series.is_hushed(mishap.start - CLEAR, mishap.end):
            return mishap
    return None
