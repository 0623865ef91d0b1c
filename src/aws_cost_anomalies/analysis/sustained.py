"""Days in a row beyond the band: each too little to tell, together too much to be chance.

Knows noisy regular series and their steps; must not know calendars or scores of single days.
"""

from __future__ import annotations

import numpy as np

from aws_cost_anomalies.analysis.hull import Band, without_week
from aws_cost_anomalies.analysis.order_statistics import Days
from aws_cost_anomalies.analysis.verdict import Truth, Whole

DAYS_IN_A_ROW = (2, 3, 4)
MARGIN = 1.25
"""Of the score of a single day: there are several lengths to be lucky with."""
EVEN = np.float32(0.5)
"""Each of the days lies at least this share of their mean beyond: no single spike."""


def is_sustained(days: Days, band: Band, *, where: Whole, sign: int, least: float) -> Truth:
    """Where the last two, three or four days lie beyond the hull together: (len(where),).

    Mean distance to the hull ≥ 1.25 · score · σ ÷ √days, and no day nearer than half of that mean.

    Args:
        days: (8, len(where)), the last week and the judged day, on the scale of the band.
        band: of the judged day.
        where: the scopes of the band that are looked at.
        sign: upwards (+1) or downwards (−1).
        least: score from which a single day is odd.
    """
    effects, spread = band.effects[:, where], band.spread[where]
    edge = (band.upper if sign > 0 else band.lower)[where] - effects[0]
    last = without_week(days[:-1], effects)[1 - max(DAYS_IN_A_ROW) :]
    beyond = sign * (np.vstack([last, days[-1] - effects[0]]) - edge)
    found = np.zeros(where.shape, dtype=bool)
    for in_a_row in DAYS_IN_A_ROW:
        together = beyond[-in_a_row:]
        mean = together.mean(axis=0)
        far = mean >= np.float32(MARGIN * least / np.sqrt(in_a_row)) * spread
        found |= far & (together.min(axis=0) >= EVEN * mean)
    return found
