"""How much of a day has been billed so far, read from all scopes at once; and gaps filled for the days after.

Knows actual and expected costs of a whole panel; must not know how they were expected.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aws_cost_anomalies.analysis.history import A_CENT
from aws_cost_anomalies.analysis.order_statistics import Days

WEEK = 7
WHOLE = 0.93
MIN_SCOPES = 8
GAP_SHARE = 0.35
NOTHING = 0.02
"""A scope that costs less than this share of what was expected has nothing."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """What a day's bill looks like beside what was expected.

    Attributes:
        share: median of actual ÷ expected over the scopes; 1 when there are too few to say.
        least: what nearly all scopes have reached of theirs (5th percentile).
        most: what hardly any scope is beyond (95th percentile).
        has_gap: whether so many scopes have nothing at all that rows are missing rather than spend.
    """

    share: float
    least: float
    most: float
    has_gap: bool

    @property
    def is_whole(self) -> bool:
        """Whether nothing points to missing charges."""
        return self.share >= WHOLE and not self.has_gap


def completeness(actual: Days, expected: Days, least: float) -> Completeness:
    """Completeness of one day from all scopes whose expected cost is at least `least`: both (n_scopes,)."""
    told = np.flatnonzero((expected >= max(least, A_CENT)) & ~np.isnan(actual))
    if told.size < MIN_SCOPES:
        return Completeness(1.0, 1.0, 1.0, has_gap=False)
    ratios = np.sort(actual[told] / expected[told])
    low, middle, high = (float(ratios[int(q * (ratios.size - 1))]) for q in (0.05, 0.5, 0.95))
    return Completeness(middle, low, high, has_gap=float((ratios < NOTHING).mean()) >= GAP_SHARE)


def without_gaps(costs: Days, is_whole: np.ndarray[tuple[int, int], np.dtype[np.bool_]] | None) -> Days:
    """The costs as later days should remember them: (n_days, n_scopes).

    An unknown day is what its weekday cost a week before (the day before, in the first week); an unsettled
    day is that or more; days before the first known one hold it.
    """
    unknown = np.isnan(costs)
    if not unknown.any() and (is_whole is None or is_whole.all()):
        return costs
    filled = costs.copy()
    first = np.argmax(~unknown, axis=0)
    opening = np.nan_to_num(costs[first, np.arange(costs.shape[1])])
    for day in range(costs.shape[0]):
        before = filled[day - WEEK] if day >= WEEK else filled[max(day - 1, 0)]
        before = np.where(day < first, opening, before)
        value = np.where(unknown[day], before, costs[day])
        if is_whole is not None:
            value = np.where(is_whole[day] | (day == 0), value, np.fmax(value, before))
        filled[day] = np.nan_to_num(value)
    return filled
