"""Odd days by the modified z-score: distance from a rolling median in median absolute deviations.

Knows a Panel; knows no episodes and no severity. Source: Iglewicz & Hoaglin, How to Detect and Handle
Outliers (1993); weekdays, months and floors of the spread are ours.
"""

from __future__ import annotations

from dataclasses import dataclass

from aws_cost_anomalies.analysis.baseline import BaselineRules, baseline
from aws_cost_anomalies.analysis.history import A_CENT, is_new
from aws_cost_anomalies.analysis.marks import odd_days, scaled, with_first_spend
from aws_cost_anomalies.model.anomaly import Flags
from aws_cost_anomalies.model.panel import Panel


@dataclass(frozen=True, slots=True)
class Mad:
    """Modified z-score over a rolling window, and first spend.

    Attributes:
        sensitivity: low, medium, high, or the score itself from which it speaks.
        rolling_window_days: days before the judged one that give its level and spread.
        z_score_threshold: |score| from which a day is odd at medium sensitivity.
        min_daily_cost: a day cheaper than this, expected and actual, is never odd.
    """

    sensitivity: str | float = "medium"
    rolling_window_days: int = 14
    z_score_threshold: float = 2.5
    min_daily_cost: float = 1.0

    def detect(self, panel: Panel) -> Flags:
        """A verdict on every day with seven known days before it, and on the first week of a new scope.

        A new scope's day is odd from the minimum cost on; the minimum impact decides when it is told.
        """
        threshold = scaled(self.z_score_threshold, self.sensitivity)
        usual = baseline(panel, BaselineRules(window=self.rolling_window_days))
        score = (panel.costs - usual.expected) / usual.spread
        marks = odd_days(panel, usual.expected, score, threshold=threshold, least=self.min_daily_cost)
        band = threshold * usual.spread
        flags = Flags(usual.expected, usual.lowest - band, usual.highest + band, score, marks)
        least = max(self.min_daily_cost, A_CENT)
        is_first = is_new(panel) & (panel.costs >= least)
        return with_first_spend(flags, is_first, panel.costs, spread=least / threshold)
