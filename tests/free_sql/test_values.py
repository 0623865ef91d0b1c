"""Values as JSON says them, each within its width; no worker is needed to see it."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from aws_cost_anomalies.free_sql.values import EXACT, fitting, plainly


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, None),
        (True, True),
        (False, False),
        ("text", "text"),
        (EXACT - 1, 9007199254740991),
        (EXACT, "9007199254740992"),
        (1 - EXACT, -9007199254740991),
        (-EXACT, "-9007199254740992"),
        (0.1, 0.1),
        (-math.inf, "-inf"),
        (Decimal("1.50"), "1.5"),
        (Decimal("100"), "100"),
        (Decimal("100.00"), "100"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.00"), "0"),
        (date(2026, 1, 31), "2026-01-31"),
        (datetime(2026, 1, 31, 10), "2026-01-31T10:00:00"),  # noqa: DTZ001 - as the store holds it
        (time(10), "10:00:00"),
        (timedelta(hours=36), "1 day, 12:00:00"),
        (b"\xaa\x01", "aa01"),
        (bytearray(b"\x01"), "01"),
        ({date(2026, 1, 31): Decimal("1.0")}, {"2026-01-31": "1"}),
        ((1, [None, Decimal("2.50")]), [1, [None, "2.5"]]),
    ],
)
def test_a_value_is_told(value: object, told: object) -> None:
    assert plainly(value) == told
    assert type(plainly(value)) is type(told)
    assert fitting(value, 1000) == (told, False)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("12345", ("12345", False)),
        ("123456", ("1234…", True)),
        (123456789, (123456789, False)),
        (Decimal("1.25"), ("1.25", False)),
        (Decimal("1.23456"), ("1.23…", True)),
        ([1, 2], ("[1, …", True)),
        ([12], ([12], False)),
        (["é"], (["é"], False)),
        (["éé"], ('["éé…', True)),
    ],
)
def test_what_is_too_wide_is_cut_to_the_width(value: object, told: object) -> None:
    assert fitting(value, 5) == told
