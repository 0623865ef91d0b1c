"""Which child scopes carry an anomaly's impact; the parts add up to it, to the cent.

Knows an anomaly and the Panel of its children; knows no detector.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from math import floor

import numpy as np

from aws_cost_anomalies.analysis.baseline import BaselineRules, expected_cost
from aws_cost_anomalies.analysis.weekly import PAST, WEEK
from aws_cost_anomalies.model.anomaly import Anomaly, Kind, RootCause
from aws_cost_anomalies.model.explanation import Breakdown
from aws_cost_anomalies.model.panel import Floats, Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period

DRIFT_SEEN_IN = timedelta(days=PAST - WEEK - 1)
"""A drift is measured against the first week of the four it was seen in; that week ends so long before it."""
LEAST_KNOWN = 4
MOST_SCALING = 1.25
"""Children's usual costs are scaled to add up to the parent's by at most this factor, up or down."""
CENTS = 100


def attribute(anomaly: Anomaly, children: Panel, *, dimension: str, top: int = 10) -> Breakdown:
    """The impact split over the children: the largest contributions, signed, and what they leave.

    A child's contribution is its actual − its usual cost over the anomaly's days; its usual cost comes from
    the days before the anomaly (of a drift: the first week of the four it was seen in), carried forward.
    Medians do not add up, so the usual costs are scaled by one factor to the parent's expected spend; if that
    takes more than a quarter, the remainder stays in `other`. Amounts are whole cents, rounded by largest
    remainder, so that contributions and `other` add up to the impact exactly.

    Args:
        anomaly: what happened to the parent scope.
        children: the same charges by a finer dimension, with the parent's history.
        dimension: its short name.
        top: how many children are named.
    """
    actual, usual = _spend(anomaly, children)
    contributions = actual - _reconciled(usual, anomaly.impact.total_expected_spend)
    rest = anomaly.impact.total_impact - float(contributions.sum())
    cents = whole_cents([*contributions.tolist(), rest], round(anomaly.impact.total_impact * CENTS))
    causes = [
        RootCause(scope, amount / CENTS)
        for scope, amount in zip(children.scopes, cents[:-1], strict=True)
        if amount
    ]
    causes.sort(key=lambda cause: (-abs(cause.contribution), cause.scope))
    shown = round(sum(cause.contribution for cause in causes[:top]) * CENTS)
    return Breakdown(dimension, tuple(causes[:top]), (sum(cents) - shown) / CENTS)


def whole_cents(amounts: Sequence[float], total: int) -> list[int]:
    """The amounts in cents, each rounded up or down so that they add up to `total` when they do unrounded.

    Largest remainder: all are rounded down, then the cents that lack go to those that lost most, the first of
    equals first.
    """
    exact = [amount * CENTS for amount in amounts]
    cents = [floor(amount) for amount in exact]
    by_loss = sorted(range(len(exact)), key=lambda index: (cents[index] - exact[index], index))
    lacking = total - sum(cents)
    for place in range(abs(lacking)):
        cents[by_loss[place % len(by_loss)]] += 1 if lacking > 0 else -1
    return cents


def _spend(anomaly: Anomaly, children: Panel) -> tuple[Floats, Floats]:
    """What each child spent over the anomaly's days, and what it would have as usual: two of (n_scopes,)."""
    days = _days(anomaly, children.period)
    costs = children.costs[:, children.period.index(days.start) :][:, : days.days]
    known = ~np.isnan(costs).all(axis=0)
    actual = np.nan_to_num(costs[:, known]).sum(axis=1)
    if anomaly.kind is Kind.NEW or not known.any():
        return actual, np.zeros_like(actual)
    usual = np.nan_to_num(_usual(anomaly, children, days)[:, known]).sum(axis=1)
    return actual, usual


def _days(anomaly: Anomaly, period: Period) -> Period:
    """The anomaly's days that the panel has."""
    start = min(max(anomaly.start_date, period.start), period.end)
    return Period(start, min(max(anomaly.end_date + ONE_DAY, start), period.end))


def _usual(anomaly: Anomaly, children: Panel, days: Period) -> Floats:
    """Usual cost of each child on each of the anomaly's days."""
    if anomaly.kind not in {Kind.DRIFT_UP, Kind.DRIFT_DOWN}:
        return expected_cost(children, days)
    rules = BaselineRules(window=WEEK, minimum_history=LEAST_KNOWN)
    seen_from = max(anomaly.start_date - DRIFT_SEEN_IN, children.period.start)
    return expected_cost(children, days, rules, learned_to=seen_from)


def _reconciled(usual: Floats, wanted: float) -> Floats:
    """Usual spend scaled towards a sum."""
    total = float(usual.sum())
    if total <= 0 or wanted <= 0:
        return usual
    return usual * min(max(wanted / total, 1 / MOST_SCALING), MOST_SCALING)
