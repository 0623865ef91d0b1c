"""Marks of one rival package over a panel: run inside the rivals' own virtual environment.

Usage: python judge.py RIVAL IN.npz OUT.npz
IN holds `costs` (n_series, n_days) and `first_day`; OUT gets `score` (n_series, n_days), signed, the
larger the odder, and `seconds` of processor time. A verdict on a day rests on the days before it: models
are fitted again every `REFIT` days and forecast until the next fit, as a daily job with a weekly training
would. The same gate as ours, five dollars and twenty percent of the expected cost, is applied, so that
only the models are compared.
"""

from __future__ import annotations

import logging
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

REFIT = 7
START = 28
HISTORY = 90
SHARE = 0.20
DOLLARS = 5.0


def _gated(score: Floats, actual: Floats, expected: Floats) -> Floats:
    """Zero where the difference is too small to matter."""
    far = np.abs(actual - expected)
    return np.where((far >= DOLLARS) & (far >= SHARE * np.abs(expected)), score, 0.0)


def mstl(costs: Floats, first_day: str) -> Floats:
    """StatsForecast MSTL, weekly season and AutoETS trend, against its 95 % interval."""
    return _statsforecast(costs, "mstl")


def autoets(costs: Floats, first_day: str) -> Floats:
    """StatsForecast AutoETS with a weekly season and conformal intervals."""
    return _statsforecast(costs, "autoets")


def _statsforecast(costs: Floats, which: str) -> Floats:
    from statsforecast.models import MSTL, AutoETS
    from statsforecast.utils import ConformalIntervals

    score = np.zeros_like(costs)
    for day in range(START, costs.shape[1], REFIT):
        ahead = min(REFIT, costs.shape[1] - day)
        for row, series in enumerate(costs):
            past = series[max(day - HISTORY, 0) : day]
            if not past.any():
                continue
            if which == "mstl":
                model = MSTL(season_length=7, trend_forecaster=AutoETS(model="ZZN"))
            else:
                model = AutoETS(season_length=7, prediction_intervals=ConformalIntervals(h=7, n_windows=2))
            found = model.forecast(past, h=7, level=[95])
            mean = found["mean"][:ahead]
            half = np.maximum(
                (found["hi-95"][:ahead] - found["lo-95"][:ahead]) / 2, 0.01 * np.abs(mean) + 1e-6
            )
            actual = series[day : day + ahead]
            score[row, day : day + ahead] = _gated((actual - mean) / half, actual, mean)
    return score


def prophet(costs: Floats, first_day: str) -> Floats:
    """Prophet with its weekly season; the band's half-width from its 95 % interval."""
    import pandas as pd
    from prophet import Prophet

    dates = pd.date_range(first_day, periods=costs.shape[1])
    score = np.zeros_like(costs)
    for day in range(START, costs.shape[1], REFIT):
        ahead = min(REFIT, costs.shape[1] - day)
        for row, series in enumerate(costs):
            begin = max(day - HISTORY, 0)
            if not series[begin:day].any():
                continue
            model = Prophet(
                interval_width=0.95,
                yearly_seasonality=False,
                daily_seasonality=False,
                uncertainty_samples=100,
            )
            model.fit(pd.DataFrame({"ds": dates[begin:day], "y": series[begin:day]}))
            found = model.predict(pd.DataFrame({"ds": dates[day : day + ahead]}))
            mean = found["yhat"].to_numpy()
            half = np.maximum(
                (found["yhat_upper"] - found["yhat_lower"]).to_numpy() / 2, 0.01 * np.abs(mean) + 1e-6
            )
            actual = series[day : day + ahead]
            score[row, day : day + ahead] = _gated((actual - mean) / half, actual, mean)
    return score


def adtk(costs: Floats, first_day: str) -> Floats:
    """ADTK: deviation from the weekly season (SeasonalAD), in interquartile ranges of the residual."""
    import pandas as pd
    from adtk.transformer import ClassicSeasonalDecomposition

    dates = pd.date_range(first_day, periods=costs.shape[1])
    score = np.zeros_like(costs)
    for day in range(START, costs.shape[1], REFIT):
        ahead = min(REFIT, costs.shape[1] - day)
        for row, series in enumerate(costs):
            begin = max(day - HISTORY, 0)
            past = pd.Series(series[begin:day], index=dates[begin:day])
            if past.nunique() < 2:
                continue
            model = ClassicSeasonalDecomposition(freq=7)
            try:
                residual = model.fit_transform(past)
                now = model.transform(pd.Series(series[day : day + ahead], index=dates[day : day + ahead]))
            except ValueError:
                continue
            spread = max(
                float(residual.quantile(0.75) - residual.quantile(0.25)), 0.01 * float(past.mean()) + 1e-6
            )
            actual = series[day : day + ahead]
            score[row, day : day + ahead] = _gated(
                now.to_numpy() / (3 * spread), actual, actual - now.to_numpy()
            )
    return score


def _features(series: Floats, day: int) -> list[float]:
    """Ratio to last week's median, to the same weekday, and to yesterday, on the log scale."""
    past = series[max(day - 14, 0) : day]
    offset = 1.0 + 0.1 * np.median(past)
    now = np.log(max(series[day], 0) + offset)
    return [
        now - np.log(np.median(past[-7:]) + offset),
        now - np.log(series[day - 7] + offset),
        now - np.log(series[day - 1] + offset),
    ]


def _pyod(costs: Floats, model_of: Callable[[], Any]) -> Floats:
    score = np.zeros_like(costs)
    for row, series in enumerate(costs):
        if not series.any():
            continue
        table = np.array([_features(series, day) for day in range(14, costs.shape[1])])
        for day in range(START, costs.shape[1], REFIT):
            train = table[max(day - HISTORY - 14, 0) : day - 14]
            if np.ptp(train) == 0:
                continue
            model = model_of()
            model.fit(train)
            ahead = min(REFIT, costs.shape[1] - day)
            odd = model.decision_function(table[day - 14 : day - 14 + ahead])
            usual = np.quantile(model.decision_scores_, [0.5, 0.95])
            expected = np.array([np.median(series[d - 7 : d]) for d in range(day, day + ahead)])
            actual = series[day : day + ahead]
            size = (odd - usual[0]) / max(usual[1] - usual[0], 1e-6)
            score[row, day : day + ahead] = _gated(size * np.sign(actual - expected), actual, expected)
    return score


def ecod(costs: Floats, first_day: str) -> Floats:
    """PyOD ECOD on three ratios of a day to its past."""
    from pyod.models.ecod import ECOD

    return _pyod(costs, ECOD)


def iforest(costs: Floats, first_day: str) -> Floats:
    """PyOD IsolationForest on the same."""
    from pyod.models.iforest import IForest

    return _pyod(costs, lambda: IForest(n_estimators=50, random_state=0))


RIVALS = {
    "mstl": mstl,
    "autoets": autoets,
    "prophet": prophet,
    "adtk": adtk,
    "ecod": ecod,
    "iforest": iforest,
}


def main() -> None:
    """Read a panel, let the rival judge it, write its scores."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    name, source, target = sys.argv[1:]
    given = np.load(source)
    began = time.process_time()
    score = RIVALS[name](given["costs"].astype(float), str(given["first_day"]))
    np.savez(target, score=np.nan_to_num(score), seconds=time.process_time() - began)


if __name__ == "__main__":
    main()
