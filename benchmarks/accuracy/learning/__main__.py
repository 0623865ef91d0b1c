"""What the second look knows, learned anew from the worlds of the accuracy benchmark.

    python -m benchmarks.accuracy.learning FOLDER [--held-out]

FOLDER is that of the rivals' virtual environment (made on first use), in which the trees are fitted. They
replace those of the program. With `--held-out` nothing is replaced: each world is judged by what was learned
from all others, and a table for the records is printed.
"""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Mapping, Sequence
from multiprocessing import Pool
from pathlib import Path

import numpy as np

from aws_cost_anomalies.analysis.second_look import LEARNED, with_second_look
from aws_cost_anomalies.analysis.trees import Trees
from aws_cost_anomalies.analysis.verdict import Limits
from aws_cost_anomalies.detectors.forecast import Forecast
from benchmarks.accuracy.bills import WORLDS, panel_of
from benchmarks.accuracy.labelled import LabelledBill
from benchmarks.accuracy.learning.examples import SERIES, Examples, of_world, together
from benchmarks.accuracy.rivals.run import environment
from benchmarks.accuracy.scoring import Score, score

FIT = Path(__file__).with_name("fit.py")
REPORTED = (100, 101, 102)


def main() -> None:
    """Learn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--held-out", action="store_true")
    options = parser.parse_args()
    with Pool() as pool:
        examples = dict(zip(WORLDS, map(together, pool.map(of_world, WORLDS, chunksize=1)), strict=True))
    if not options.held_out:
        fit(list(examples.values()), folder=options.folder, out=LEARNED)
        return
    print("| world | first look: F1 | recall | false/1k | second look: F1 | recall | false/1k |")
    print("| --- | --: | --: | --: | --: | --: | --: |")
    for world in WORLDS:
        print(_row(world, examples, folder=options.folder), flush=True)


def fit(examples: Sequence[Examples], *, folder: Path, out: Path) -> None:
    """Write the trees that these examples teach."""
    every = together(examples)
    kept = folder / "learning"
    kept.mkdir(parents=True, exist_ok=True)
    rows = np.stack(list(every.traits.values()), axis=1)
    source = kept / "examples.npz"
    np.savez(source, names=list(every.traits), rows=rows, worth=every.worth, weight=every.weight)
    subprocess.run([environment(folder), FIT, source, out], check=True)


def _row(world: str, examples: Mapping[str, Examples], *, folder: Path) -> str:
    """What the second look does in a world it has not learned from."""
    out = folder / "learning" / f"without-{world}.json"
    fit([found for name, found in examples.items() if name != world], folder=folder, out=out)
    bills = [WORLDS[world](seed, SERIES) for seed in REPORTED]
    looks = [[_judged(bill, trees) for bill in bills] for trees in (None, Trees.read(out))]
    return f"| `{world}` | " + " | ".join(_figures(scores) for scores in looks) + " |"


def _judged(bill: LabelledBill, trees: Trees | None) -> Score:
    """How a bill is judged, with or without a second look."""
    panel = panel_of(bill)
    flags = Forecast(second_look=False).detect(panel)
    if trees is not None:
        with_second_look(flags, bill.costs, Limits(), judged=slice(0, bill.costs.shape[1]), trees=trees)
    return score(bill, flags.mark)


def _figures(scores: Sequence[Score]) -> str:
    """F1, recall and false incidents of several bills together."""
    events = sum(one.n_events for one in scores)
    found = events - sum(len(one.missed) for one in scores)
    false = sum(len(one.false_starts) for one in scores)
    f1 = 2 * found / (found + false + events)
    days = sum(one.normal_days for one in scores)
    return f"{f1:.3f} | {found / events:.3f} | {1000 * false / days:.2f}"


if __name__ == "__main__":
    main()
