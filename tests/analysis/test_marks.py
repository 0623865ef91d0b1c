"""From scores to marks: each rule that holds for every detector of odd days."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from aws_cost_anomalies.analysis.marks import combine, odd_days, scaled, with_first_spend
from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.model.anomaly import Flags, Mark
from aws_cost_anomalies.model.panel import Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Scope

START = date(2026, 3, 2)


def panel(costs: list[float], *, unsettled: int = 0) -> Panel:
    """One scope; the last days are open."""
    array = np.array([costs])
    settled = np.ones(array.shape, dtype=bool)
    settled[:, len(costs) - unsettled :] = False
    period = Period(START, START + len(costs) * ONE_DAY)
    return Panel((Scope(),), period, array, settled, "EffectiveCost", "USD", "cur")


@pytest.mark.parametrize(
    ("sensitivity", "threshold"),
    [("low", 3.0), ("medium", 2.5), ("high", 2.0), (4.5, 4.5), (7, 7.0), (1e-9, 1e-9)],
)
def test_a_word_scales_the_threshold_and_a_number_is_it(sensitivity: str | float, threshold: float) -> None:
    assert scaled(2.5, sensitivity) == pytest.approx(threshold)


@pytest.mark.parametrize("sensitivity", ["very", "", 0, 0.0, -1.0, float("nan")])
def test_anything_else_is_refused(sensitivity: str | float) -> None:
    with pytest.raises(InvalidArgument, match="low, medium, high or a positive score"):
        scaled(2.5, sensitivity)


@pytest.mark.parametrize(
    ("cost", "expected", "score", "said"),
    [
        (20.0, 10.0, 3.0, Mark.HIGH),
        (20.0, 10.0, 2.9, Mark.NONE),
        (5.0, 10.0, -3.0, Mark.LOW),
        (5.0, 10.0, -2.9, Mark.NONE),
        (1.0, 0.2, 3.0, Mark.HIGH),
        (0.99, 0.2, 3.0, Mark.NONE),
        (0.0, 1.0, -3.0, Mark.LOW),
        (0.0, 0.99, -3.0, Mark.NONE),
        (20.0, np.nan, np.nan, Mark.NONE),
    ],
)
def test_a_day_is_odd_from_its_limits_on(cost: float, expected: float, score: float, said: Mark) -> None:
    day, usual = np.array([[expected]]), np.array([[score]])
    assert odd_days(panel([cost]), day, usual, threshold=3.0, least=1.0).tolist() == [[said]]


def test_an_open_day_can_only_rise() -> None:
    open_days = panel([1.0, 90.0], unsettled=2)
    expected, score = np.full((1, 2), 50.0), np.array([[-9.0, 9.0]])
    found = odd_days(open_days, expected, score, threshold=3.0, least=1.0)
    assert found.tolist() == [[Mark.NONE, Mark.HIGH]]


def flags(*marks: Mark, value: float = 1.0) -> Flags:
    """Verdicts that tell whose they are."""
    each = np.full((1, len(marks)), value)
    return Flags(each, each - 0.5, each + 0.5, each * 3, np.array([marks], dtype=np.int8))


def told(found: Flags) -> list[tuple[float, float, float, float, int]]:
    """Expected, lower, upper, score and mark of each day."""
    rows = (found.expected[0], found.lower[0], found.upper[0], found.score[0], found.mark[0])
    return [tuple(float(value) for value in day) for day in zip(*rows, strict=True)]  # type: ignore[misc]


def test_first_spend_was_not_expected() -> None:
    found = with_first_spend(
        flags(Mark.HIGH, Mark.NONE), np.array([[True, False]]), np.array([[8.0, 9.0]]), spread=2.0
    )
    assert told(found) == [(0.0, 0.0, 2.0, 4.0, Mark.FIRST_SPEND), (1.0, 0.5, 1.5, 3.0, Mark.NONE)]


def test_the_first_that_marks_a_day_has_the_word() -> None:
    first = flags(Mark.HIGH, Mark.NONE, Mark.NONE, Mark.NONE)
    second = flags(Mark.LOW, Mark.LOW, Mark.NONE, Mark.NONE, value=2.0)
    third = flags(Mark.DRIFT_UP, Mark.DRIFT_UP, Mark.DRIFT_UP, Mark.NONE, value=3.0)
    assert told(combine(first, second, third)) == [
        (1.0, 0.5, 1.5, 3.0, Mark.HIGH),
        (2.0, 1.5, 2.5, 6.0, Mark.LOW),
        (3.0, 2.5, 3.5, 9.0, Mark.DRIFT_UP),
        (1.0, 0.5, 1.5, 3.0, Mark.NONE),
    ]
