"""What the same day of earlier months cost: fees that come once a month are no surprise.

Knows dates and costs; nothing of weekdays.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import numpy as np

from aws_cost_anomalies.model.panel import Floats
from aws_cost_anomalies.model.period import ONE_DAY, Period

MONTHS = 2
START_OF_MONTH = 3
"""Fees of the first days, and of the last day, of a month need recur only once; others twice."""


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month; its last day where it is shorter."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def like_days(day: date) -> list[list[date]]:
    """The days around the same day (± 1) one and two months before: one list per month."""
    middles = (months_before(day, back) for back in range(1, MONTHS + 1))
    return [[middle - ONE_DAY, middle, middle + ONE_DAY] for middle in middles]


def recurring_excess(excess: Floats, period: Period, day: date) -> Floats:
    """What a day of the month costs beyond its weekday, from earlier months; NaN where unknown: (n_scopes,).

    Of each earlier month the largest excess around the same day is taken. On the first three days and the
    last day of a month the larger of the two months counts; on other days the smaller, and both are needed.

    Args:
        excess: (n_scopes, n_days), cost − what its weekday cost then, NaN = unknown.
        period: the days of `excess`.
        day: the day to be judged; only the days `like_days` gives are read.
    """
    peaks = [_peak(excess, period, days) for days in like_days(day)]
    is_edge = day.day <= START_OF_MONTH or (day + ONE_DAY).day == 1
    recurring: Floats = np.fmax(*peaks) if is_edge else np.minimum(*peaks)
    return recurring


def _peak(excess: Floats, period: Period, days: list[date]) -> Floats:
    columns = [excess[:, period.index(day)] for day in days if day in period]
    peak: Floats = np.fmax.reduce([np.full(len(excess), np.nan), *columns])
    return peak
