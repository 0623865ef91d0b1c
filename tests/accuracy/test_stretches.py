"""Series that are no bills: their windows, and what of them counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from benchmarks.accuracy import experts, stretches
from benchmarks.accuracy.stretches import Labelled, averaged, judged


def test_labelled_hours_with_two_others_between_them_are_one_window() -> None:
    assert experts.windows([3, 4, 7, 11, 12]) == ((3, 7), (11, 12))
    assert experts.windows([]) == ()


def test_stretches_are_means_scaled_to_a_median_of_100() -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    rows = [(start + timedelta(minutes=30 * n), value) for n, value in enumerate((1.0, 3.0, 4.0, 4.0, 8.0))]
    assert averaged(rows, timedelta(hours=1)).tolist() == [50.0, 100.0, 200.0]


def test_what_is_marked_in_probation_counts_neither_way(monkeypatch: pytest.MonkeyPatch) -> None:
    marks = np.zeros((1, 100), dtype=np.int8)
    marks[0, [5, 12, 40, 70, 71]] = 1
    monkeypatch.setattr(stretches, "own_marks", lambda *_: marks.copy())
    series = Labelled(np.full(100, 100.0), ((4, 8), (38, 41), (90, 92)))
    found, false, windows = judged("any", series)
    assert (found, false, windows) == (1, 1, 2)
