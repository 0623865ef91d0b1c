"""The rhythm of the week: each weekday's cost as a multiple of its week's level.

Knows costs by position; nothing of scopes or marks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aws_cost_anomalies.analysis.medians import count, median
from aws_cost_anomalies.model.panel import Bools, Floats

WEEK = 7
WEEKS = 4
PAST = WEEK * WEEKS
"""Days that weekdays are learned from."""
LEARNED_FROM = 2
"""A weekday's multiple needs so many weeks."""
HELPS = 0.8
"""Weekdays are used when they leave less than this share of the spread that chance alone would leave."""
CLEAR = 2.0
"""A weekday's multiple differs from 1 by more than so many standard errors."""
DISTANCE_TO_SIGMA = 1.25
"""Mean absolute distance × this = standard deviation of a normal sample."""
MEDIAN_VARIANCE = 0.5 * np.pi
"""Variance of a median of n normal values × n, in variances of one."""
CELLS_AT_ONCE = 1_000_000
"""So many costs are held at once in windows that overlap."""
OUTLIERS = 0.1
"""Share of days, the farthest off, left out of that comparison."""


def weekly_levels(costs: Floats) -> Floats:
    """The level of the seven days up to each day; same shape, NaN where fewer than five of them are known.

    The median of the seven, or their mean where the median is not positive (weekly jobs).
    """
    levels = np.full_like(costs, np.nan)
    if costs.shape[1] < WEEK:
        return levels
    weeks = np.lib.stride_tricks.sliding_window_view(costs, WEEK, axis=1)
    at_once = max(1, CELLS_AT_ONCE // (weeks.shape[1] * WEEK))
    for first in range(0, len(costs), at_once):
        rows = slice(first, first + at_once)
        known = count(weeks[rows])
        middle = median(weeks[rows])
        level = np.where(middle > 0, middle, np.nansum(weeks[rows], axis=-1) / np.maximum(known, 1))
        levels[rows, WEEK - 1 :] = np.where(known >= WEEK - 2, level, np.nan)
    return levels


def week_shares(costs: Floats) -> Floats:
    """Each day's cost ÷ the level of the seven days up to it; NaN where that is unknown or not positive."""
    levels = weekly_levels(costs)
    shares: Floats = costs / np.where(levels > 0, levels, np.nan)
    return shares


@dataclass(frozen=True, slots=True, eq=False)
class Rhythm:
    """The week of each scope.

    Attributes:
        multiples: (n_scopes, 7), cost of a weekday ÷ level; the first column is that of the day to come.
        is_learned: (n_scopes,), whether there were two weeks to learn them from.
        doubt: (n_scopes,), factor ≥ 1 on the spread, since few weeks tell a multiple only roughly.
    """

    multiples: Floats
    is_learned: Bools
    doubt: Floats


def rhythm(shares: Floats) -> Rhythm:
    """The multiples of seven weekdays; all are 1 where weekdays do not help.

    They help when the days of the last four weeks lie clearly closer to the multiples than to 1, after
    allowing for what the medians of few weeks fit by chance. A weekday within the noise of 1 is 1.

    Args:
        shares: (n_scopes, 28), the last four weeks, NaN = unknown.
    """
    by_weekday = np.swapaxes(shares.reshape(len(shares), WEEKS, WEEK), 1, 2)
    multiples = median(by_weekday)
    weeks = count(by_weekday).min(axis=1)
    is_learned: Bools = weeks >= LEARNED_FROM
    plain = _typical_distance(by_weekday - 1.0)
    rhythmic = _typical_distance(by_weekday - multiples[..., None])
    helps = is_learned & (rhythmic < HELPS * np.sqrt(1.0 - 1.0 / np.maximum(weeks, 1)) * plain)
    variance = MEDIAN_VARIANCE / np.maximum(weeks, 1)
    noise = CLEAR * DISTANCE_TO_SIGMA * rhythmic * np.sqrt(variance)
    is_clear = np.abs(multiples - 1.0) > noise[:, None]
    return Rhythm(
        multiples=np.where(helps[:, None] & is_clear, multiples, 1.0),
        is_learned=is_learned,
        doubt=np.where(helps, np.sqrt(1.0 + variance), 1.0),
    )


def _typical_distance(residuals: Floats) -> Floats:
    """Mean absolute residual without the farthest tenth; NaN where none is known."""
    distances = np.sort(np.abs(residuals.reshape(len(residuals), PAST)), axis=1)
    kept = np.ceil(count(distances) * (1 - OUTLIERS))
    inside = np.arange(distances.shape[1]) < kept[:, None]
    mean: Floats = np.where(inside, distances, 0.0).sum(axis=1) / np.where(kept > 0, kept, np.nan)
    return mean
