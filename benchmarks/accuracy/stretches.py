"""The detectors on labelled series that are no bills: each stretch of hours is judged as a day would be.

A labelled window is found when one of its stretches is marked; a run of marks outside all windows, with gaps
of two at most, is false. The first 15 % of a series are not judged. Knows marks and windows; must not know
where a series is from.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
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
Windows = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One series and its windows, as positions of the first and the last stretch."""

    values: Floats
    windows: Windows


def averaged(rows: Sequence[tuple[datetime, float]], stretch: timedelta) -> Floats:
    """Mean of every stretch, scaled to a median of 100; NaN where nothing is known: (n_stretches,)."""
    at = np.array([(time - rows[0][0]) // stretch for time, _ in rows])
    known = np.bincount(at)
    means = np.bincount(at, [value for _, value in rows]) / np.where(known, known, np.nan)
    scale = np.nanmedian(np.abs(means)) or np.nanmean(np.abs(means)) or 1.0
    return np.maximum(100.0 * means / scale, 0.0)


def judged(name: str, series: Labelled) -> tuple[int, int, int]:
    """How many windows are found, how many incidents are false, how many windows there are."""
    n = len(series.values)
    panel = Panel(
        (Scope((("ServiceName", "series"),)),),
        Period(FIRST_DAY, FIRST_DAY + n * ONE_DAY),
        series.values[None],
        np.ones((1, n), dtype=bool),
        "EffectiveCost",
        "USD",
        "labelled",
    )
    marks = own_marks(name, panel)
    probation = int(PROBATION * n)
    marks[:, :probation] = 0
    told = [bool(marks[0, first : last + 1].any()) for first, last in series.windows if last >= probation]
    outside = marks.copy()
    for first, last in series.windows:
        outside[:, first : last + 1] = 0
    return sum(told), int(incidents(outside).sum()), len(told)


def report(series: Sequence[Labelled], hours: int) -> str:
    """Precision, recall and F1 of the product's own detectors, as a table."""
    rows, windows = [], 0
    for name in OWN:
        found, false, windows = np.sum([judged(name, each) for each in series], axis=0).tolist()
        precision, recall = found / max(found + false, 1), found / max(windows, 1)
        rows.append((name, precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)))
    head = f"{len(series)} series, {windows} windows, stretches of {hours} hours\n\n"
    return head + table(("detector", "precision", "recall", "F1"), rows)


def print_report(about: str | None, read: Callable[[Path, timedelta], list[Labelled]], *, hours: int) -> None:
    """Print the table of a folder that the command line names, for stretches of so many hours by default."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--hours", type=int, default=hours)
    asked = parser.parse_args()
    print(report(read(asked.folder, timedelta(hours=asked.hours)), asked.hours))
