"""Rises that take longer to be found: things left on, steps, leaks.

Knows what such things cost; must not know any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.accounts.moment import Change, Moment, rise

AT_REST = 0.12
"""Most that a day off has of a workday."""


def forgot(moment: Moment) -> Change:
    """Machines that somebody forgot."""
    end = moment.end(moment.length(16, 0.8, within=(5, 75)))
    share = moment.small()
    if moment.unit and moment.rng.random() < 0.7:
        share = moment.machines(share)
    after = moment.lifted(end, share, additive=True, jitter=0.01)
    return Change("step_up", moment.start, end - 1, after)


def nights_on(moment: Moment) -> Change:
    """What switches things off at night and at weekends is broken."""
    start, end = moment.start, moment.end(moment.length(16, 0.8, within=(5, 75)))
    whole_day = moment.busy_level * (1 + moment.rng.uniform(0.7, 1.1))
    after = moment.costs.copy()
    after[start:end] = np.maximum(after[start:end], whole_day * moment.scatter(end - start, 0.02))
    return Change("step_up", start, end - 1, after)


def weekend_on(moment: Moment) -> Change | None:
    """Left on over the next days off, three at most; None where there are none or they cost much anyway."""
    idle = (moment.work < AT_REST) & (moment.costs < 0.5 * moment.busy_level)
    coming = np.flatnonzero(idle[moment.start :])
    if not coming.size:
        return None
    first = end = moment.start + int(coming[0])
    after = moment.costs.copy()
    while end < min(moment.n_days, first + 3) and moment.work[end] < 0.2:
        after[end] = max(after[end], moment.busy_level * moment.rng.uniform(0.7, 1.0))
        end += 1
    return Change("spike", first, end - 1, after)


def debug(moment: Moment) -> Change:
    """A level of logging that somebody forgot to lower again."""
    end = moment.end(length := moment.length(9, 0.7, within=(2, 60)))
    after = moment.lifted(end, moment.small() * 1.8, additive=False)
    return Change(rise(length), moment.start, end - 1, after)


def nat(moment: Moment) -> Change:
    """Traffic that takes the dear way."""
    end = moment.end(length := moment.length(14, 0.7, within=(2, 60)))
    share = moment.small() * 1.2
    after = moment.lifted(end, share, additive=bool(moment.rng.random() < 0.5))
    return Change(rise(length), moment.start, end - 1, after)


def step(moment: Moment) -> Change:
    """More of the same, for a while or for good."""
    length = moment.length(18, 0.7, within=(2, 60))
    lasting = bool(moment.rng.random() < 0.4)
    end = moment.n_days if lasting else moment.end(length)
    after = moment.lifted(end, moment.small() * 1.2, additive=False)
    kind = "step_up" if lasting else rise(length)
    return Change(kind, moment.start, end - 1, after, lasting=lasting)


def sp_lost(moment: Moment) -> Change:
    """A commitment ran out; sooner or later, or never, somebody renews it."""
    lasting = bool(moment.rng.random() < 0.4)
    end = moment.n_days if lasting else moment.end(moment.length(14, 0.6, within=(5, 45)))
    share = moment.rng.uniform(0.3, 0.8) * max(1, moment.boost * 0.6)
    after = moment.lifted(end, share, additive=False, jitter=0.01)
    return Change("step_up", moment.start, end - 1, after, lasting=lasting)


def resize(moment: Moment) -> Change:
    """Larger machines or more of them, for good; for some the old ones run along for a day."""
    rng, start, share = moment.rng, moment.start, moment.small()
    sizes = [0.25, 0.33, 0.5, 1.0, 1.0, 2.0, share]
    share = moment.machines(share) if moment.unit else rng.choice(sizes)
    after = moment.lifted(moment.n_days, share, additive=True, jitter=0.002)
    if rng.random() < 0.4:
        after[start] += moment.costs[start] * rng.uniform(0.2, 0.8)
    return Change("step_up", start, moment.n_days - 1, after, lasting=True)


def leak(moment: Moment) -> Change:
    """Up to three percent more each day; then it ends, and what has leaked is cleaned up or stays."""
    rng, start, costs = moment.rng, moment.start, moment.costs
    end = moment.end(int(rng.integers(14, 43)))
    rate = min(0.03, rng.uniform(0.005, 0.03) * max(1, moment.boost * 0.6))
    day = np.arange(1, end - start + 1)
    leaked = (1 + rate) ** day - 1 if rng.random() < 0.6 else rate * day * 1.2
    after = costs.copy()
    after[start:end] += costs[start:end] * leaked * moment.scatter(end - start, 0.01)
    if rng.random() < 0.6:
        after[end:] += costs[end:] * leaked[-1]
    return Change("drift_up", start, end - 1, after)
