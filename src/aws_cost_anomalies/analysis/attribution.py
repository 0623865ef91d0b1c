"""Which child scopes carry an anomaly's impact; the parts add up to it, to the cent.

Knows an anomaly and the Panel of its children; knows no detector.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from math import floor

import numpy as np

from aws_cost_anomalies.analysis.baseline import BaselineRules, Expectation
from aws_cost_anomalies.analysis.weekly import PAST, WEEK
from aws_cost_anomalies.model.anomaly import Anomaly, Kind, RootCause
from aws_cost_anomalies.model.explanation import Breakdown
from aws_cost_anomalies.model.panel import Floats, Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period

DRIFT_SEEN_IN = timedelta(days=PAST - WEEK - 1)
"""A drift is measured against the first week of the four it was seen in; that week ends so long before it."""
DRIFT_RULES = BaselineRules(window=WEEK, minimum_history=4)
ROWS_AT_ONCE = 5_000
"""So many children are learned from at once."""
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
    return attribute_each([(anomaly, children)], dimension=dimension, top=top)[0]


def attribute_each(
    found: Sequence[tuple[Anomaly, Panel]], *, dimension: str, top: int = 10
) -> list[Breakdown]:
    """As `attribute`, for several anomalies; what is usual is learned for all of them at once."""
    return [
        _breakdown(found[place], usual, dimension=dimension, top=top)
        for places in _at_once([children for _, children in found])
        for place, usual in _usual_spend([found[place] for place in places], places)
    ]


def usual_spend(anomaly: Anomaly, children: Panel) -> Floats:
    """What each child would usually have cost over the anomaly's days, as `attribute` has it: (n_scopes,)."""
    ((_, usual),) = _usual_spend([(anomaly, children)], range(1))
    return _reconciled(usual, anomaly.impact.total_expected_spend)


def during(anomaly: Anomaly, children: Panel) -> Floats:
    """The sum of each child over the anomaly's days; of quantities too: (n_scopes,)."""
    total: Floats = np.nan_to_num(_costs(anomaly, children)).sum(axis=1)
    return total


def learned_from(anomaly: Anomaly, period: Period) -> Period:
    """The days that tell what is usual: four weeks before it, of a drift the first week of the four.

    Those of them that the period has.
    """
    end, days = anomaly.start_date, PAST
    if anomaly.kind in {Kind.DRIFT_UP, Kind.DRIFT_DOWN}:
        end, days = end - DRIFT_SEEN_IN, WEEK
    end = min(max(end, period.start), period.end)
    return Period(max(end - timedelta(days=days), period.start), end)


def _breakdown(found: tuple[Anomaly, Panel], usual: Floats, *, dimension: str, top: int) -> Breakdown:
    anomaly, children = found
    actual = during(anomaly, children)
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


def _at_once(panels: Sequence[Panel]) -> Iterator[range]:
    """Runs of panels that have the same days and not too many rows together."""
    first = 0
    for place in range(1, len(panels) + 1):
        run = panels[first : place + 1]
        is_over = place == len(panels) or run[0].period != run[-1].period
        if is_over or sum(len(panel.scopes) for panel in run) > ROWS_AT_ONCE:
            yield range(first, place)
            first = place


def _usual_spend(found: Sequence[tuple[Anomaly, Panel]], places: range) -> Iterator[tuple[int, Floats]]:
    """Each anomaly's place, and what its children would have spent as usual over its days: (n_scopes,)."""
    whole = _stacked([children for _, children in found])
    steady, drifting = Expectation(whole), Expectation(whole, DRIFT_RULES)
    first = 0
    for place, (anomaly, children) in zip(places, found, strict=True):
        rows = slice(first, first := first + len(children.scopes))
        days = _days(anomaly, whole.period)
        known = ~np.isnan(_costs(anomaly, children)).all(axis=0)
        if anomaly.kind is Kind.NEW or not known.any():
            yield place, np.zeros(len(children.scopes))
            continue
        if anomaly.kind in {Kind.DRIFT_UP, Kind.DRIFT_DOWN}:
            seen_from = max(anomaly.start_date - DRIFT_SEEN_IN, whole.period.start)
            usual = drifting.of(days, rows=rows, learned_to=seen_from)
        else:
            usual = steady.of(days, rows=rows)
        yield place, np.nan_to_num(usual[:, known]).sum(axis=1)


def _stacked(panels: Sequence[Panel]) -> Panel:
    """The rows of several panels one below the other."""
    if len(panels) == 1:
        return panels[0]
    return replace(
        panels[0],
        scopes=tuple(scope for panel in panels for scope in panel.scopes),
        costs=np.concatenate([panel.costs for panel in panels]),
        settled=np.concatenate([panel.settled for panel in panels]),
    )


def _costs(anomaly: Anomaly, children: Panel) -> Floats:
    """What each child cost on the anomaly's days."""
    days = _days(anomaly, children.period)
    costs: Floats = children.costs[:, children.period.index(days.start) :][:, : days.days]
    return costs


def _days(anomaly: Anomaly, period: Period) -> Period:
    """The anomaly's days that the panel has."""
    start = min(max(anomaly.start_date, period.start), period.end)
    return Period(start, min(max(anomaly.end_date + ONE_DAY, start), period.end))


def _reconciled(usual: Floats, wanted: float) -> Floats:
    """Usual spend scaled towards a sum."""
    total = float(usual.sum())
    if total <= 0 or wanted <= 0:
        return usual
    return usual * min(max(wanted / total, 1 / MOST_SCALING), MOST_SCALING)
