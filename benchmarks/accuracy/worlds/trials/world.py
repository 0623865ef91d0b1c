"""World five: eighteen families in equal shares, each series drawn for itself.

Its author had not seen the detector. An event is laid only where it exceeds four standard deviations of the
series' own noise and moves about five dollars a day, so that none is a matter of taste. Knows which families
there are; must not know any detector.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from benchmarks.accuracy.labelled import LabelledBill, Ledger
from benchmarks.accuracy.worlds.trials.almanac import Almanac
from benchmarks.accuracy.worlds.trials.planting import KINDS, plant
from benchmarks.accuracy.worlds.trials.seasonal import fee_usage, holiday, month_end, storage
from benchmarks.accuracy.worlds.trials.sparse import batch, dev_onoff, fee_only, intermittent
from benchmarks.accuracy.worlds.trials.steady import (
    capacity,
    counts,
    flat,
    lognormal,
    noisy,
    tiny,
    trend,
    wander,
    weekly,
    young,
)

FAMILIES = (
    *(flat, weekly, trend, noisy, lognormal, wander, intermittent, batch, fee_usage),
    *(fee_only, month_end, young, tiny, capacity, dev_onoff, holiday, storage, counts),
)
LEAST_DAYS = 60


def trials(seed: int, n_series: int, n_days: int = 150) -> LabelledBill:
    """A labelled bill of this world, its families in random order.

    Raises:
        ValueError: the bill is too short for the longest of its events.
    """
    if n_days < LEAST_DAYS:
        raise ValueError(f"a bill of this world has at least {LEAST_DAYS} days, not {n_days}")
    rng = np.random.default_rng([5, seed])
    first_day = date(2020, 1, 1) + timedelta(days=int(rng.integers(5 * 365)))
    almanac = Almanac.of(first_day, n_days)
    ledger = Ledger("trials", first_day, n_days)
    for place in rng.permutation(n_series):
        family = FAMILIES[place % len(FAMILIES)]
        stream = family(rng, almanac)
        moves = plant(rng, stream)
        series = ledger.add(family.__name__, stream.costs, regular=stream.regular)
        for move in moves:
            ledger.label(move.event(series), aftermath=KINDS[move.kind].aftermath)
        for first, last in stream.quiet:
            ledger.hush(series, first, last)
    return ledger.close()
