"""Injection: labelled anomalies planted in a panel, so that a backtest can say what would be found.

Knows panels and labels; draws from the generator it is given and from nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np

from aws_cost_anomalies.model.anomaly import Kind
from aws_cost_anomalies.model.backtest import Label
from aws_cost_anomalies.model.panel import Floats, Panel
from aws_cost_anomalies.model.period import Period

SIZES = (0.3, 0.5, 1.0, 3.0)
"""Extra cost as a share of the usual; of a drop what is missing, no more than all of it."""
BURN_IN = 28
"""Days at the start of a panel that stay as they are."""
LENGTHS = {Kind.SPIKE: 1, Kind.STEP_UP: 14, Kind.DROP: 2, Kind.DRIFT_UP: 21}


def inject(
    panel: Panel, generator: np.random.Generator, *, count: int = 200
) -> tuple[Panel, tuple[Label, ...]]:
    """The panel with `count` anomalies at most, one per scope and each with its label.

    Scopes that cost something on most days are chosen at random. A spike or step multiplies the cost by
    1 + size, a drop takes its size of it away, a drift grows to 1 + size over three weeks.
    """
    costs = panel.costs.copy()
    is_regular = (np.nan_to_num(costs) > 0).mean(axis=1) >= 0.8
    rows = generator.permutation(np.flatnonzero(is_regular))[:count]
    labels = []
    for row in rows if panel.period.days > BURN_IN + max(LENGTHS.values()) else ():
        kind = list(LENGTHS)[int(generator.integers(len(LENGTHS)))]
        size = SIZES[int(generator.integers(len(SIZES)))]
        size = min(size, 1.0) if kind is Kind.DROP else size
        first = int(generator.integers(BURN_IN, panel.period.days - LENGTHS[kind] + 1))
        before = costs[row].copy()
        costs[row] = np.maximum(before * _factors(kind, size, first=first, days=panel.period.days), 0.0)
        start = panel.period.start + timedelta(days=first)
        days = Period(start, start + timedelta(days=LENGTHS[kind]))
        impact = float(np.nansum(costs[row] - before))
        labels.append(Label(kind, days, panel.scopes[row], impact, size))
    return replace(panel, costs=costs), tuple(labels)


def _factors(kind: Kind, size: float, *, first: int, days: int) -> Floats:
    """What each day is multiplied by: (days,)."""
    factors = np.ones(days)
    span = slice(first, first + LENGTHS[kind])
    if kind is Kind.DRIFT_UP:
        factors[span] += size * np.arange(1, LENGTHS[kind] + 1) / LENGTHS[kind]
    elif kind is Kind.DROP:
        factors[span] -= size
    else:
        factors[span] += size
    return factors
