"""Speed of the default detector, as ratios measured in one run.

    python -m benchmarks.detection [--series 200000]

The classical loop is the usual one: median, MAD and a Theil–Sen slope of the last 14 days, series by series.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from datetime import date

import numpy as np

from aws_cost_anomalies.analysis.replay import Bill, replay
from aws_cost_anomalies.analysis.verdict import Limits
from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.archetypes import archetypes
from benchmarks.accuracy.worlds.fleet import fleet

FIRST_DAY = date(2025, 3, 1)


def panel(n_series: int, n_days: int) -> Floats:
    """Costs of two worlds, drawn again with a little noise until there are enough."""
    worlds = np.concatenate([world(9, 400, n_days).costs for world in (archetypes, fleet)])
    rng = np.random.default_rng(9)
    costs = worlds[rng.integers(len(worlds), size=n_series)]
    costs *= np.exp(0.05 * rng.standard_normal((n_series, 1)))
    return costs


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of one run."""
    began = time.process_time()
    work()
    return time.process_time() - began


def classical(costs: Floats) -> int:
    """Verdicts of the classical loop on the last day."""
    odd = 0
    for series in costs:
        past = series[-15:-1]
        centre = np.median(past)
        spread = max(1.4826 * float(np.median(np.abs(past - centre))), 1e-9)
        days = np.arange(past.size)
        first, second = np.triu_indices(past.size, 1)
        slope = np.median((past[second] - past[first]) / (days[second] - days[first]))
        odd += bool(abs(series[-1] - centre) / spread > 2.5) or bool(abs(slope) * 13 > 0.2 * centre)
    return odd


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=200_000)
    asked = parser.parse_args()
    costs = panel(asked.series, 90)
    bill = Bill(costs, None, FIRST_DAY)
    replay(Bill(costs[:500], None, FIRST_DAY), range(89, 90), Limits())
    began = time.perf_counter()
    replay(Bill(costs[:10_000], None, FIRST_DAY), range(89, 90), Limits())
    wall = time.perf_counter() - began
    today = seconds(lambda: replay(bill, range(89, 90), Limits())) / asked.series
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    loop = seconds(lambda: classical(costs[:2_000])) / 2_000
    history = panel(5_000, 120)
    backtest = seconds(lambda: replay(Bill(history, None, FIRST_DAY), range(120), Limits()))
    print(f"today's verdict          {1e6 * today:6.1f} µs of processor a series, seconds a million")
    print(f"10,000 series            {1000 * wall:6.0f} ms")
    print(f"5,000 series × 120 days  {backtest:6.1f} s of processor")
    print(f"classical loop in numpy  {1e6 * loop:6.1f} µs; ratio {loop / today:.0f}")
    print(f"peak memory ÷ panel      {peak / costs.nbytes:6.1f}")


if __name__ == "__main__":
    main()
