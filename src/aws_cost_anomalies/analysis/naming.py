"""What a run of odd days is called: spike, step, drift, new, drop, gone.

Knows the marks and the days that follow; changes no verdict.
"""

from __future__ import annotations

import numpy as np

from aws_cost_anomalies.analysis.medians import median
from aws_cost_anomalies.analysis.runs import DRIFTS, Run
from aws_cost_anomalies.model.anomaly import Flags, Kind, Mark
from aws_cost_anomalies.model.panel import Floats, Panel

GONE_SHARE = 0.05
"""Up to this share of what was expected, spend counts as gone."""


def kind_of(panel: Panel, flags: Flags, *, run: Run, is_long: bool) -> Kind:
    """The name of a run, from what is in view.

    new: a day of first spend. gone: nearly nothing from its first day to the end of the view.
    drift: more than half of its marks say drift. step: it lasts long enough. Otherwise spike or drop.
    """
    marks = flags.mark[run.row, run.days]
    if np.any(marks == Mark.FIRST_SPEND):
        return Kind.NEW
    if not run.is_increase and _is_gone(panel, flags, run):
        return Kind.GONE
    if is_drifting(flags, run):
        return Kind.DRIFT_UP if run.is_increase else Kind.DRIFT_DOWN
    if is_long:
        return Kind.STEP_UP if run.is_increase else Kind.STEP_DOWN
    return Kind.SPIKE if run.is_increase else Kind.DROP


def is_drifting(flags: Flags, run: Run) -> bool:
    """Whether more than half of a run's marks say drift."""
    marks = flags.mark[run.row, run.days]
    return bool(2 * np.count_nonzero(np.isin(marks, DRIFTS)) > len(marks))


def _settled(panel: Panel, row: int, days: slice) -> Floats:
    costs = panel.costs[row, days]
    known: Floats = costs[panel.settled[row, days] & ~np.isnan(costs)]
    return known


def _is_gone(panel: Panel, flags: Flags, run: Run) -> bool:
    usual = float(median(flags.expected[run.row, run.days]))
    rest = _settled(panel, run.row, slice(run.first, None))
    return len(rest) > 0 and bool(np.all(np.abs(rest) <= GONE_SHARE * abs(usual)))
