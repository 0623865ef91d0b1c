"""How long a move lasts after the last day a detector marked it, and what would have been usual meanwhile.

Knows costs and flags of one scope; knows no money thresholds. A detector soon takes a new level for the usual
one; money goes on being spent all the same.
"""

from __future__ import annotations

import numpy as np

from aws_cost_anomalies.analysis.medians import median
from aws_cost_anomalies.analysis.runs import Run, split
from aws_cost_anomalies.analysis.weekly import WEEK
from aws_cost_anomalies.model.anomaly import Flags, Mark
from aws_cost_anomalies.model.panel import Floats, Panel

STILL_THERE = 0.5
"""A day belongs to the move while it keeps this share of the move's excess."""
PATIENT_AFTER = 3
"""A move that lasted so many days may pause for the days of a gap, over a weekend say."""


def usual_during(flags: Flags, run: Run, last: int, *, gap_days: int) -> Floats:
    """Usual cost of each day from a run's first one to `last`: (n_days,), currency per day.

    Of the days that were marked at first (until a gap) it is the detector's expected cost; of all others what
    was expected on the same weekday in the week before the run, for a drift scaled to the level the drift is
    measured from.
    """
    expected = flags.expected[run.row]
    days = np.arange(run.first, last + 1)
    before = run.first - WEEK + (days - run.first) % WEEK
    usual = np.where(before >= 0, expected[np.maximum(before, 0)], np.nan)
    anchor = expected[run.first]
    if flags.mark[run.row, run.first] in {Mark.DRIFT_UP, Mark.DRIFT_DOWN} and usual[0] > 0:
        usual = usual * (anchor / usual[0])
    usual = np.where(np.isnan(usual), anchor, usual)
    at_first = split(run.days, gap_days)[0]
    at_first = at_first[at_first <= last]
    usual[at_first - run.first] = expected[at_first]
    return usual


def typical_excess(panel: Panel, flags: Flags, run: Run) -> float:
    """Median of actual − expected cost over the marked days, currency per day."""
    return float(median(panel.costs[run.row, run.days] - flags.expected[run.row, run.days]))


def last_day(panel: Panel, flags: Flags, run: Run, *, gap_days: int, most_days: int) -> int:
    """Position of the last day on which a move still lasts.

    From the last marked day on, a day belongs to it while cost keeps at least half of the move's excess over
    the usual, with gaps of at most `gap_days` once it lasted three days; unknown days decide nothing. After
    `most_days` days the new level is the usual one.
    """
    end = min(panel.period.days, run.first + most_days)
    if run.last + 1 >= end:
        return run.last
    usual = usual_during(flags, run, end - 1, gap_days=gap_days)
    needed = STILL_THERE * typical_excess(panel, flags, run)
    excess = panel.costs[run.row, run.first : end] - usual
    lasts = (excess / needed >= 1.0) if needed else np.zeros(len(excess), dtype=bool)
    last, missed = run.last, 0
    for day in range(run.last + 1, end):
        if np.isnan(excess[day - run.first]):
            continue
        missed = 0 if lasts[day - run.first] else missed + 1
        if not missed:
            last = day
        elif missed > gap_days or last - run.first + 1 < PATIENT_AFTER:
            break
    return last
