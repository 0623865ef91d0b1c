"""Flags → Anomalies: join marked days, leave out returns and pennies, measure, name and grade.

Knows marks, days and money; knows nothing of how a detector came to its marks.
"""

from __future__ import annotations

from itertools import groupby

import numpy as np

from aws_cost_anomalies.analysis.impact import impact_of
from aws_cost_anomalies.analysis.naming import kind_of
from aws_cost_anomalies.analysis.rules import EpisodeRules
from aws_cost_anomalies.analysis.runs import Days, Run, runs, split
from aws_cost_anomalies.model.anomaly import Anomaly, Flags, Status, anomaly_id
from aws_cost_anomalies.model.panel import Bools, Panel
from aws_cost_anomalies.model.period import ONE_DAY

__all__ = ["EpisodeRules", "episodes"]


def episodes(panel: Panel, flags: Flags, *, rules: EpisodeRules) -> tuple[Anomaly, ...]:
    """The anomalies of a panel, the largest money first.

    Marked days of one scope and direction with at most `rules.gap_days` unmarked days between them are one
    anomaly. It is told from the first marked day on which its impact so far reaches the minimums
    (`detected_on`); what never does is left out. A move back into the band from before an earlier anomaly is
    that one's return and no anomaly.
    """
    every = runs(flags.mark, rules.gap_days)
    by_scope = groupby(every, key=lambda run: run.row)
    found = [
        _anomaly(panel, flags, rules=rules, run=run, detected=detected)
        for _, of_scope in by_scope
        for run, detected in _told(panel, flags, rules=rules, of_scope=list(of_scope))
    ]
    return tuple(sorted(found, key=lambda a: (-abs(a.impact.total_impact), a.scope, a.start_date)))


def _told(panel: Panel, flags: Flags, *, rules: EpisodeRules, of_scope: list[Run]) -> list[tuple[Run, int]]:
    """The runs of one scope that are worth telling, each with the day it was first told."""
    told: list[tuple[Run, int]] = []
    for candidate in of_scope:
        days = candidate.days
        for earlier, _ in told:
            if earlier.is_increase is not candidate.is_increase:
                days = days[~_is_return(panel, flags, earlier=earlier, days=days, within=rules.return_days)]
        for part in split(days, rules.gap_days):
            run = Run(candidate.row, candidate.is_increase, part)
            detected = _detected(panel, flags, rules=rules, run=run)
            if detected is not None:
                told.append((run, detected))
    return told


def _is_return(panel: Panel, flags: Flags, *, earlier: Run, days: Days, within: int) -> Bools:
    """Which days are back in the old band: of the first odd day, or of that weekday the week before it."""
    row = earlier.row
    weekday_before = earlier.first - 7 + (days - earlier.first) % 7
    bands = (np.full_like(days, earlier.first), np.where(weekday_before < 0, earlier.first, weekday_before))
    cost = panel.costs[row, days]
    is_back: Bools = np.zeros(len(days), dtype=bool)
    for band in bands:
        is_back |= (cost >= flags.lower[row, band]) & (cost <= flags.upper[row, band])
    return is_back & (days > earlier.last) & (days - earlier.last <= within)


def _detected(panel: Panel, flags: Flags, *, rules: EpisodeRules, run: Run) -> int | None:
    """The first marked day on which the impact so far is large enough; None when there is none."""
    actual, expected = panel.costs[run.row, run.span], flags.expected[run.row, run.span]
    excess = np.nancumsum(actual - expected)
    budget = np.nancumsum(np.where(np.isnan(actual), np.nan, expected))
    for day in run.days:
        so_far = int(day) - run.first
        if rules.is_reached(float(excess[so_far]), float(budget[so_far])):
            return int(day)
    return None


def _anomaly(panel: Panel, flags: Flags, *, rules: EpisodeRules, run: Run, detected: int) -> Anomaly:
    row, start = run.row, panel.period.start
    first_day, last_day = start + run.first * ONE_DAY, start + run.last * ONE_DAY
    status = _status(panel, run, detected)
    marked = np.isin(np.arange(run.first, run.last + 1), run.days)
    impact = impact_of(
        panel.costs[row, run.span],
        flags.expected[row, run.span],
        marked,
        last_day=last_day,
        is_going_on=status is not Status.RESOLVED,
    )
    score = float(np.nanmax(np.abs(flags.score[row, run.days])))
    scope = panel.scopes[row]
    return Anomaly(
        anomaly_id=anomaly_id(rules.monitor, scope, is_increase=run.is_increase, start=first_day),
        monitor=rules.monitor,
        scope=scope,
        kind=kind_of(panel, flags, run=run, step_days=rules.step_days),
        severity=rules.grades.severity(impact.total_impact, score),
        status=status,
        score=score,
        start_date=first_day,
        end_date=last_day,
        detected_on=start + detected * ONE_DAY,
        impact=impact,
    )


def _status(panel: Panel, run: Run, detected: int) -> Status:
    """Over once a settled day after it is not marked; open when its last day is the one that told it."""
    after = slice(run.last + 1, None)
    is_over = np.any(panel.settled[run.row, after] & ~np.isnan(panel.costs[run.row, after]))
    if is_over:
        return Status.RESOLVED
    return Status.OPEN if detected == run.last else Status.ONGOING
