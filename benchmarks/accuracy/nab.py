"""The detectors on the labelled series of the Numenta Anomaly Benchmark, taken as if they were bills.

    python -m benchmarks.accuracy.nab FOLDER [--hours 6]

FOLDER holds `data/` and `labels/combined_windows.json`. The series are minutes of machines and sensors, not
days of cost: each is averaged over a few hours, scaled to a median of 100, and every such stretch is judged
as a day would be. A labelled window is found when one of its stretches is marked; a run of marks outside all
windows, with gaps of two at most, is false. The first 15 % of a series, NAB's probation, are not judged.
"""

from __future__ import annotations

import argparse
import csv
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from aws_cost_anomalies.model.panel import Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Scope
from benchmarks.accuracy.__main__ import OWN, own_marks
from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.scoring import incidents
from benchmarks.accuracy.tables import table

PROBATION = 0.15
FIRST_DAY = date(2025, 3, 1)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One series and its windows, as positions of the first and the last stretch."""

    values: Floats
    windows: tuple[tuple[int, int], ...]


def read(folder: Path, stretch: timedelta) -> list[Labelled]:
    """Every series of the benchmark."""
    windows = json.loads((folder / "labels" / "combined_windows.json").read_text(encoding="utf-8"))
    return [_series(folder / "data" / name, spans, stretch) for name, spans in sorted(windows.items())]


def _series(path: Path, spans: list[list[str]], stretch: timedelta) -> Labelled:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            (datetime.fromisoformat(row["timestamp"]), float(row["value"])) for row in csv.DictReader(file)
        ]
    start = rows[0][0]
    at = np.array([(time - start) // stretch for time, _ in rows])
    known = np.bincount(at)
    means = np.bincount(at, [value for _, value in rows]) / np.where(known, known, np.nan)
    scaled = np.maximum(100.0 * means / (np.nanmedian(np.abs(means)) or 1.0), 0.0)
    found = [[(datetime.fromisoformat(end) - start) // stretch for end in span] for span in spans]
    return Labelled(scaled, tuple((first, last) for first, last in found))


def judged(name: str, series: Labelled) -> tuple[int, int]:
    """How many windows are found and how many incidents are false."""
    n = len(series.values)
    panel = Panel(
        (Scope((("ServiceName", "series"),)),),
        Period(FIRST_DAY, FIRST_DAY + n * ONE_DAY),
        series.values[None],
        np.ones((1, n), dtype=bool),
        "EffectiveCost",
        "USD",
        "nab",
    )
    marks = own_marks(name, panel)
    marks[:, : int(PROBATION * n)] = 0
    found = sum(bool(marks[0, first : last + 1].any()) for first, last in series.windows)
    outside = marks.copy()
    for first, last in series.windows:
        outside[:, first : last + 1] = 0
    return found, int(incidents(outside).sum())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--hours", type=int, default=6)
    asked = parser.parse_args()
    series = read(asked.folder, timedelta(hours=asked.hours))
    windows = sum(len(each.windows) for each in series)
    rows = []
    for name in OWN:
        found, false = np.sum([judged(name, each) for each in series], axis=0).tolist()
        precision, recall = found / max(found + false, 1), found / windows
        rows.append((name, precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)))
    print(f"{len(series)} series, {windows} windows, stretches of {asked.hours} hours\n")
    print(table(("detector", "precision", "recall", "F1"), rows))


if __name__ == "__main__":
    main()
