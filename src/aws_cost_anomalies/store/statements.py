"""The store's statements with their values filled in: every question and every change goes through here.

Values are written as literals, not handed over as parameters: for the first parameter of a process DuckDB
imports pandas where it is installed, which takes longer than the question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from types import NoneType
from typing import Any

from aws_cost_anomalies import sql


def statement(name: str, values: Mapping[str, object] | None = None, /, **fill: str | Sequence[str]) -> str:
    """The statement of `sql/<name>.sql`.

    Args:
        name: of the file.
        values: placeholder → value, written so that it can be nothing but a value.
        fill: placeholder → SQL text, or a list of them.
    """
    literals = {placeholder: literal(value) for placeholder, value in (values or {}).items()}
    return sql.read(__package__, f"sql/{name}", **fill, **literals)


def literal(value: object) -> str:
    """A value as SQL; a mapping becomes a STRUCT, a sequence a LIST. Raises: TypeError for anything else."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{sql.literal(key)}: {literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    for kind, written in _WRITTEN:
        if isinstance(value, kind):
            return written(value)
    raise TypeError(f"no SQL literal for {type(value).__name__}")


_WRITTEN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (str, sql.literal),
    (NoneType, lambda _: "NULL"),
    (int, lambda number: str(number).lower()),
    (float, lambda number: f"'{number!r}'::DOUBLE"),
    (Decimal, lambda amount: f"'{amount:f}'::DECIMAL(38, 12)"),
    (datetime, lambda moment: f"TIMESTAMP '{moment.isoformat(sep=' ')}'"),
    (date, lambda day: f"DATE '{day.isoformat()}'"),
)
"""The first kind that fits counts: a boolean is an integer, a datetime a date."""
