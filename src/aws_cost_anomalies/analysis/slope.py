"""Slow change: the slope that half of all pairs of days exceed, and whether it can be chance.

Knows series of equal length; NaN means unknown. Sources: Theil (1950), Sen (1968) for the slope; Mann (1945),
Kendall (1975) for the test; Yue & Wang (2004) for its variance when neighbouring days are alike.
"""

from __future__ import annotations

import numpy as np

from aws_cost_anomalies.analysis.medians import count, median
from aws_cost_anomalies.model.panel import Bools, Floats

MOST_ALIKE = 0.7
LEAST_LEVEL_DAYS = 4
CLEARLY_BETTER = 0.75


def theil_sen(values: Floats) -> Floats:
    """The median slope over all pairs of known days, per day: (n_series,).

    Args:
        values: (n_series, n_days).
    """
    first, second = np.triu_indices(values.shape[1], 1)
    return median((values[:, second] - values[:, first]) / (second - first))


def mann_kendall(values: Floats, slope: Floats) -> Floats:
    """How surely the series rises (> 0) or falls, in standard deviations of chance: (n_series,).

    Rising pairs − falling pairs, less 1, over its standard deviation for independent days, which is widened
    by √((1 + r) ÷ (1 - r)); r is the autocorrelation of the residuals from the slope, corrected for the bias
    of short series and kept within 0 … 0.7.

    Args:
        values: (n_series, n_days).
        slope: (n_series,), per day.
    """
    first, second = np.triu_indices(values.shape[1], 1)
    rises = np.nansum(np.sign(values[:, second] - values[:, first]), axis=1)
    known = count(values)
    variance = known * (known - 1) * (2 * known + 5) / 18.0
    alike = np.clip(_autocorrelation(values - slope[:, None] * np.arange(values.shape[1])), 0.0, MOST_ALIKE)
    deviation = np.sqrt(np.maximum(variance, 1.0) * (1 + alike) / (1 - alike))
    certainty: Floats = np.sign(rises) * np.maximum(np.abs(rises) - 1, 0) / deviation
    return certainty


def is_step(values: Floats, slope: Floats) -> Bools:
    """Whether two levels describe the series clearly better than its slope: (n_series,).

    The best two levels, each at least four days long, leave less than three quarters of the squared residuals
    that the slope leaves.

    Args:
        values: (n_series, n_days).
        slope: (n_series,), per day.
    """
    from_line = values - slope[:, None] * np.arange(values.shape[1])
    of_line = _squares(from_line)[:, -1]
    before, after = _squares(values), _squares(values[:, ::-1])[:, ::-1]
    of_levels = (before[:, :-1] + after[:, 1:])[:, LEAST_LEVEL_DAYS - 1 : -(LEAST_LEVEL_DAYS - 1)]
    return np.asarray(of_levels.min(axis=1) < CLEARLY_BETTER * of_line, dtype=np.bool_)


def _squares(values: Floats) -> Floats:
    """Sum of squared distances from their mean of the known days up to each day; same shape."""
    total, squares = np.nancumsum(values, axis=1), np.nancumsum(values**2, axis=1)
    known = np.cumsum(~np.isnan(values), axis=1)
    around_mean: Floats = np.maximum(squares - total**2 / np.maximum(known, 1), 0.0)
    return around_mean


def _autocorrelation(values: Floats) -> Floats:
    """Correlation of each day with the next, corrected for short series: (r·n + 1) ÷ (n − 4)."""
    centred = values - median(values)[:, None]
    known = count(values)
    shared = np.nansum(centred[:, 1:] * centred[:, :-1], axis=1)
    total = np.nansum(centred**2, axis=1)
    raw = shared / np.where(total > 0, total, np.inf)
    corrected: Floats = (raw * known + 1) / np.maximum(known - 4, 1)
    return np.where(total > 0, corrected, 0.0)
