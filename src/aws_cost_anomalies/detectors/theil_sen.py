"""Slow drift: a robust slope over four weeks that is large enough and no chance.

Knows a Panel; knows no episodes. Sources: `analysis.slope`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.analysis.history import settled_costs
from aws_cost_anomalies.analysis.marks import scaled
from aws_cost_anomalies.analysis.medians import count, median
from aws_cost_anomalies.analysis.runs import Marks
from aws_cost_anomalies.analysis.slope import is_step, mann_kendall, theil_sen
from aws_cost_anomalies.analysis.weekly import PAST, WEEK, WEEKS, rhythm, week_shares, weekly_levels
from aws_cost_anomalies.model.anomaly import Flags, Mark
from aws_cost_anomalies.model.panel import Floats, Panel

LEAST_KNOWN = 21
EARLIER_WEEKS = 8
LEAST_WEEKS = 3
CARRIES_LEVEL = 0.1
"""A weekday with a smaller multiple tells nothing of the level."""
Directions = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class TheilSen:
    """Drift over the last four weeks.

    Attributes:
        sensitivity: low, medium, high, or the score itself from which it speaks.
        drift_threshold_pct: least change over the four weeks, percent of their first week's level.
        certainty: least Mann-Kendall score at medium sensitivity (3.0: three in a thousand by chance).
        min_daily_cost: a scope whose level is lower than this, then and now, is not judged.
    """

    sensitivity: str | float = "medium"
    drift_threshold_pct: float = 20.0
    certainty: float = 3.0
    min_daily_cost: float = 1.0

    def detect(self, panel: Panel) -> Flags:
        """A verdict on every settled day with 21 known days in its last 28.

        `expected` is the level of four weeks ago on today's weekday, the band ± the threshold around it, the
        score the Mann-Kendall score, 0 where the last week's level is nothing new.
        """
        costs = settled_costs(panel)
        levels, shares = weekly_levels(costs), week_shares(costs)
        direction = _new_extremes(levels)
        expected, score = np.full_like(costs, np.nan), np.full_like(costs, np.nan)
        marks = np.zeros(costs.shape, dtype=np.int8)
        for day in range(PAST - 1, panel.period.days):
            window = slice(day - PAST + 1, day + 1)
            multiples = rhythm(shares[:, window]).multiples
            values = _without_weekdays(costs[:, window], multiples)
            start = median(values[:, :WEEK])
            is_judged = (count(values) >= LEAST_KNOWN) & (start > 0) & ~np.isnan(costs[:, day])
            expected[:, day] = np.where(is_judged, start * multiples[:, -1], np.nan)
            score[:, day] = np.where(is_judged, 0.0, np.nan)
            matters = np.fmax(start, levels[:, day]) >= self.min_daily_cost
            rows = np.flatnonzero(is_judged & matters & (direction[:, day] != 0))
            score[rows, day], marks[rows, day] = self._judge(values[rows], start[rows], direction[rows, day])
        share = self.drift_threshold_pct / 100.0
        return Flags(expected, expected * (1 - share), expected * (1 + share), score, marks)

    def _judge(self, values: Floats, start: Floats, direction: Directions) -> tuple[Floats, Marks]:
        """Score and mark of series of 28 days whose last week is a new high (1) or low (-1)."""
        slope = theil_sen(values)
        score = mann_kendall(values, slope)
        is_large = np.abs(slope) * (PAST - 1) * 100.0 >= self.drift_threshold_pct * start
        is_certain = score * direction >= scaled(self.certainty, self.sensitivity)
        is_drift = is_large & is_certain & ~is_step(values, slope)
        mark = np.where(direction > 0, Mark.DRIFT_UP, Mark.DRIFT_DOWN)
        return score, np.where(is_drift, mark, Mark.NONE).astype(np.int8)


def _without_weekdays(costs: Floats, multiples: Floats) -> Floats:
    """Costs ÷ their weekday's multiple; unknown on weekdays that carry no level."""
    tiled = np.tile(multiples, WEEKS)
    values: Floats = costs / np.where(tiled >= CARRIES_LEVEL, tiled, np.nan)
    return values


def _new_extremes(levels: Floats) -> Directions:
    """1 where a week's level is above that of each of the eight weeks before, -1 where below, else 0.

    At least three of those weeks must be known.
    """
    reach = EARLIER_WEEKS * WEEK
    padded = np.hstack((np.full((len(levels), reach), np.nan), levels))
    days = levels.shape[1]
    earlier = np.stack(
        [padded[:, reach - back : reach - back + days] for back in range(WEEK, reach + 1, WEEK)]
    )
    is_known = np.sum(~np.isnan(earlier), axis=0) >= LEAST_WEEKS
    highest, lowest = np.fmax.reduce(earlier), np.fmin.reduce(earlier)
    direction = (levels > highest).astype(np.int8) - (levels < lowest).astype(np.int8)
    return np.where(is_known, direction, 0).astype(np.int8)
