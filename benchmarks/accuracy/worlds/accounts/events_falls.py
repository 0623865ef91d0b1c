"""Falls, and charges that go wrong: an end, an outage, a saving, an invoice that is missing or doubled.

Knows how much of a series such things take; must not know any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.accounts.moment import Change, Moment

LATE = "late"
"""A charge that comes some days after its day: neither an event nor none."""


def gone(moment: Moment) -> Change:
    """Nothing from now on, or next to nothing; some come back."""
    rng, start = moment.rng, moment.start
    lasting = bool(rng.random() < 0.7)
    end = moment.n_days if lasting else moment.end(int(rng.integers(7, 31)))
    kept = rng.choice([0, 0, 0.01, 0.04])
    after = moment.costs.copy()
    after[start:end] *= kept
    after[start] = moment.costs[start] * (kept + (1 - kept) * rng.uniform(0, 0.7))
    return Change("gone", start, end - 1, after, lasting=lasting)


def outage(moment: Moment) -> Change:
    """One to four days of less; at times the backlog is worked off on the next."""
    rng, start = moment.rng, moment.start
    end = moment.end(int(rng.choice([1, 1, 2, 3, 4])))
    lost = np.full(end - start, rng.uniform(0.3, 0.97))
    lost[0] *= rng.uniform(0.5, 1)
    after = moment.costs.copy()
    after[start:end] *= 1 - lost
    if end < moment.n_days and rng.random() < 0.4:
        after[end] += moment.costs[end] * rng.uniform(0.05, 0.35)
    return Change("drop", start, end - 1, after)


def optim(moment: Moment) -> Change:
    """A saving for good, at once or within three days."""
    start, share = moment.start, moment.rng.uniform(0.15, 0.75)
    days = int(moment.rng.choice([1, 1, 2, 3]))
    after = moment.costs.copy()
    after[start:] *= 1 - share
    for done in range(moment.end(days) - start):
        after[start + done] = moment.costs[start + done] * (1 - share * (done + moment.part) / days)
    return Change("step_down", start, moment.n_days - 1, after, lasting=True)


def fee_missing(moment: Moment) -> Change | None:
    """A charge does not come, or comes late; None before there were three."""
    found = _charge(moment, known=3)
    if found is None:
        return None
    day, fee = found
    after = moment.costs.copy()
    after[day] = max(0, moment.costs[day] - fee)
    if moment.rng.random() < 0.2 and day + 4 < moment.n_days:
        after[day + int(moment.rng.integers(2, 5))] += fee
        return Change(LATE, day, min(moment.n_days - 1, day + 5), after)
    return Change("missing", day, day, after)


def fee_jump(moment: Moment) -> Change | None:
    """A charge comes twice, or larger than the last ones; None before there were two."""
    found = _charge(moment, known=2)
    if found is None:
        return None
    day, fee = found
    rng, after = moment.rng, moment.costs.copy()
    after[day] += fee * rng.choice([rng.uniform(0.1, 0.4), 1, rng.uniform(0.4, 3)])
    return Change("spike", day, day, after)


def _charge(moment: Moment, *, known: int) -> tuple[int, float] | None:
    """The next charge, or one of those to come, of which so many were seen before; else any with three."""
    coming = [fee for fee in moment.fees[known:] if fee[0] >= moment.start] or moment.fees[3:]
    if not coming:
        return None
    return coming[0] if moment.rng.random() < 0.6 else coming[moment.rng.integers(len(coming))]
