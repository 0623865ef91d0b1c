"""What several days say together: each too little to tell, together too much for how levels wander.

Knows noisy regular series and their steps; must not know calendars or scores of single days.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aws_cost_anomalies.analysis.order_statistics import MAD_TO_SIGMA, Days, in_order, median_of_days
from aws_cost_anomalies.analysis.verdict import WEEK, Truth, Whole

DAYS_IN_A_ROW = (2, 3, 4)
EVEN = np.float32(0.5)
"""Each of the days lies at least this share of their mean beyond: no single spike."""
EIGHT_WEEKS = 8 * WEEK
"""Days before its last week that a level is compared with, as far as they are there."""
DEAREST = 0.9
"""Share of these days that a new level lies beyond; as they scatter, that is far already."""
BEYOND_THEM = 0.5
"""Of the score of a single day: so much further."""


@dataclass(frozen=True, slots=True)
class Weekless:
    """Some series on one scale, their weekdays taken out.

    Attributes:
        days: (n_days + 1, n_scopes), the judged day last.
        medians: (n_days, n_scopes), centred medians of seven days.
        spread: (n_scopes,), the scatter of single days.
    """

    days: Days
    medians: Days
    spread: Days

    def only(self, where: Whole) -> Weekless:
        """Some of them."""
        return Weekless(self.days[:, where], self.medians[:, where], self.spread[where])

    def doubt(self, in_a_row: int) -> Days:
        """How far the mean of so many days strays from the week before it: σ, (n_scopes,).

        As the past shows it, at least what independent days would show: levels wander.
        """
        past = self.days[:-1]
        sums = np.cumsum(past, axis=0, dtype=np.float32)
        sums[in_a_row:] -= sums[:-in_a_row].copy()
        means = sums[in_a_row - 1 + WEEK :] / np.float32(in_a_row)
        middle = WEEK // 2
        moves = means - self.medians[middle : middle + means.shape[0]]
        usual = MAD_TO_SIGMA * median_of_days(np.abs(moves - median_of_days(moves)))
        return np.asarray(np.maximum(usual, self.spread / np.float32(np.sqrt(in_a_row))))


def is_sustained(series: Weekless, edge: Days, *, sign: int, least: float) -> Truth:
    """Where the last two, three or four days lie beyond the hull together: (n_scopes,).

    Mean distance to the hull ≥ score · doubt, and no day nearer than half of that mean.

    Args:
        series: looked at.
        edge: (n_scopes,), of the judged day's hull, without the weekday.
        sign: upwards (+1) or downwards (−1).
        least: score from which a single day is odd.
    """
    beyond = sign * (series.days[-max(DAYS_IN_A_ROW) :] - edge)
    found = np.zeros(edge.shape, dtype=bool)
    for in_a_row in DAYS_IN_A_ROW:
        together = beyond[-in_a_row:]
        mean = together.mean(axis=0)
        far = mean >= np.float32(least) * series.doubt(in_a_row)
        found |= far & (together.min(axis=0) >= EVEN * mean)
    return found


def shift(series: Weekless, *, sign: int, least: float) -> tuple[Truth, Days, Days]:
    """Where the last week lies on a new level, the edge of the old one, and its middle: (n_scopes,) each.

    The edge is what nine in ten days of the eight weeks before stayed within; the week's mean lies half the
    score · doubt beyond it, and but for one no day lies nearer than half of that mean.

    Args:
        series: looked at; eight weeks of it and more.
        sign: upwards (+1) or downwards (−1).
        least: score from which a single day is odd.
    """
    ordered = in_order(series.days[-WEEK - EIGHT_WEEKS : -WEEK])
    rank = int(DEAREST * len(ordered))
    edge = ordered[rank if sign > 0 else -1 - rank]
    beyond = sign * (series.days[-WEEK:] - edge)
    mean = beyond.mean(axis=0)
    needed = np.float32(BEYOND_THEM * least)
    found = (mean >= needed * series.spread / np.float32(np.sqrt(WEEK))) & (
        in_order(beyond)[1] >= EVEN * mean
    )
    some = np.flatnonzero(found)
    found[some] = mean[some] >= needed * series.only(some).doubt(WEEK)
    return found, edge, ordered[len(ordered) // 2]
