"""The detectors on hourly series of services that experts labelled, taken as if they were bills.

    python -m benchmarks.accuracy.experts FOLDER [--hours 1]

FOLDER is `data/` of the Cloud Monitoring Dataset (github.com/microsoft/cloud-monitoring-dataset, MIT):
crashes, purchases, requests and latencies of a company's services, an hour or a minute a row. An hour is
judged as a day would be; of an hour of which one minute is labelled all is. Labelled hours with two others
between them at most are one window.
"""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from benchmarks.accuracy.scoring import GAP
from benchmarks.accuracy.stretches import Labelled, Windows, averaged, print_report


def read(folder: Path, stretch: timedelta) -> list[Labelled]:
    """Every series of the dataset."""
    return [_series(path, stretch) for path in sorted(folder.glob("*/*.csv"))]


def _series(path: Path, stretch: timedelta) -> Labelled:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Value"]]
    times = [datetime.fromisoformat(row["TimeStamp"].rstrip("Z")[:19]) for row in rows]
    odd = {(time - times[0]) // stretch for time, row in zip(times, rows, strict=True) if row["Label"] == "1"}
    values = [float(row["Value"]) for row in rows]
    return Labelled(averaged(list(zip(times, values, strict=True)), stretch), windows(sorted(odd)))


def windows(odd: list[int]) -> Windows:
    """First and last of labelled stretches that belong together; they are given in order."""
    if not odd:
        return ()
    apart = [(a, b) for a, b in pairwise(odd) if b - a > GAP + 1]
    firsts, lasts = [odd[0], *(b for _, b in apart)], [*(a for a, _ in apart), odd[-1]]
    return tuple(zip(firsts, lasts, strict=True))


if __name__ == "__main__":
    print_report(__doc__, read, hours=1)
