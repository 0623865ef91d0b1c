"""A finer Panel summed to a coarser one: one question to the store answers several.

Knows Panels; knows no store.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aws_cost_anomalies.model.panel import Panel
from aws_cost_anomalies.model.scope import Dimension, Scope


def summed_by(panel: Panel, *dimensions: Dimension) -> Panel:
    """The Panel by some of its dimensions, as the store would give it: scopes in order, unknown if all are.

    A cost is known as soon as one of the costs it is made of is, as everywhere: on an unsettled day it is a
    lower bound.
    """
    keys = [dimension.key for dimension in dimensions]
    own = [dict(scope.values) for scope in panel.scopes]
    values = [tuple(scope[key] for key in keys) for scope in own]
    names = sorted(set(values))
    place = {name: position for position, name in enumerate(names)}
    rows = np.array([place[value] for value in values], dtype=np.intp)
    costs = np.zeros((len(names), panel.period.days))
    np.add.at(costs, rows, np.nan_to_num(panel.costs))
    is_known = np.zeros(costs.shape, dtype=np.bool_)
    np.logical_or.at(is_known, rows, ~np.isnan(panel.costs))
    settled = np.ones(costs.shape, dtype=np.bool_)
    np.logical_and.at(settled, rows, panel.settled)
    return replace(
        panel,
        scopes=tuple(Scope(tuple(zip(keys, name, strict=True))) for name in names),
        costs=np.where(is_known, costs, np.nan),
        settled=settled,
    )
