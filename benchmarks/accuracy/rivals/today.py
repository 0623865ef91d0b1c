"""Processor seconds of MSTL for today's verdict on a series: run inside the rivals' own virtual environment.

Usage: python today.py COSTS.npy
COSTS holds (n_series, n_days). A verdict on the last day takes one fit to the days before it and one
forecast; what StatsForecast compiles on first use is not counted.
"""

from __future__ import annotations

import logging
import sys
import time
import warnings

import numpy as np


def main() -> None:
    """Print the mean over the series."""
    from statsforecast.models import MSTL, AutoETS

    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    costs = np.load(sys.argv[1])

    def expected(series: np.ndarray) -> object:
        model = MSTL(season_length=7, trend_forecaster=AutoETS(model="ZZN"))
        return model.forecast(series[:-1], h=1, level=[95])

    expected(costs[0])
    began = time.process_time()
    for series in costs:
        expected(series)
    print((time.process_time() - began) / len(costs))


if __name__ == "__main__":
    main()
