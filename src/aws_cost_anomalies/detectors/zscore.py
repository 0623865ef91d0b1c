"""Odd days by mean and standard deviation of the week before: the rule most scripts use.

Knows a Panel; knows no weekdays and no episodes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aws_cost_anomalies.analysis.marks import odd_days, scaled
from aws_cost_anomalies.analysis.medians import count
from aws_cost_anomalies.model.anomaly import Flags
from aws_cost_anomalies.model.panel import Floats, Panel

WEEK = 7
LEAST_SPREAD = 0.01
"""Standard deviation is at least this share of the mean, and this much currency: a flat week has none."""


@dataclass(frozen=True, slots=True)
class ZScore:
    """Distance from the mean of the seven days before, in their standard deviations, and in percent.

    Attributes:
        sensitivity: low, medium, high, or the score itself from which it speaks.
        z_score_threshold: |score| from which a day is odd at medium sensitivity.
        min_change_pct: the change against the mean must be larger, percent.
        min_daily_cost: a day cheaper than this, expected and actual, is never odd.
    """

    sensitivity: str | float = "medium"
    z_score_threshold: float = 2.5
    min_change_pct: float = 20.0
    min_daily_cost: float = 1.0

    def detect(self, panel: Panel) -> Flags:
        """A verdict on every day whose seven days before it are known."""
        threshold = scaled(self.z_score_threshold, self.sensitivity)
        mean, spread = _week_before(np.where(panel.settled, panel.costs, np.nan))
        score = (panel.costs - mean) / spread
        changes = np.abs(panel.costs - mean) * 100.0 > self.min_change_pct * np.abs(mean)
        marks = odd_days(panel, mean, score, threshold=threshold, least=self.min_daily_cost)
        marks[~changes] = 0
        band = threshold * spread
        return Flags(mean, mean - band, mean + band, score, marks)


def _week_before(costs: Floats) -> tuple[Floats, Floats]:
    """Mean and floored standard deviation of the seven days before each; NaN where one is unknown."""
    pad = np.full((len(costs), WEEK), np.nan)
    weeks = np.lib.stride_tricks.sliding_window_view(np.hstack((pad, costs)), WEEK, axis=1)[:, :-1]
    known = count(weeks)
    enough = known == WEEK
    mean = np.where(enough, np.nansum(weeks, axis=2) / np.maximum(known, 1), np.nan)
    squares = np.nansum((weeks - mean[..., None]) ** 2, axis=2)
    deviation = np.sqrt(squares / np.maximum(known - 1, 1))
    floor = LEAST_SPREAD * np.maximum(np.abs(mean), 1.0)
    return mean, np.where(enough, np.maximum(deviation, floor), np.nan)
