"""What creeps up over weeks and months: leaks, hoards, machines added one by one.

Knows how fast such things grow; must not know any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.businesses.incident import Incident
from benchmarks.accuracy.worlds.businesses.moment import Moment

MENDED = 0.4
"""Share of what grows that is mended in the end."""


def drift_comp(moment: Moment) -> Incident:
    """More by the same share each day, until there is twice to five times as much."""
    pace, length = moment.magnitude(0.007, 0.03), moment.whole(25, 109)
    grown = np.exp(pace * _day_of(moment, length))
    times = np.minimum(grown, moment.magnitude(2.2, 5))
    times = _mended(moment, times, length=length, usual=1)
    return Incident("drift_up", moment.start, _last(moment, length), times=times)


def drift_lin(moment: Moment) -> Incident:
    """More by the same amount each day."""
    pace, length = moment.magnitude(0.007, 0.03), moment.whole(30, 149)
    added = pace * _day_of(moment, length)
    added = _mended(moment, added, length=length, usual=0)
    return Incident("drift_up", moment.start, _last(moment, length), added=added)


def drift_stair(moment: Moment) -> Incident:
    """More by a step every week or so, some five to eleven times."""
    every, stairs = moment.one_of((5, 7, 7, 14)), moment.whole(5, 11)
    height = moment.uniform(0.05, 0.1) * every / 7
    climbed = np.ceil(_day_of(moment, stairs * every) / every)
    last = _last(moment, stairs * every)
    return Incident("drift_up", moment.start, last, times=1 + height * climbed)


def _day_of(moment: Moment, length: int) -> Floats:
    """How many days it has been growing: 0 before it began, `length` when it is over."""
    return np.clip(moment.since + 1.0, 0, length)


def _mended(moment: Moment, grown: Floats, *, length: int, usual: float) -> Floats:
    """Growth that for some is mended on the day after its last."""
    if moment.chance(MENDED):
        grown[moment.start + length :] = usual
    return grown


def _last(moment: Moment, length: int) -> int:
    return min(moment.n_days, moment.start + length) - 1
