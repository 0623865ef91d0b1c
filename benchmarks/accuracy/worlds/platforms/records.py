"""Days of ordinary life so far beyond all that was that an alert on them could not be called wrong.

Knows when a day is a first-ever record; must not know any detector.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.platforms.almanac import Bools

BACK, WEEKS = 70, 8
BEYOND, SHARE, WORTH = 1.8, 0.4, 25.0
"""Times the record of ten weeks, share of the usual and dollars from which a day is such a record."""


def records(costs: Floats, low: Bools) -> Bools:
    """The days that are; `low` are those on which little counts as much as a lot."""
    n_days = len(costs)
    weeks = np.stack(
        [np.concatenate((np.full(7 * lag, np.nan), costs[: -7 * lag])) for lag in range(1, WEEKS + 1)]
    )
    weeks[0, :7] = costs[:7]
    usual = np.nanmedian(weeks, axis=0)
    far = np.zeros(n_days, dtype=bool)
    for sign, allowed in ((1, np.ones(n_days, dtype=bool)), (-1, low)):
        stand = sign * (costs - usual)
        past = sliding_window_view(np.concatenate((np.zeros(BACK), stand[:-1])), BACK).max(axis=1)
        far |= allowed & (stand > BEYOND * past) & (stand > SHARE * usual) & (stand > WORTH)
    return far
