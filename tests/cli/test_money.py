"""Amounts, changes and percentages as people read them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aws_cost_anomalies.cli import money

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1234567.891, "1,234,567.89"),
        (0.0, "0.00"),
        (-0.001, "0.00"),
        (-5.5, "-5.50"),
        (None, "–"),
        (NAN, "–"),
    ],
)
def test_amount(value: float | None, shown: str) -> None:
    assert money.amount(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1234.5, "+1,234.50"), (-0.25, "-0.25"), (0.0, "0.00"), (0.001, "0.00"), (None, "–"), (NAN, "–")],
)
def test_signed(value: float | None, shown: str) -> None:
    assert money.signed(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (12.34, "+12.3%"),
        (-100.0, "-100.0%"),
        (0.01, "0.0%"),
        (-0.04, "0.0%"),
        (-0.05, "-0.1%"),
        (999.94, "+999.9%"),
        (1000.0, "+1,000%"),
        (-1000.0, "-1,000%"),
        (-math.inf, "–"),
        (1234.5, "+1,234%"),
        (None, "–"),
        (math.inf, "–"),
    ],
)
def test_percentage(value: float | None, shown: str) -> None:
    assert money.percentage(value) == shown


@pytest.mark.parametrize(
    ("change", "style"), [(1.0, "red"), (-1.0, "green"), (0.001, ""), (None, ""), (NAN, "")]
)
def test_style_of_a_change(change: float | None, style: str) -> None:
    assert money.style_of(change) == style


@settings(deadline=None)
@given(st.lists(st.floats(-1e7, 1e7), min_size=1, max_size=30))
def test_parts_in_cents_add_up_to_the_total_in_cents(parts: list[float]) -> None:
    total = math.fsum(parts)
    shown = money.cents_that_add_up(parts, total)
    assert round(100 * math.fsum(shown)) == round(100 * round(total, 2))
    assert all(abs(cents - part) < 0.0101 for cents, part in zip(shown, parts, strict=True))


def test_parts_that_never_added_up_are_left_as_they_are() -> None:
    assert money.cents_that_add_up([1.004, 2.0], 10.0) == [1.0, 2.0]


@pytest.mark.parametrize(
    ("parts", "total", "shown"),
    [
        ([], 0.0, []),
        ([0.001, 0.009], 0.01, [0.0, 0.01]),
        ([5.001, 0.009], 5.01, [5.0, 0.01]),
        ([0.125, 0.125], 0.25, [0.13, 0.12]),
        ([1.0, 2.0], 3.009, [1.01, 2.0]),
        ([1.0, 1.0], 1.992, [0.99, 1.0]),
        ([0.009, 0.009], 0.027, [0.02, 0.01]),
        ([0.0], 0.005, [0.0]),
    ],
)
def test_the_cents_that_rounding_loses_go_to_those_that_lost_most(
    parts: list[float], total: float, shown: list[float]
) -> None:
    assert money.cents_that_add_up(parts, total) == shown
