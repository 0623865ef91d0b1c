"""When a move began that was told late: days that had moved already, though no verdict said so at the time.

Knows costs and flags of one scope; a verdict never changes by what is found here.
"""

from __future__ import annotations

import numpy as np

from aws_cost_anomalies.analysis.lasting import HARDLY, STILL_THERE, usual_during
from aws_cost_anomalies.analysis.medians import median
from aws_cost_anomalies.analysis.runs import DRIFTS, Run
from aws_cost_anomalies.analysis.weekly import WEEK
from aws_cost_anomalies.model.anomaly import Basis, Flags, Mark
from aws_cost_anomalies.model.panel import Floats, Panel


def began(panel: Panel, flags: Flags, run: Run) -> int:
    """Position of the day a run's move began: its first one, or up to six days before that.

    A day belongs to it that keeps half of the first one's excess, beside what was expected of its weekday the
    week before: that week knew nothing of the move. A day that is usually cheaper needs as much less. Of a
    level that a week told together it is half of the week's median excess, and one day may be missing, as in
    that verdict. Unknown days are left out. Drift and new spend begin on their first day.
    """
    row, first = run.row, run.first
    if flags.mark[row, first] in {*DRIFTS, Mark.FIRST_SPEND} or first < 2 * WEEK:
        return first
    days = slice(first - WEEK + 1, first)
    usual, anchor = flags.expected[row, first - 2 * WEEK + 1 : first - WEEK], flags.expected[row, first]
    sign = 1.0 if run.is_increase else -1.0
    excess, at_first = sign * (panel.costs[row, days] - usual), sign * (panel.costs[row, first] - anchor)
    is_level = flags.basis is not None and flags.basis[row, first] == Basis.EIGHT_WEEKS
    needed = STILL_THERE * (float(median(np.append(excess, at_first))) if is_level else at_first)
    weight = np.clip(usual / anchor, HARDLY, 1.0) if anchor > 0 else np.ones(len(usual))
    is_there = (excess >= needed * weight) & (flags.mark[row, days] == Mark.NONE) & (needed > 0)
    if not run.is_increase:
        is_there &= panel.settled[row, days]
    missing = np.cumsum((~is_there & ~np.isnan(excess))[::-1])[::-1]
    found = np.flatnonzero(is_there & (missing <= int(is_level)))
    return int(days.start + found[0]) if len(found) else first


def usual_since(flags: Flags, run: Run, first: int, *, last: int, gap_days: int) -> Floats:
    """Usual cost of each day of a run's move from the day it began to `last`: (n_days,), currency per day."""
    before = _usual_before(flags, run.row, slice(first, run.first))
    return np.concatenate([before, usual_during(flags, run, last, gap_days=gap_days)])


def _usual_before(flags: Flags, row: int, days: slice) -> Floats:
    """What was expected of some days' weekdays the week before; of an unknown one, that of the day itself."""
    if days.start == days.stop:
        return np.zeros(0)
    week_before = flags.expected[row, days.start - WEEK : days.stop - WEEK]
    return np.where(np.isnan(week_before), flags.expected[row, days], week_before)
