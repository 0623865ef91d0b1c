"""What happens to what is used: spikes, bursts, steps, ramps, falls, ends.

Knows how long such things last and how they are shaped; must not know any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.years.mishap import Mishap
from benchmarks.accuracy.worlds.years.moment import Moment

RISE_IS_NEWS, FALL_IS_NEWS = 12, 10
"""Days after the first on which a lasting change is still to be told."""


def spike(moment: Moment) -> Mishap:
    """A day of more."""
    after, day = moment.costs.copy(), moment.start
    after[day] += moment.dollars * moment.jitter[day]
    return moment.mishap("spike", day, after)


def burst(moment: Moment) -> Mishap:
    """Two to seven days of more."""
    return _burst(moment, moment.whole(2, 7))


def left_on(moment: Moment) -> Mishap:
    """What is switched off after some days runs for nine to sixteen."""
    return _burst(moment, moment.whole(9, 16))


def _burst(moment: Moment, length: int) -> Mishap:
    """The first day and the last are not always whole ones."""
    first, last = moment.start, min(moment.start + length, moment.n_days) - 1
    whole = np.ones(moment.n_days)
    if moment.chance(0.4):
        whole[first] = moment.uniform(0.4, 0.9)
        whole[last] = moment.uniform(0.4, 0.9)
    after = moment.costs.copy()
    after[first : last + 1] += (moment.dollars * moment.jitter * whole)[first : last + 1]
    return moment.mishap("spike", last, after)


def step(moment: Moment) -> Mishap:
    """More from now on, for one to three weeks or for good: so many dollars, or so much of each day."""
    series, after = moment.series, moment.costs.copy()
    end = moment.n_days if moment.chance(0.7) else moment.start + moment.whole(9, 20)
    days = slice(moment.start, end)
    if moment.in_dollars or series.unit or moment.chance(0.4) or series.level:
        after[days] += (moment.dollars * moment.jitter)[days]
    else:
        after[days] *= round(1 + moment.share, 2) if series.exact else 1 + moment.share
    return moment.mishap("step_up", min(moment.start + RISE_IS_NEWS, end - 1), after)


def ramp(moment: Moment) -> Mishap | None:
    """More each day for two to four weeks, then back to what was or not; None beyond the bill's end."""
    length = moment.whole(12, 28)
    last = moment.start + length - 1
    if last > moment.n_days - 1:
        return None
    most = moment.dollars if moment.in_dollars else moment.level * max(moment.share, 0.6)
    risen = np.clip((np.arange(moment.n_days) - moment.start + 1) / length, 0, 1)
    added = most * risen ** moment.uniform(0.8, 1.5) * moment.jitter
    end = moment.n_days if moment.chance(0.5) else last + 1 + moment.whole(2, 10)
    after = moment.costs.copy()
    after[moment.start : end] += added[moment.start : end]
    return moment.mishap("drift_up", last, after)


def drop(moment: Moment) -> Mishap:
    """A good part less, for up to two weeks or for good."""
    return _fall(moment, moment.uniform(0.15, 0.62), kind="drop", for_good="step_down")


def zero(moment: Moment) -> Mishap:
    """Nothing, or next to nothing, for up to two weeks or for good."""
    left = moment.uniform(0, 0.03) if moment.chance(0.2) else 0.0
    return _fall(moment, left, kind="gone", for_good="gone")


def _fall(moment: Moment, left: float, *, kind: str, for_good: str) -> Mishap:
    lasting = moment.chance(0.65)
    end = moment.n_days if lasting else moment.start + moment.whole(3, 14)
    after, days, unit = moment.costs.copy(), slice(moment.start, end), moment.series.unit
    after[days] *= left
    if unit:
        after[days] = np.floor(after[days] / unit) * unit
    last = min(moment.start + FALL_IS_NEWS, end - 1)
    return moment.mishap(for_good if lasting else kind, last, after)


def dip(moment: Moment) -> Mishap:
    """One to three days of half as much at most."""
    end = moment.start + moment.whole(1, 3)
    after = moment.costs.copy()
    after[moment.start : end] *= moment.uniform(0.05, 0.5)
    return moment.mishap("drop", end - 1, after)
