"""What a scope's own past says before any statistics: settled days, first spend.

Knows a Panel; knows no detector. A verdict on a day may use what stands here of the days before it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.model.panel import Bools, Floats, Panel

A_CENT = 0.01
"""Cost below this, in currency per day, is no spend."""
NEW_DAYS = 7
"""A scope is new for so many days, and only when it was seen without spend for as many days before."""


def settled_costs(panel: Panel) -> Floats:
    """Costs to learn from: NaN on days that are not settled, and before a scope's first spend."""
    costs = np.where(panel.settled, panel.costs, np.nan)
    unborn = np.arange(panel.period.days) < first_spend(panel)[:, None]
    return np.where(unborn, np.nan, costs)


def first_spend(panel: Panel) -> NDArray[np.intp]:
    """Position of each scope's first day with spend; the number of days where there is none: (n_scopes,)."""
    days = panel.period.days
    spends = np.abs(np.nan_to_num(panel.costs)) >= A_CENT
    first: NDArray[np.intp] = np.where(spends, np.arange(days), days).min(axis=1, initial=days)
    return first


def is_new(panel: Panel) -> Bools:
    """Which days are among the first seven of a scope that was seen without spend for seven days before.

    A panel that simply begins on a day makes nothing new: (n_scopes, n_days).
    """
    first = first_spend(panel)
    day = np.arange(panel.period.days)
    seen_before = np.sum(~np.isnan(panel.costs) & (day < first[:, None]), axis=1)
    age = day - first[:, None]
    new: Bools = (age >= 0) & (age < NEW_DAYS) & (seen_before >= NEW_DAYS)[:, None]
    return new
