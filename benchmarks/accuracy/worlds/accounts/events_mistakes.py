"""Mistakes that are found within days: rushes, jobs that run twice or for ever, somebody else's machines.

Knows what such mistakes cost; must not know any detector.
"""

from __future__ import annotations

import math

import numpy as np

from benchmarks.accuracy.worlds.accounts.moment import Change, Moment, rise


def spike(moment: Moment) -> Change:
    """One to three days of more, in dollars or as a multiple, even or dying away."""
    rng, start = moment.rng, moment.start
    length = int(rng.choice([1, 1, 2, 3]))
    end, share = moment.end(length), moment.big()
    fades = np.ones(length) if rng.choice(2) == 0 else np.linspace(1, 0.4, length)
    if rng.random() < 0.5:
        size = max(moment.level, 0.3 * moment.busy_level) * np.ones(end - start)
    else:
        size = np.maximum(moment.costs[start:end], 0.5 * moment.level)
    added = share * fades[: end - start] * size
    added[0] *= max(moment.part, 0.5)
    after = moment.costs.copy()
    after[start:end] += added
    return Change("spike", start, end - 1, after)


def double(moment: Moment) -> Change | None:
    """A job that runs twice or more often on its next day; None where there is none."""
    coming = np.flatnonzero(moment.costs[moment.start :] >= 0.6 * moment.busy_level)
    if not coming.size:
        return None
    day = moment.start + int(coming[0])
    again = moment.rng.uniform(0.85, 1.1)
    after = moment.costs.copy()
    after[day] += moment.costs[day] * again * int(moment.rng.choice([1, 1, 1, 2, 3]))
    return Change("spike", day, day, after)


def loop(moment: Moment) -> Change:
    """A function that calls itself, for one to four days."""
    end = moment.end(int(moment.rng.choice([1, 2, 3, 4])))
    share = np.clip(np.exp(moment.rng.normal(math.log(5), 0.8)) * moment.boost, 1, 25)
    after = moment.lifted(end, float(share), additive=True, jitter=0.3)
    return Change("spike", moment.start, end - 1, after)


def runaway(moment: Moment) -> Change:
    """A job that does not end, found after days."""
    return _unwanted(moment, 1.3)


def crypto(moment: Moment) -> Change:
    """Somebody else's machines."""
    return _unwanted(moment, 3)


def mine(moment: Moment) -> Change:
    """Somebody else's machines where there are none of ours."""
    rng, start = moment.rng, moment.start
    length = moment.length(4, 0.6, within=(1, 14))
    end = moment.end(length)
    added = np.full(end - start, rng.lognormal(math.log(150), 1.3))
    added[0] *= moment.part
    after = moment.costs.copy()
    after[start:end] += added * moment.scatter(end - start, 0.02)
    kind = rise(length)
    return Change(kind if moment.costs[:start].any() else "new", start, end - 1, after)


def _unwanted(moment: Moment, factor: float) -> Change:
    length = moment.length(4, 0.6, within=(1, 14))
    end = moment.end(length)
    after = moment.lifted(end, moment.big() * factor, additive=True, jitter=0.03)
    return Change(rise(length), moment.start, end - 1, after)
