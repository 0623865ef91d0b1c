"""Slow drift: levels that keep rising, more than this series' levels usually move.

Two clocks look for it: a quick one compares the last three days with the five before and the two weeks before
those; a slow one compares four weekly medians. Knows ramps; must not know calendars or dollars at stake.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aws_cost_anomalies.analysis.order_statistics import Days, median_of_days

WEEK = 7
MIN_DAYS = 35
QUICK_FLOOR = np.float32(0.12)
SLOW_FLOOR = np.float32(0.26)
MAX_WEEKLY_GROWTH = np.float32(0.08)
_QUICK_WEEKS = np.float32((1.5 + 5 + 3.5) / 7)


@dataclass(frozen=True, slots=True)
class Levels:
    """What drift is read from, all on the log scale; every series with at least `MIN_DAYS` days.

    Attributes:
        days: (n_days, n_scopes), the weekday's effect taken out, the judged day last.
        weekly: (n_days − 5, n_scopes), median of the seven days up to each day, the judged day last.
        spread: (n_scopes,) robust standard deviation of a day.
        floor: (n_scopes,) relative floors are multiplied by it to come to this scale.
    """

    days: Days
    weekly: Days
    spread: Days
    floor: Days


def drift(levels: Levels) -> tuple[Days, Days]:
    """Rise beyond what is usual, in units of what would be unusual, and the level it started from.

    D = (now − before − earlier growth) ÷ max(k · q70 of weekly moves, 3 σ, floor), the larger of both clocks;
    −inf unless each part of the way goes up. 1 and more is drift.

    Returns:
        D, (n_scopes,), and the earlier level on the log scale, (n_scopes,).
    """
    moves = levels.weekly[WEEK:] - levels.weekly[:-WEEK]
    growth = np.clip(_quantile(moves[:-WEEK], 0.5), 0, MAX_WEEKLY_GROWTH)
    usual = _quantile(np.abs(moves[:-WEEK] - growth), 0.7)
    quick, start = _quick(levels, growth, usual)
    slow, origin = _slow(levels, moves)
    return np.maximum(quick, slow), np.where(quick >= slow, start, origin)


def _quick(levels: Levels, growth: Days, usual: Days) -> tuple[Days, Days]:
    """Three days against five against two weeks, each clearly above the one before, and no earlier jump."""
    now = median_of_days(levels.days[-3:])
    middle = median_of_days(levels.days[-8:-3])
    week, fortnight = median_of_days(levels.days[-15:-8]), median_of_days(levels.days[-22:-15])
    base = np.maximum(week, fortnight)
    rise = now - base - growth * _QUICK_WEEKS
    steady = np.minimum(now - middle, middle - base) >= np.float32(0.3) * rise
    steady &= week - fortnight <= np.float32(0.4) * rise + growth
    unusual = np.maximum(np.float32(2.5) * usual, np.float32(3.5) * levels.spread)
    unusual = np.maximum(unusual, QUICK_FLOOR * levels.floor)
    return np.where(steady & (rise > 0), rise / unusual, -np.inf).astype(np.float32), base


def _slow(levels: Levels, moves: Days) -> tuple[Days, Days]:
    """Four weekly medians, none below the one before."""
    old = moves[: -2 * WEEK]
    growth = np.clip(_quantile(old, 0.5), 0, MAX_WEEKLY_GROWTH)
    usual = _quantile(np.abs(old - growth), 0.7)
    last, before = moves[-1] - growth, moves[-1 - WEEK] - growth
    origin = levels.weekly[-1 - 3 * WEEK]
    rise = levels.weekly[-1] - origin - 3 * growth
    steady = np.minimum(last, before) >= np.float32(0.1) * rise
    unusual = np.maximum(np.float32(3) * usual, SLOW_FLOOR * levels.floor)
    return np.where(steady & (rise > 0), rise / unusual, -np.inf).astype(np.float32), origin


def _quantile(values: Days, share: float) -> Days:
    """A quantile over days, the lower neighbour: (n_scopes,)."""
    return np.asarray(np.sort(values, axis=0)[int(share * (values.shape[0] - 1))])
