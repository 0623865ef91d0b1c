"""How high a score chance alone reaches in a panel: the more series are looked at, the higher.

Knows scores and marks of a whole panel; must not know how a day was expected.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.analysis.history import A_CENT
from aws_cost_anomalies.analysis.verdict import HISTORY
from aws_cost_anomalies.model.anomaly import Flags, Mark
from aws_cost_anomalies.model.panel import Floats

WINDOW = 28
"""Days before a day whose scores tell what chance does."""
LEAST_DAYS = 14
A_DAY = 1.0
"""So many marks a day by chance alone are put up with, over the whole panel."""
RATIOS = (0.05, 0.9)
"""How much rarer each quarter of the threshold is than the one below it, at most and at least."""
MOST_RAISED = 1.5
"""So many times the configured threshold at most: beyond it real spikes would be lost."""
RECORD = 1.4
"""A day so many times as dear as any before it is no chance."""
LARGE = 20.0
"""Least impacts beyond the band from which a day is told whatever chance does."""


@dataclass(frozen=True, slots=True)
class Chance:
    """From when on a mark is more than chance.

    Attributes:
        score: configured threshold, standard deviations.
        dollars: least impact of a day.
    """

    score: float
    dollars: float

    def thresholds(self, scores: Floats, marks: NDArray[np.int8]) -> Floats:
        """The score that calm days reach by chance once a day, at least the configured one: (n_days,).

        Counted are the unmarked scores of the 28 days before in the third and in the last quarter below the
        threshold; their ratio r says how scores thin out, so that by chance last · r ÷ (1 − r) a day lie
        beyond it, and r times as many beyond each further quarter.

        Args:
            scores: (n_scopes, n_days), NaN where there was no verdict.
            marks: likewise, codes of `Mark`.
        """
        step = self.score / 4
        size = np.where(marks == Mark.NONE, np.abs(scores), np.nan)
        third = _earlier(((size >= 2 * step) & (size < 3 * step)).sum(axis=0))
        last = _earlier(((size >= 3 * step) & (size < self.score)).sum(axis=0))
        days = np.minimum(np.arange(scores.shape[1]), WINDOW)
        ratio = np.clip((last + 1) / (third + 1), *RATIOS)
        expected = last / np.maximum(days, 1) * ratio / (1 - ratio)
        too_many = (days >= LEAST_DAYS) & (expected > A_DAY)
        raised = self.score + step * np.log(A_DAY / np.maximum(expected, A_DAY)) / np.log(ratio)
        return np.where(too_many, np.minimum(raised, MOST_RAISED * self.score), self.score)

    def without(self, flags: Flags, costs: Floats, *, judged: slice) -> Flags:
        """The flags without the rises and falls that chance explains and that are no large money.

        A score of just the threshold rests on several days or on a record and is kept, and so is any other
        day that is a record.

        Args:
            flags: of a panel.
            costs: (n_scopes, n_days) of the same.
            judged: the days that have verdicts.
        """
        mark, score = flags.mark[:, judged], flags.score[:, judged]
        threshold = self.thresholds(score, mark)
        size = np.abs(score)
        actual = costs[:, judged]
        beyond = np.abs(actual - np.clip(actual, flags.lower[:, judged], flags.upper[:, judged]))
        weak = (size < threshold) & (size != np.float32(self.score)) & (beyond < LARGE * self.dollars)
        weak &= (mark == Mark.HIGH) | (mark == Mark.LOW)
        rows, days = np.nonzero(weak & (mark == Mark.HIGH))
        records = _are_records(costs, rows, days + judged.start)
        weak[rows[records], days[records]] = False
        mark[weak] = Mark.NONE
        return flags


def _are_records(costs: Floats, rows: NDArray[np.intp], days: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which days are 1.4 times as dear as any of ten weeks before, in scopes four weeks old: (n,)."""
    back = days[:, None] - np.arange(1, HISTORY + 1)
    before = np.where(back >= 0, costs[rows[:, None], np.maximum(back, 0)], np.nan)
    dearest = np.fmax.reduce(before, axis=1, initial=0.0)
    is_grown = (before[:, WINDOW - 1 :] >= A_CENT).any(axis=1)
    records: NDArray[np.bool_] = is_grown & (costs[rows, days] > RECORD * dearest)
    return records


def _earlier(counts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Sum over the 28 days before each day: same shape."""
    total = np.concatenate([[0], np.cumsum(counts)])
    days = np.arange(counts.size)
    return np.asarray(total[days] - total[np.maximum(days - WINDOW, 0)])
