"""Values as JSON can say them, each within its width. Knows values; knows no database."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from aws_cost_anomalies.free_sql.rows import Value

EXACT = 2**53
"""Beyond it, readers of JSON that know floating point only lose digits."""


def fitting(value: object, characters: int) -> tuple[Value, bool]:
    """A value of a row, and whether it had to be cut."""
    if isinstance(value, str):
        return _short(value, characters)
    plain = plainly(value)
    if not isinstance(plain, str | list | dict):
        return plain, False
    text = plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)
    return (plain, False) if len(text) <= characters else _short(text, characters)


def plainly(value: object) -> Value:
    """A value as JSON says it: exact numbers as text, days and moments as ISO 8601."""
    for kinds, said in _SAID:
        if isinstance(value, kinds):
            return said(value)
    return None if value is None else str(value)


def _exact(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _short(text: str, characters: int) -> tuple[str, bool]:
    return (text, False) if len(text) <= characters else (text[: characters - 1] + "…", True)


def _map(value: Mapping[object, object]) -> Value:
    return {str(plainly(key)): plainly(item) for key, item in value.items()}


_SAID: tuple[tuple[tuple[type, ...], Callable[[Any], Value]], ...] = (
    ((bool, str), lambda value: value),
    ((int,), lambda number: number if abs(number) < EXACT else str(number)),
    ((float,), lambda number: number if math.isfinite(number) else str(number)),
    ((Decimal,), _exact),
    ((date, time), lambda moment: moment.isoformat()),
    ((bytes, bytearray), lambda blob: blob.hex()),
    ((Mapping,), _map),
    ((list, tuple), lambda items: [plainly(item) for item in items]),
)
"""The first that fits counts: a boolean is an integer. A moment is a date."""
