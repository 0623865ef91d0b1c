"""The detectors on the labelled series of the Numenta Anomaly Benchmark, taken as if they were bills.

    python -m benchmarks.accuracy.nab FOLDER [--hours 6]

FOLDER holds `data/` and `labels/combined_windows.json`. The series are minutes of machines and sensors, not
days of cost: each is averaged over a few hours, and every such stretch is judged as a day would be.
"""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.accuracy.stretches import Labelled, averaged, print_report


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
    found = [[(datetime.fromisoformat(end) - start) // stretch for end in span] for span in spans]
    return Labelled(averaged(rows, stretch), tuple((first, last) for first, last in found))


if __name__ == "__main__":
    print_report(__doc__, read, hours=6)
