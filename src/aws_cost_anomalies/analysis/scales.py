"""One day of regular series on two scales, logarithms and dollars, with the band of each.

Knows how to come from one scale to the other; must not know what is odd.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aws_cost_anomalies.analysis.hull import Band, Past, band, without_week
from aws_cost_anomalies.analysis.offices import LEAST_DAYS, Offices
from aws_cost_anomalies.analysis.order_statistics import Days, centred_median
from aws_cost_anomalies.analysis.sustained import Weekless
from aws_cost_anomalies.analysis.verdict import Case, Limits, Whole

OFFSET = np.float32(1 / 3)
"""The log scale is ln(x + c): c, in medians of the active days."""
DAILY = 0.9
"""Share of active days above which a series is billed every day."""


@dataclass(frozen=True, slots=True)
class Scales:
    """One day of regular series on both scales.

    Attributes:
        offset: c of ln(x + c), (n_scopes,).
        share: J = median ÷ (median + c): relative floors on the log scale.
        log: the past, (n_days, n_scopes), logarithms.
        log_median: its centred median, likewise.
        log_band: on the log scale.
        band: in dollars.
    """

    offset: Days
    share: Days
    log: Days
    log_median: Days
    log_band: Band
    band: Band

    @classmethod
    def of(cls, case: Case, limits: Limits) -> Scales:
        """Both bands of a case, worked out side by side: logarithms left, dollars right."""
        n = case.today.size
        offset = np.maximum(limits.noticeable, OFFSET * case.typical) + np.float32(1e-6)
        least = np.maximum(case.typical, np.float32(1e-6))
        relative = least / (least + offset)
        values = _on_both_scales(case.past, offset)
        medians = _on_both_scales(centred_median(case.past), offset)
        floor = np.concatenate([relative, least])
        is_daily = case.busy > DAILY * case.active.shape[0]
        past = Past(values, medians, floor, np.tile(case.known, 2), np.tile(is_daily, 2))
        rests = np.flatnonzero(~is_daily & (case.known >= LEAST_DAYS))
        both = band(past, case.like, Offices.among(case.past, rests))
        log, dollars = slice(0, n), slice(n, None)
        return cls(offset, relative, values[:, log], medians[:, log], both.only(log), both.only(dollars))

    def to_log(self, dollars: Days) -> Days:
        """Onto the log scale."""
        return np.asarray(np.log(np.maximum(dollars, 0) + self.offset))

    def to_dollars(self, log: Days) -> Days:
        """Back from it."""
        with np.errstate(over="ignore"):  # so many deviations that nothing is odd
            return np.asarray(np.exp(log) - self.offset)

    def weekless(self, case: Case, where: Whole) -> Weekless:
        """Some of the series on the log scale, without their week."""
        effects = self.log_band.effects[:, where]
        past = without_week(self.log.take(where, axis=1), effects)
        today = self.to_log(case.today)[where] - effects[0]
        return Weekless(
            np.vstack([past, today]), self.log_median.take(where, axis=1), self.log_band.spread[where]
        )

    def edges(self, beyond: float) -> tuple[Days, Days]:
        """Lower and upper edge in dollars, slack and `beyond` deviations outside the hull; 0 = the hull.

        The lower edge is the log scale's, since a fall to nothing is what it must see; the upper edge is the
        higher of the two.
        """
        k = np.float32(beyond)
        wide = np.float32(beyond > 0)
        log, linear = self.log_band, self.band
        low = self.to_dollars(log.lower - wide * log.slack - k * log.spread)
        high = self.to_dollars(log.upper + wide * log.slack + k * log.spread)
        return low, np.maximum(high, linear.upper + wide * linear.slack + k * linear.spread)


def _on_both_scales(dollars: Days, offset: Days) -> Days:
    """Logarithms beside dollars: (n_days, 2 · n_scopes)."""
    days, n = dollars.shape
    both = np.empty((days, 2 * n), dtype=np.float32)
    log = both[:, :n]
    both[:, n:] = dollars
    np.maximum(dollars, 0, out=log)
    np.log(np.add(log, offset, out=log), out=log)
    return both
