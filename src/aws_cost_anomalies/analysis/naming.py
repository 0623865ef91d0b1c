"""What a run of odd days is called: spike, step, drift, new, drop, gone.

Knows the marks and the days that follow; changes no verdict.
"""

from __future__ import annotations

import numpy as np

from aws_cost_anomalies.analysis.runs import Run
from aws_cost_anomalies.model.anomaly import Flags, Kind, Mark
from aws_cost_anomalies.model.panel import Floats, Panel

GONE_SHARE = 0.05
"""Up to this share of what was expected, spend counts as gone."""
HOLDING_DAYS = 3
"""So many settled days must follow before they can show that a new level holds."""


def kind_of(panel: Panel, flags: Flags, *, run: Run, step_days: int) -> Kind:
    """The name of a run, from what is in view.

    new: a day of first spend. gone: nearly nothing from its first day to the end of the view.
    drift: more than half of its marks say drift. step: it lasts `step_days`, or the days after it stay nearer
    to its level than to the expected one. Otherwise spike or drop.
    """
    marks = flags.mark[run.row, run.days]
    if np.any(marks == Mark.FIRST_SPEND):
        return Kind.NEW
    if not run.is_increase and _is_gone(panel, flags, run):
        return Kind.GONE
    drift = Mark.DRIFT_UP if run.is_increase else Mark.DRIFT_DOWN
    if 2 * np.count_nonzero(marks == drift) > len(marks):
        return Kind.DRIFT_UP if run.is_increase else Kind.DRIFT_DOWN
    if run.last - run.first + 1 >= step_days or _holds(panel, flags, run):
        return Kind.STEP_UP if run.is_increase else Kind.STEP_DOWN
    return Kind.SPIKE if run.is_increase else Kind.DROP


def _settled(panel: Panel, row: int, days: slice) -> Floats:
    costs = panel.costs[row, days]
    known: Floats = costs[panel.settled[row, days] & ~np.isnan(costs)]
    return known


def _is_gone(panel: Panel, flags: Flags, run: Run) -> bool:
    usual = float(np.median(flags.expected[run.row, run.days]))
    rest = _settled(panel, run.row, slice(run.first, None))
    return len(rest) > 0 and bool(np.all(np.abs(rest) <= GONE_SHARE * abs(usual)))


def _holds(panel: Panel, flags: Flags, run: Run) -> bool:
    after = _settled(panel, run.row, slice(run.last + 1, run.last + 8))
    if len(after) < HOLDING_DAYS:
        return False
    level = float(np.median(after))
    odd = float(np.median(panel.costs[run.row, run.days]))
    usual = float(np.median(flags.expected[run.row, run.days]))
    return abs(level - odd) < abs(level - usual)
