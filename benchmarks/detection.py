"""Speed of the default detector, as ratios measured in one run.

    python -m benchmarks.detection [--series 200000] [--runs 5] [--rivals FOLDER]

The classical loop is the usual one: median, MAD and a Theil–Sen slope of the last 14 days, series by series.
`--rivals` names the folder of the rivals' virtual environment of `benchmarks.accuracy`: StatsForecast's MSTL
then gives today's verdict on a hundred of the same series, one fit and one forecast for each, as a daily run
does. Whatever is compared is measured in turns; medians are printed, and the best, rare on a busy machine.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from aws_cost_anomalies.analysis.replay import Bill, replay
from aws_cost_anomalies.analysis.verdict import Limits
from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.rivals.run import environment
from benchmarks.accuracy.worlds.archetypes import archetypes
from benchmarks.accuracy.worlds.fleet import fleet

FIRST_DAY = date(2025, 3, 1)
TODAY = range(89, 90)
LOOPED, FITTED = 500, 100
"""Series that the slow ones are measured on."""


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


def verdicts(costs: Floats, days: range) -> None:
    """What the detector says of some days of a panel."""
    replay(Bill(costs, None, FIRST_DAY), days, Limits())


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


def mstl(costs: Floats, folder: Path) -> float:
    """Processor seconds that MSTL takes for today's verdict on a series."""
    judge = Path(__file__).parent / "accuracy" / "rivals" / "today.py"
    with tempfile.TemporaryDirectory() as scratch:
        given = Path(scratch) / "costs.npy"
        np.save(given, costs)
        said = subprocess.run([environment(folder), judge, given], check=True, capture_output=True, text=True)
    return float(said.stdout)


def told(what: str, each: Sequence[float], unit: float, *, form: str = "8.1f") -> None:
    """Print median and best of a figure."""
    print(f"{what:<48}{statistics.median(each) * unit:{form}}{min(each) * unit:{form}}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--series", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rivals", type=Path)
    asked = parser.parse_args()
    costs = panel(asked.series, 90)
    verdicts(costs, TODAY)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    history = panel(5_000, 120)
    turns = [
        (
            seconds(lambda: verdicts(costs, TODAY)) / len(costs),
            seconds(lambda: classical(costs[:LOOPED])) / LOOPED,
            mstl(costs[:FITTED], asked.rivals) if asked.rivals else np.nan,
            seconds(lambda: verdicts(costs[:10_000], TODAY)),
            seconds(lambda: verdicts(history, range(120))),
        )
        for _ in range(asked.runs)
    ]
    today, loop, fit, ten_thousand, backtest = zip(*turns, strict=True)
    print(f"{f'of {asked.runs} runs, processor time':<48}{'median':>8}{'best':>8}")
    told("today's verdict, µs a series (s a million)", today, 1e6)
    told("10,000 series, ms", ten_thousand, 1e3)
    told("backtest of 5,000 series × 120 days, s", backtest, 1)
    told("classical loop in numpy, µs a series", loop, 1e6)
    ratios = [slow / quick for quick, slow in zip(today, loop, strict=True)]
    print(f"{'classical loop ÷ ours, in one turn: median':<48}{statistics.median(ratios):8.0f}")
    if asked.rivals:
        ratios = [slow / quick for quick, slow in zip(today, fit, strict=True)]
        told("MSTL, µs a series", fit, 1e6)
        print(f"{'MSTL ÷ ours, in one turn: median':<48}{statistics.median(ratios):8.0f}")
    print(f"{'peak memory of the process ÷ panel':<48}{peak / costs.nbytes:8.1f}")


if __name__ == "__main__":
    main()
