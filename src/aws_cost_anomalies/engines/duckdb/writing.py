"""Parquet files out of plain Python and numpy values.

Each distinct text is handed over once and the rows by number: a value at a time takes twelve times as long.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from aws_cost_anomalies import sql

Values = Sequence[object] | NDArray[Any]
_ABSENT = "\ufffe"
"""Stands for None among texts: no text contains this code point, Unicode keeps it free."""


def write_parquet(
    connection: duckdb.DuckDBPyConnection, columns: Mapping[str, tuple[str, Values]], path: Path
) -> None:
    """Write one Parquet file: column name → (SQL type, values)."""
    given: dict[str, NDArray[Any]] = {}
    texts: dict[str, list[str]] = {}
    for name, (_, values) in columns.items():
        if isinstance(values, np.ndarray) and values.dtype.kind != "O":
            given[name] = values
        else:
            given[name], texts[name] = _coded(values)
    connection.register("given", given)
    connection.register("given_texts", _numbered(texts))
    selected = [_column(name, sql_type, is_coded=name in texts) for name, (sql_type, _) in columns.items()]
    connection.execute(
        sql.read(__package__, "write_parquet", columns=selected, path=sql.literal(path.absolute()))
    )


def _coded(values: Values) -> tuple[NDArray[Any], list[str]]:
    """Each value's number, and the text of each number; the same object has one number."""
    held = list(values)
    identities = np.fromiter(map(id, held), dtype=np.int64, count=len(held))
    _, first, codes = np.unique(identities, return_index=True, return_inverse=True)
    return codes.astype(np.int32), [_text(held[i]) for i in first.tolist()]


def _text(value: object) -> str:
    if value is None:
        return _ABSENT
    return json.dumps(value) if isinstance(value, Mapping | list | tuple) else str(value)


def _numbered(texts: Mapping[str, Sequence[str]]) -> dict[str, NDArray[Any]]:
    """The distinct texts of every column as one relation."""
    rows = [(name, i, text) for name, distinct in texts.items() for i, text in enumerate(distinct)]
    return {
        "column": np.array([name for name, _, _ in rows], dtype=np.str_),
        "position": np.array([i for _, i, _ in rows], dtype=np.int32),
        "text": np.array([text for _, _, text in rows], dtype=np.str_),
    }


def _column(name: str, sql_type: str, *, is_coded: bool) -> str:
    """The values of a column, in its type."""
    target = exp.DataType.build(sql_type, dialect="duckdb")
    fill = {"name": sql.name(name), "type": target.sql(dialect="duckdb")}
    if not is_coded:
        return sql.read(__package__, "given_column", **fill)
    statement = "coded_nested_column" if target.is_type(*exp.DataType.NESTED_TYPES) else "coded_column"
    return sql.read(__package__, statement, column=sql.literal(name), absent=sql.literal(_ABSENT), **fill)
