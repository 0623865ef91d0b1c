"""Days in a row beyond the band: each too little to tell, together too much to be chance.

Knows noisy regular series and their steps; must not know calendars or scores of single days.
"""

from __future__ import annotations

import numpy as np

from aws_cost_anomalies.analysis.hull import Band, without_week
from aws_cost_anomalies.analysis.order_statistics import Days
from aws_cost_anomalies.analysis.verdict import WEEK, Truth

DAYS_IN_A_ROW = (2, 3, 4)
MARGIN = 1.25
"""Of the score of a single day: there are several lengths to be lucky with."""
EVEN = np.float32(0.5)
"""Each of the days lies at least this share of their mean beyond: no single spike."""


def is_sustained(past: Days, today: Days, band: Band, *, sign: int, least: float) -> Truth:
    """Where the last two, three or four days lie beyond the hull together: (n_scopes,).

    Mean distance to the hull ≥ 1.25 · score · σ ÷ √days, and no day nearer than half of that mean.

    Args:
        past: (n_days, n_scopes), the days before, on the scale of the band.
        today: (n_scopes,), likewise.
        band: of the judged day.
        sign: upwards (+1) or downwards (−1).
        least: score from which a single day is odd.
    """
    edge = (band.upper if sign > 0 else band.lower) - band.effects[0]
    last = without_week(past[-WEEK:], band.effects)[1 - max(DAYS_IN_A_ROW) :]
    beyond = sign * (np.vstack([last, today - band.effects[0]]) - edge)
    found = np.zeros(today.shape, dtype=bool)
    for days in DAYS_IN_A_ROW:
        together = beyond[-days:]
        mean = together.mean(axis=0)
        far = mean >= np.float32(MARGIN * least / np.sqrt(days)) * band.spread
        found |= far & (together.min(axis=0) >= EVEN * mean)
    return found
