"""Active and idle days of a series, and the band of an active day.

Knows series that rest on many days; must not know thresholds or dollars at stake.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from aws_cost_anomalies.analysis.hull import Band
from aws_cost_anomalies.analysis.order_statistics import MAD_TO_SIGMA, Days, days_of, in_order, pick
from aws_cost_anomalies.analysis.verdict import WEEK, Truth, Whole
from aws_cost_anomalies.model.anomaly import Basis

ACTIVE_SHARE = np.float32(0.05)
"""A day below this share of the 90th percentile is idle."""
SPREAD_FLOOR = np.float32(0.30)


@dataclass(frozen=True, slots=True)
class Activity:
    """When series were active: (n_days, n_scopes)."""

    active: Truth

    @property
    def count(self) -> Whole:
        """Active days: (n_scopes,)."""
        return days_of(self.active)

    @property
    def idle_share(self) -> Days:
        """Share of idle days: (n_scopes,)."""
        return np.asarray(1 - self.count / self.active.shape[0], dtype=np.float32)

    def punctuality(self) -> Days:
        """One less the days that broke the weekly timetable for each active day: (n_scopes,), 1 = strict."""
        weeks = self.active.shape[0] // WEEK
        by_week = self.active[-weeks * WEEK :].reshape(weeks, WEEK, -1)
        busy = by_week.sum(axis=0)
        misfits = np.minimum(busy, weeks - busy).sum(axis=0)
        return np.asarray(1 - misfits / np.maximum(busy.sum(axis=0), 1), dtype=np.float32)

    def runs(self) -> tuple[Whole, Whole]:
        """Current and longest earlier run of active days: two of (n_scopes,)."""
        days = np.arange(1, self.active.shape[0] + 1, dtype=np.int16)[:, None]
        rested = days * ~self.active
        for last, latest in pairwise(rested):
            np.maximum(last, latest, out=latest)
        length = days - rested
        length[:-1] *= ~self.active[1:]
        return length[-1].astype(np.intp), length[:-1].max(axis=0, initial=0).astype(np.intp)


def active_days(costs: Days, high: Days, floor: np.float32) -> Truth:
    """Which days were active: (n_days, n_scopes), by each series' 90th percentile and a floor in dollars."""
    active: Truth = costs > np.maximum(ACTIVE_SHARE * high, floor)
    return active


def active_band(values: Days, found: Activity, floor: Days) -> Band:
    """The band of an active day, from the active days alone; nothing is too low.

    upper = max(median + σ, q90) with σ = max(1.4826 MAD, 0.30 J)(1 + 4/n), n the active days.

    Args:
        values: (n_days, n_scopes) on one scale.
        found: which of them were active.
        floor: (n_scopes,) relative floors are multiplied by it to come to this scale.
    """
    count = found.count
    population = in_order(np.where(found.active, values, np.float32(np.inf)))
    half = np.maximum(count - 1, 0) // 2
    centre = pick(population, half)
    q90 = pick(population, np.maximum(np.ceil(0.9 * count).astype(np.intp) - 1, 0))
    deviation = np.where(found.active, np.abs(values - centre), np.float32(np.inf))
    mad = pick(in_order(deviation), half)
    scarce = np.asarray(1 + 4 / np.maximum(count, 1), dtype=np.float32)
    spread = np.maximum(MAD_TO_SIGMA * mad, SPREAD_FLOOR * floor) * scarce
    nothing = np.zeros_like(centre)
    return Band(
        centre=centre,
        lower=nothing - np.float32(np.inf),
        upper=np.maximum(centre + spread, q90),
        slack=nothing,
        spread=spread,
        basis=np.full(centre.shape, Basis.ACTIVE_DAYS, dtype=np.int8),
        effects=nothing[None],
        residual=values,
        weekend=nothing,
    )
