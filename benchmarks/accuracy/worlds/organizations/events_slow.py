"""What creeps, begins, or is charged by the month: a leak, a first bill, a charge that is too high.

Knows how such things go; must not know any detector.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.accuracy.worlds.organizations.mishap import COUNTED, NOTICE, Mishap, Past, around, changed
from benchmarks.accuracy.worlds.organizations.scene import Rng
from benchmarks.accuracy.worlds.organizations.series import Series
from benchmarks.accuracy.worlds.organizations.visibility import LEAST, seen_rise


def drift_up(rng: Rng, series: Series, start: int) -> Mishap | None:
    """A leak of one to five percent a day for two to six weeks; then it stays, or is mended."""
    n = len(series.costs)
    rate = np.exp(rng.uniform(np.log(0.01), np.log(0.05)))
    length = int(rng.integers(14, 41))
    factor = (1 + rate) ** np.clip(np.arange(n) - start + 1, 0, length) - 1
    if rng.random() < 0.5:
        factor[start + length :] = 0.0
    end = start + min(length - 1, 28)
    if Past.of(series, start).expected < 1 or end >= n or factor[end] < 0.3:
        return None
    added = factor * series.costs
    if seen_rise(series, added)[end - 6 : end + 1].sum() < 4:
        return None
    after = changed(
        series,
        series.costs + added,
        expected=series.expected * (1 + factor),
        hushed=[(end + 1, start + length + 14)],
    )
    return Mishap(
        "drift_up",
        start,
        end,
        impact=float(added[start : start + min(length, COUNTED)].sum()),
        ratio=float(factor[end]),
        after=replace(after, headroom=series.headroom * (1 + factor)),
    )


def new(rng: Rng, series: Series, start: int) -> Mishap | None:
    """The first bill of something, at once or over a few days; some are closed again."""
    n = len(series.costs)
    if series.opening is None or start + NOTICE > n:
        return None
    size = max(6.5, rng.lognormal(np.log(series.opening.median), series.opening.scatter))
    ended = start + int(rng.integers(3, 30)) if rng.random() < series.opening.closed else None
    age = np.arange(n) - start + 1
    ramp = np.minimum(1.0, age / (int(rng.choice([0, 0, 1, 3])) + 1))
    spent = size * ramp * np.exp(rng.normal(0, rng.uniform(0.01, 0.12), n))
    spent[:start] = 0.0
    spent[start] *= rng.uniform(0.4, 1)
    if ended is not None:
        spent[ended:] = 0.0
    noticeable = np.flatnonzero(spent >= LEAST)
    if not noticeable.size or noticeable[0] > min(start + 3, n - NOTICE):
        return None
    first = int(noticeable[0])
    # Whoever looks after it was closed finds nothing: notice is due while it lasts.
    end = first + NOTICE - 1 if ended is None else max(first, min(first + NOTICE, ended) - 1)
    closing = [] if ended is None else [(ended, ended + 14)]
    return Mishap(
        "new",
        first,
        end,
        impact=float(spent[start : start + COUNTED].sum()),
        ratio=float(np.inf),
        after=changed(
            series,
            series.costs + spent,
            expected=np.where(spent > 0, size, series.expected),
            hushed=around(start, seen=first, ended=None) + closing,
        ),
    )


def overcharge(rng: Rng, series: Series, _start: int) -> Mishap | None:
    """A monthly charge half as high again, or up to four times as high, that two charges preceded.

    It falls on a day the charge is due, whatever day was asked for; half of the time it stays that high.
    """
    if series.due is None or len(series.due) < 3:
        return None
    number = int(rng.integers(2, len(series.due)))
    day, later = int(series.due[number]), series.due[number + 1 :]
    factor = float(np.exp(rng.uniform(np.log(0.5), np.log(3))))
    extra = factor * float(series.costs[day])
    if extra < LEAST:
        return None
    costs = series.costs.copy()
    costs[day] += extra
    if rng.random() < 0.5:
        costs[later] *= 1 + factor
    return Mishap(
        "spike",
        day,
        day,
        impact=extra,
        ratio=extra / float(series.expected[day]),
        after=changed(series, costs, hushed=[(day + 1, day + 7), *((int(due), int(due)) for due in later)]),
    )
