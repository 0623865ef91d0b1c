"""What an episode cost: the three honest numbers (so far, rest of the month, thirty days).

Knows the actual and expected cost of an episode's days; knows no detector.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from aws_cost_anomalies.analysis.medians import median
from aws_cost_anomalies.model.anomaly import Impact
from aws_cost_anomalies.model.panel import Floats
from aws_cost_anomalies.model.period import BillingPeriod

RECENT_DAYS = 7
RUN_RATE_DAYS = 30


def impact_of(
    actual: Floats, expected: Floats, *, last_day: date, is_going_on: bool, has_stayed: bool = False
) -> Impact:
    """The money of one episode, in the panel's currency.

    `rest_of_month` = recent daily excess × days of the last day's month that follow it;
    `monthly_run_rate` = recent daily excess × 30;
    recent daily excess = median excess of its last seven days. Both are 0 once the episode is over; of a
    level that has become the usual one the 30 days are what it goes on to cost.

    Args:
        actual: cost of each day of the episode, first to last; NaN days are left out.
        expected: likewise; a day without a verdict (NaN) is left out.
        last_day: the date of the last one.
        is_going_on: whether it still goes on.
        has_stayed: whether it is over because its level is the usual one since.
    """
    known = ~np.isnan(actual) & ~np.isnan(expected)
    excess = np.where(known, actual - expected, 0.0)
    spent, budget = float(actual[known].sum()), float(expected[known].sum())
    total = float(excess.sum())
    daily = float(median(excess[known][-RECENT_DAYS:])) if is_going_on or has_stayed else 0.0
    days_left = (BillingPeriod.of(last_day).period.last_day - last_day).days
    return Impact(
        total_impact=total,
        max_impact=float(excess[np.argmax(np.abs(excess))]),
        total_actual_spend=spent,
        total_expected_spend=budget,
        total_impact_percentage=100.0 * total / budget if budget else None,
        rest_of_month=daily * days_left if is_going_on else 0.0,
        monthly_run_rate=daily * RUN_RATE_DAYS,
    )
