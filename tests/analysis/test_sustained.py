"""Days in a row beyond the band."""

from dataclasses import replace

import numpy as np
import pytest

from aws_cost_anomalies.analysis.hull import Band
from aws_cost_anomalies.analysis.sustained import is_sustained
from aws_cost_anomalies.model.anomaly import Basis


def band() -> Band:
    """A series around 0 with σ = 1 and no week."""
    nothing = np.zeros(1, dtype=np.float32)
    basis = np.array([Basis.WEEK], dtype=np.int8)
    flat = np.zeros((7, 1), dtype=np.float32)
    return Band(nothing, nothing, nothing, nothing, nothing + 1, basis, flat, np.zeros((14, 1)), nothing)


def told(*days: float, sign: int = 1, of: Band | None = None) -> bool:
    """Whether the last of some days tells a move, days of nothing before them."""
    week = np.zeros((8, 1), dtype=np.float32)
    week[-len(days) :, 0] = days
    return bool(is_sustained(week, of or band(), where=np.zeros(1, np.intp), sign=sign, least=4.0)[0])


@pytest.mark.parametrize("days", [(3.6, 3.6), (3.0, 3.0, 3.0), (2.6, 2.6, 2.6, 2.6)])
def test_days_together_need_less_each(days: tuple[float, ...]) -> None:
    assert told(*days)
    assert told(*(-day for day in days), sign=-1)
    assert not told(*(0.9 * day for day in days))


def test_one_large_day_carries_no_others() -> None:
    assert not told(0.0, 12.0)
    assert not told(1.0, 9.0)


def test_the_direction_counts() -> None:
    assert not told(5.0, 5.0, sign=-1)


def test_the_edge_of_the_hull_is_what_counts() -> None:
    assert not told(5.0, 5.0, of=replace(band(), upper=np.full(1, 4.0, dtype=np.float32)))
