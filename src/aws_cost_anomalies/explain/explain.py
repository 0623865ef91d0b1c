"""An anomaly told in full: its days against the band, who carries the money, one sentence.

Knows an anomaly, the panel it was seen in and the panels of its children; asks no store.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.analysis.attribution import attribute
from aws_cost_anomalies.analysis.beginning import usual_since
from aws_cost_anomalies.analysis.effects import effects_of
from aws_cost_anomalies.analysis.rules import EpisodeRules
from aws_cost_anomalies.analysis.runs import DECREASES, INCREASES, Run
from aws_cost_anomalies.explain.causes import CAUSES
from aws_cost_anomalies.explain.clues import clues_of
from aws_cost_anomalies.explain.known import known_causes
from aws_cost_anomalies.explain.sentence import summary
from aws_cost_anomalies.model.anomaly import Anomaly, Basis, Flags
from aws_cost_anomalies.model.explanation import Breakdown, DayVerdict, Explanation
from aws_cost_anomalies.model.panel import Floats, Panel
from aws_cost_anomalies.model.period import ONE_DAY

DAYS_BEFORE = 28
A_CENT = 0.01
OF_CHARGES = frozenset({"charge-category", "charge-type", "publisher"})
"""Dimensions that are told only where they tell charges apart."""
NAMED = 10
"""Root causes that a dimension names; the rest is their `other`."""


def explain(
    anomaly: Anomaly,
    *,
    panel: Panel,
    flags: Flags,
    children: Mapping[str, Panel],
    metered: tuple[Panel, Panel] | None = None,
    account_names: Mapping[str, str] | None = None,
) -> Explanation:
    """Everything the given panels say of one anomaly.

    Args:
        anomaly: one of the panel's.
        panel: the one it was seen in, to the end of the view.
        flags: the verdicts on that panel.
        children: dimension → the charges of the anomaly's scope by it, over the same days.
        metered: the charges of the anomaly's scope by usage type and unit, and what they metered.
        account_names: account id → its name, said in the sentence.

    Raises:
        KeyError: the anomaly's scope is not in the panel.
    """
    known = np.flatnonzero(~np.isnan(panel.row(anomaly.scope)))
    through = panel.period.start + int(known[-1]) * ONE_DAY if len(known) else panel.period.last_day
    split = {name: attribute(anomaly, child, dimension=name, top=NAMED) for name, child in children.items()}
    telling = {name: _telling(anomaly, split[name], children[name]) for name in split}
    ranked = [split[name] for name in sorted(split, key=lambda name: -telling[name])]
    effects = effects_of(anomaly, costs=metered[0], quantities=metered[1]) if metered else None
    facts = clues_of(
        anomaly, breakdowns=ranked, children=children, panel=panel, effects=effects, through=through
    )
    ranked = [each for each in ranked if each.dimension not in OF_CHARGES or telling[each.dimension] > 0]
    told = next((each for each in ranked if each.dimension not in OF_CHARGES), None)
    told = told if told and telling[told.dimension] > 0 else None
    return Explanation(
        anomaly=anomaly,
        currency=panel.currency,
        data_source=panel.data_source,
        metric=panel.metric,
        through=through,
        days=days_around(anomaly, panel, flags),
        breakdowns=tuple(ranked),
        summary=summary(
            anomaly,
            panel.currency,
            told,
            driver=effects.driver if effects else None,
            account_names=account_names,
        ),
        expected_from=_expected_from(anomaly, panel, flags),
        effects=effects,
        known_causes=known_causes(facts, CAUSES),
    )


def _expected_from(anomaly: Anomaly, panel: Panel, flags: Flags) -> str:
    """What the first day that told it was measured against, e.g. last week's level."""
    if flags.basis is None:
        return ""
    row, first = panel.scopes.index(anomaly.scope), panel.period.index(anomaly.start_date)
    marked = _marked(anomaly, flags, row=row, days=range(first, panel.period.index(anomaly.end_date) + 1))
    first = int(marked[0]) if len(marked) else first
    return Basis(int(flags.basis[row, first])).label


def days_around(anomaly: Anomaly, panel: Panel, flags: Flags) -> tuple[DayVerdict, ...]:
    """The four weeks before it and every day since."""
    row, first = panel.scopes.index(anomaly.scope), panel.period.index(anomaly.start_date)
    during = range(first, panel.period.index(anomaly.end_date) + 1)
    expected, lower, upper = _band(anomaly, flags, row=row, during=during)
    actual = panel.costs[row]
    is_usual = (actual >= lower) & (actual <= upper)
    return tuple(
        DayVerdict(
            day=panel.period.start + index * ONE_DAY,
            actual=float(actual[index]),
            expected=float(expected[index]),
            lower=float(lower[index]),
            upper=float(upper[index]),
            is_anomalous=index in during and not is_usual[index] and not np.isnan(actual[index]),
            is_settled=bool(panel.settled[row, index]),
        )
        for index in range(max(first - DAYS_BEFORE, 0), panel.period.days)
    )


def _band(anomaly: Anomaly, flags: Flags, *, row: int, during: range) -> tuple[Floats, Floats, Floats]:
    """Expected cost and band of the scope, and, while the anomaly lasts, those its impact is measured by.

    A detector soon expects the new level; on days it no longer marks, the band of the first day is laid
    around the usual cost of before.
    """
    expected, lower, upper = flags.expected[row].copy(), flags.lower[row].copy(), flags.upper[row].copy()
    found = _marked(anomaly, flags, row=row, days=during)
    if not len(found):
        return expected, lower, upper
    run = Run(row, anomaly.kind.is_increase, found)
    usual = usual_since(flags, run, during.start, last=during[-1], gap_days=EpisodeRules().gap_days)
    days = np.arange(during.start, during.stop)
    moved = days[usual != expected[days]]
    below, above = expected[run.first] - lower[run.first], upper[run.first] - expected[run.first]
    expected[moved] = usual[moved - during.start]
    lower[moved], upper[moved] = expected[moved] - below, expected[moved] + above
    return expected, lower, upper


def _marked(anomaly: Anomaly, flags: Flags, *, row: int, days: range) -> NDArray[np.intp]:
    """Positions of the days among these that were marked its way."""
    marked = np.isin(flags.mark[row], INCREASES if anomaly.kind.is_increase else DECREASES)
    found: NDArray[np.intp] = np.flatnonzero(marked[days.start : days.stop]) + days.start
    return found


def _telling(anomaly: Anomaly, breakdown: Breakdown, children: Panel) -> float:
    """How much more of the impact than of the usual spend one child carries: 0 when there is only one child.

    A dimension in which a child with a tenth of the spend has nine tenths of the impact says more than one
    whose only value has all of both.
    """
    spend = np.nansum(np.abs(children.costs), axis=1)
    if np.count_nonzero(spend >= A_CENT) < 2:
        return 0.0
    before = max(children.period.index(anomaly.start_date), 0)
    usual = np.nansum(np.abs(children.costs[:, :before]), axis=1)
    share = dict(zip(children.scopes, usual / max(float(usual.sum()), A_CENT), strict=True))
    moved = sum(abs(cause.contribution) for cause in breakdown.causes) + abs(breakdown.other)
    gains = (abs(cause.contribution) / moved - share[cause.scope] for cause in breakdown.causes)
    return float(max(gains, default=0.0))
