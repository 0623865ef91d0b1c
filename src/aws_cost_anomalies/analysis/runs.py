"""Marked days joined to runs: days of one scope that moved in one direction, with small gaps.

Knows marks and positions; knows no money.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.model.anomaly import Mark

INCREASES = (Mark.HIGH, Mark.DRIFT_UP, Mark.FIRST_SPEND)
DECREASES = (Mark.LOW, Mark.DRIFT_DOWN)
DRIFTS = (Mark.DRIFT_UP, Mark.DRIFT_DOWN)
Marks = NDArray[np.int8]
Days = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Marked days of one scope in one direction.

    Attributes:
        row: the scope's position in the panel.
        is_increase: whether cost rose.
        days: positions of the marked days, ascending.
    """

    row: int
    is_increase: bool
    days: Days

    @property
    def first(self) -> int:
        """Position of the first day."""
        return int(self.days[0])

    @property
    def last(self) -> int:
        """Position of the last day."""
        return int(self.days[-1])


def split(days: Days, gap_days: int) -> list[Days]:
    """Ascending days, cut wherever more than `gap_days` days lie between two of them."""
    return np.split(days, np.flatnonzero(np.diff(days) > gap_days + 1) + 1) if len(days) else []


def runs(marks: Marks, gap_days: int) -> list[Run]:
    """Every run of a panel, by scope, then by first day.

    Args:
        marks: (n_scopes, n_days), codes of `Mark`.
        gap_days: at most so many unmarked days inside a run.
    """
    found = [
        Run(int(row), is_increase, days)
        for is_increase, codes in ((True, INCREASES), (False, DECREASES))
        for row, days in _runs_of(np.isin(marks, codes), gap_days)
    ]
    return sorted(found, key=lambda run: (run.row, run.first, not run.is_increase))


def _runs_of(marked: NDArray[np.bool_], gap_days: int) -> list[tuple[np.intp, Days]]:
    rows, days = np.nonzero(marked)
    if not len(rows):
        return []
    cuts = np.flatnonzero((np.diff(rows) != 0) | (np.diff(days) > gap_days + 1)) + 1
    return list(zip(rows[np.concatenate(([0], cuts))], np.split(days, cuts), strict=True))
