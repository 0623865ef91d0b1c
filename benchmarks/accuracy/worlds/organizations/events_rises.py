"""Rises that come at once: a spike of some days, and a step that stays or is cleaned up weeks later.

Knows what such mistakes cost; must not know any detector.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.organizations.mishap import COUNTED, NOTICE, Mishap, Past, around, changed
from benchmarks.accuracy.worlds.organizations.scene import Rng
from benchmarks.accuracy.worlds.organizations.series import Range, Series
from benchmarks.accuracy.worlds.organizations.visibility import first_seen, needed_rise, seen_rise

Measure = Callable[[Floats], float]
Numbers = NDArray[np.int64]

MACHINES = np.array([12.6, 24.1, 39.1, 73.4, 98.0, 136.0, 293.8, 786.5])
"""Dollars a day of machines that get forgotten: those with graphics cards."""
NOTHING = 0.01


def spike(rng: Rng, series: Series, start: int) -> Mishap | None:
    """A mistake of one to four days, found and stopped."""
    last = start + int(rng.choice([1, 1, 1, 2, 2, 3, 4])) - 1
    if last >= len(series.costs):
        return None
    if _is_added(rng, series, start):
        wanted = _by_machines(rng, series, (start, last))
    else:
        wanted = _by_factor(rng, series, (start, last), ratio=rng.lognormal(np.log(1.3), 0.75))
    if last > start:
        wanted[[start, last]] *= rng.uniform(0.4, 1, 2)
    added = _audible(rng, series, wanted, days=slice(start, last + 1), measure=np.min)
    if added is None:
        return None
    seen = seen_rise(series, added)
    first = first_seen(series, seen, start=start)
    if first is None:
        return None
    end = int(np.flatnonzero(seen)[-1])
    days = np.arange(first, end + 1)
    return Mishap(
        "spike",
        first,
        end,
        impact=float(added.sum()),
        ratio=_ratio(series, added, days, start=start, measure=np.max),
        after=changed(series, series.costs + added, hushed=[(start, first - 1), (end + 1, last + 7)]),
    )


def step_up(rng: Rng, series: Series, start: int) -> Mishap | None:
    """Something more from now on; nearly half of these are undone within two months."""
    n = len(series.costs)
    if start + 8 > n:
        return None
    ended = start + int(rng.integers(12, 60)) if rng.random() < 0.45 else None
    last = n - 1 if ended is None else min(n, ended) - 1
    additive = _is_added(rng, series, start)
    if additive:
        wanted = _by_machines(rng, series, (start, last))
    else:
        wanted = _by_factor(rng, series, (start, last), ratio=rng.lognormal(np.log(0.65), 0.55))
    wanted[start] *= rng.uniform(0.35, 1)
    added = _audible(rng, series, wanted, days=slice(start, start + NOTICE), measure=np.median)
    if added is None:
        return None
    seen = seen_rise(series, added)
    first = first_seen(series, seen, start=start)
    if first is None or first + NOTICE > n:
        return None
    days = first + np.flatnonzero(seen[first : first + NOTICE])
    if len(days) < (4 if series.regular or additive else 1):
        return None
    return Mishap(
        "step_up",
        first,
        first + NOTICE - 1,
        impact=float(added[start : start + COUNTED].sum()),
        ratio=_ratio(series, added, days, start=start, measure=np.median),
        after=changed(
            series,
            series.costs + added,
            expected=series.expected + added,
            hushed=around(start, seen=first, ended=ended),
        ),
    )


def _is_added(rng: Rng, series: Series, start: int) -> bool:
    """Whether a rise comes as dollars of its own; on next to nothing it always does."""
    return bool(rng.random() < series.additive) or Past.of(series, start).expected < 2


def _by_machines(rng: Rng, series: Series, span: Range) -> Floats:
    """Dollars of something started beside the series: mostly machines, at a size that matters to it."""
    past = Past.of(series, span[0])
    if rng.random() < 0.6:
        size = float(rng.choice(MACHINES)) * int(rng.choice([1, 1, 1, 2, 4]))
    else:
        size = rng.lognormal(np.log(35), 1.1)
    size = max(size, past.expected * rng.lognormal(np.log(0.45), 0.4))
    return _plateau(rng, series, span) * min(size, max(40 * max(past.expected, past.billed), 1500.0))


def _by_factor(rng: Rng, series: Series, span: Range, *, ratio: float) -> Floats:
    """Dollars of the series itself doing more of what it does."""
    return _plateau(rng, series, span) * float(np.clip(ratio, 0.25, 25)) * series.costs


def _plateau(rng: Rng, series: Series, span: Range) -> Floats:
    """About one on the days of the span, nought elsewhere."""
    first, last = span
    shape = np.zeros(len(series.costs))
    shape[first : last + 1] = np.exp(rng.normal(0, 0.06, last + 1 - first))
    return shape


def _audible(rng: Rng, series: Series, added: Floats, *, days: slice, measure: Measure) -> Floats | None:
    """The rise, made larger where it is a little too small to be seen; None where it is far too small."""
    active = added[days] > 1e-9
    if not active.any():
        return None
    lacking = float(measure(needed_rise(series)[days][active] / added[days][active]))
    if lacking > 4:
        return None
    return added * lacking * rng.uniform(1.05, 1.8) if lacking > 1 else added


def _ratio(series: Series, added: Floats, days: Numbers, *, start: int, measure: Measure) -> float:
    """The rise relative to the expected, or to what was billed before where that is more."""
    usual = np.maximum(series.expected[days], Past.of(series, start).billed)
    if np.median(usual) < NOTHING:
        return float(np.inf)
    return float(measure(added[days] / np.maximum(usual, NOTHING)))
