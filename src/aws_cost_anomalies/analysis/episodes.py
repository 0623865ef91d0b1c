"""Flags → Anomalies: join marked days, leave out returns and pennies, measure, name and grade.

Knows marks, days and money; knows nothing of how a detector came to its marks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from aws_cost_anomalies.analysis.beginning import began, usual_since
from aws_cost_anomalies.analysis.impact import impact_of
from aws_cost_anomalies.analysis.lasting import (
    has_stayed,
    is_over,
    last_day,
    typical_excess,
)
from aws_cost_anomalies.analysis.naming import is_drifting, kind_of
from aws_cost_anomalies.analysis.rules import EpisodeRules
from aws_cost_anomalies.analysis.runs import Days, Run, runs, split
from aws_cost_anomalies.model.anomaly import Anomaly, Flags, Status, anomaly_id
from aws_cost_anomalies.model.panel import Bools, Panel
from aws_cost_anomalies.model.period import ONE_DAY

__all__ = ["EpisodeRules", "episodes"]

LARGER = 1.5
"""So many times the excess of a move that lasts is another one: no detector measures a step twice alike."""


@dataclass(frozen=True, slots=True, eq=False)
class _Episode:
    """A run worth telling.

    Attributes:
        run: the marked days it was found by.
        first: position of the day it began.
        last: position of the last day it lasts.
        detected: position of the day it was first worth telling.
        taken_over: whether a larger move ended it, which lasts.
    """

    run: Run
    first: int
    last: int
    detected: int
    taken_over: bool = False


def episodes(panel: Panel, flags: Flags, *, rules: EpisodeRules) -> tuple[Anomaly, ...]:
    """The anomalies of a panel, the largest money first.

    Marked days of one scope and direction with at most `rules.gap_days` unmarked days between them are one
    anomaly; it lasts as long as the move does (`lasting.last_day`). It is told from the first day on which
    its impact so far reaches the minimums (`detected_on`); what never does is left out. A move back into the
    band from before an earlier one is no anomaly, nor is a move the same way while that one lasts, unless it
    is half as large again. A drift that goes on within `rules.quiet_days` of its end is not told again.
    """
    by_scope = groupby(runs(flags.mark, rules.gap_days), key=lambda run: run.row)
    told = (
        _anomaly(panel, flags, rules=rules, episode=episode)
        for _, of_scope in by_scope
        for episode in _told(panel, flags, rules=rules, of_scope=list(of_scope))
    )
    return tuple(sorted(told, key=lambda a: (-abs(a.impact.total_impact), a.scope, a.start_date)))


def _told(panel: Panel, flags: Flags, *, rules: EpisodeRules, of_scope: list[Run]) -> list[_Episode]:
    """What is worth telling of one scope."""
    told: list[_Episode] = []
    for candidate in of_scope:
        days = candidate.days
        for earlier in told:
            if earlier.run.is_increase is not candidate.is_increase:
                days = days[~_is_return(panel, flags, earlier=earlier, days=days, within=rules.return_days)]
        for part in split(days, rules.gap_days):
            _add(told, panel, flags, rules=rules, run=Run(candidate.row, candidate.is_increase, part))
    return told


def _add(told: list[_Episode], panel: Panel, flags: Flags, *, rules: EpisodeRules, run: Run) -> None:
    """Put a run with what was told before: as part of a larger move that still lasts, or on its own."""
    is_drift = is_drifting(flags, run)
    for place, earlier in enumerate(told):
        if is_drift and _is_same_drift(flags, rules=rules, run=run, earlier=earlier):
            last = last_day(panel, flags, run, gap_days=rules.gap_days, most_days=rules.absorb_days)
            told[place] = replace(earlier, last=max(earlier.last, last))
            return
        lasts = earlier.run.is_increase is run.is_increase and run.first <= earlier.last + rules.gap_days + 1
        if lasts and _is_more_of_it(panel, flags, run=run, earlier=earlier.run):
            told[place] = replace(earlier, last=max(earlier.last, run.last))
            return
    last = last_day(panel, flags, run, gap_days=rules.gap_days, most_days=rules.absorb_days)
    over = [each.last + 1 for each in told if each.run.is_increase is run.is_increase]
    first = min(max([began(panel, flags, run), *over]), run.first)
    detected = _detected(panel, flags, rules=rules, run=run, days=(first, last))
    if detected is None:
        return
    for place, earlier in enumerate(told):
        if earlier.run.is_increase is run.is_increase and _takes_over(
            run, last, earlier=earlier, rules=rules
        ):
            told[place] = replace(earlier, last=min(earlier.last, run.first - 1), taken_over=True)
    told.append(_Episode(run, first, last, detected))


def _takes_over(run: Run, last: int, *, earlier: _Episode, rules: EpisodeRules) -> bool:
    """Whether a larger move ends the one it came in: a new level does, that lasts; a spike does not."""
    return last >= earlier.last and last - run.first + 1 >= rules.step_days


def _is_same_drift(flags: Flags, *, rules: EpisodeRules, run: Run, earlier: _Episode) -> bool:
    """Whether a drift goes on that was told before and paused."""
    is_same_way = earlier.run.is_increase is run.is_increase and is_drifting(flags, earlier.run)
    return is_same_way and run.first - earlier.last <= rules.quiet_days


def _is_more_of_it(panel: Panel, flags: Flags, *, run: Run, earlier: Run) -> bool:
    """Whether a run while another lasts is no move of its own: never was it half as large again.

    What it was once it stays: seen from its first day on to any later one.
    """
    enough = LARGER * abs(typical_excess(panel, flags, earlier))
    firsts = (replace(run, days=run.days[: n + 1]) for n in range(len(run.days)))
    return all(abs(typical_excess(panel, flags, first)) < enough for first in firsts)


def _is_return(panel: Panel, flags: Flags, *, earlier: _Episode, days: Days, within: int) -> Bools:
    """Which days are back in the old band: of the first odd day, or of that weekday the week before it."""
    row, first = earlier.run.row, earlier.run.first
    weekday_before = first - 7 + (days - first) % 7
    bands = (np.full_like(days, first), np.where(weekday_before < 0, first, weekday_before))
    cost = panel.costs[row, days]
    is_back: Bools = np.zeros(len(days), dtype=bool)
    for band in bands:
        is_back |= (cost >= flags.lower[row, band]) & (cost <= flags.upper[row, band])
    return is_back & (days > earlier.run.last) & (days - earlier.last <= within)


def _detected(
    panel: Panel, flags: Flags, *, rules: EpisodeRules, run: Run, days: tuple[int, int]
) -> int | None:
    """The first marked or later day on which the impact so far is large enough, that way; None if none."""
    first, last = days
    actual = panel.costs[run.row, first : last + 1]
    usual = usual_since(flags, run, first, last=last, gap_days=rules.gap_days)
    excess = np.maximum(np.nancumsum(actual - usual) * (1.0 if run.is_increase else -1.0), 0.0)
    budget = np.nancumsum(np.where(np.isnan(actual), np.nan, usual))
    is_drift = is_drifting(flags, run)
    for day in range(run.first - first, len(actual)):
        so_far, expected = float(excess[day]), float(budget[day])
        if not np.isnan(actual[day]) and rules.is_reached(so_far, expected, is_drift=is_drift):
            return first + day
    return None


def _anomaly(panel: Panel, flags: Flags, *, rules: EpisodeRules, episode: _Episode) -> Anomaly:
    run, row, start = episode.run, episode.run.row, panel.period.start
    last_date = start + episode.last * ONE_DAY
    status = _status(panel, flags, rules=rules, episode=episode)
    is_own_end = status is Status.RESOLVED and not episode.taken_over
    is_usual_now = is_own_end and has_stayed(
        panel, flags, run, last=episode.last, gap_days=rules.gap_days, most_days=rules.absorb_days
    )
    impact = impact_of(
        panel.costs[row, episode.first : episode.last + 1],
        usual_since(flags, run, episode.first, last=episode.last, gap_days=rules.gap_days),
        last_day=last_date,
        is_going_on=status is not Status.RESOLVED,
        has_stayed=is_usual_now,
    )
    score = float(np.nanmax(np.abs(flags.score[row, run.days])))
    scope = panel.scopes[row]
    return Anomaly(
        # Named after the day that told it: when it began may be seen otherwise once costs are restated.
        anomaly_id=anomaly_id(
            rules.monitor,
            scope,
            is_increase=run.is_increase,
            start=start + run.first * ONE_DAY,
            currency=rules.other_currency,
        ),
        monitor=rules.monitor,
        scope=scope,
        kind=kind_of(panel, flags, run=run, is_long=episode.last - episode.first + 1 >= rules.step_days),
        severity=rules.grades.severity(impact.total_impact, score),
        status=status,
        score=score,
        start_date=start + episode.first * ONE_DAY,
        end_date=last_date,
        detected_on=start + min(episode.detected, episode.last) * ONE_DAY,
        impact=impact,
    )


def _status(panel: Panel, flags: Flags, *, rules: EpisodeRules, episode: _Episode) -> Status:
    """Over once the days after it say so; open when its last day is the one that told it."""
    last, gap, most = episode.last, rules.gap_days, rules.absorb_days
    if is_over(panel, flags, episode.run, last=last, gap_days=gap, most_days=most):
        return Status.RESOLVED
    return Status.OPEN if episode.detected >= last else Status.ONGOING
