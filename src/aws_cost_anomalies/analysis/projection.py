"""What a month will come to if it goes on as it did, weekday by weekday."""

from __future__ import annotations

from datetime import date

import numpy as np

from aws_cost_anomalies.model.panel import Floats
from aws_cost_anomalies.model.period import BillingPeriod, Period

WEEKS = 4
WEEK = 7


def month_to_come(costs: Floats, period: Period, *, through: date) -> float:
    """Cost of the rest of a month: of each day to come, the median of its weekday in the last four weeks.

    Args:
        costs: (n_days,), currency per day; NaN = unknown.
        period: the days of `costs`.
        through: the last day that is known whole; the month is its month.
    """
    rest = Period(through, BillingPeriod.of(through).period.end)
    usual = [_usual(costs[: period.index(through) + 1], back) for back in range(WEEK)]
    # The day after `through` has the weekday of six days before it, the one after that of five, and so on.
    return float(sum(usual[(WEEK - ahead) % WEEK] for ahead in range(1, rest.days)))


def _usual(costs: Floats, back: int) -> float:
    """The median of a weekday, which was `back` days before the last of these; of every day where none is."""
    last = len(costs) - 1 - back
    days = [costs[i] for i in range(last, max(last - WEEK * WEEKS, -1), -WEEK) if i >= 0]
    known = [cost for cost in days if not np.isnan(cost)]
    if not known:
        known = [cost for cost in costs[-WEEK * WEEKS :] if not np.isnan(cost)]
    return float(np.median(known)) if known else 0.0
