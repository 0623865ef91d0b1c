"""Parquet files out of plain Python and numpy values."""

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
"""Stands for None in an array of texts: no text contains this code point, Unicode keeps it free."""


def write_parquet(
    connection: duckdb.DuckDBPyConnection, columns: Mapping[str, tuple[str, Values]], path: Path
) -> None:
    """Write one Parquet file: column name → (SQL type, values)."""
    connection.register("given", {name: _array(values) for name, (_, values) in columns.items()})
    selected = [_column(name, sql_type) for name, (sql_type, _) in columns.items()]
    connection.execute(
        sql.read(__package__, "write_parquet", columns=selected, path=sql.literal(path.absolute()))
    )


def _array(values: Values) -> NDArray[Any]:
    if isinstance(values, np.ndarray) and values.dtype.kind != "O":
        return values
    return np.array([_ABSENT if v is None else _text(v) for v in values], dtype=np.str_)


def _text(value: object) -> str:
    return json.dumps(value) if isinstance(value, Mapping | list | tuple) else str(value)


def _column(name: str, sql_type: str) -> str:
    text = exp.cast(exp.column(name, quoted=True), "VARCHAR")
    value: exp.Expression = exp.Nullif(this=text, expression=exp.Literal.string(_ABSENT))
    target = exp.DataType.build(sql_type, dialect="duckdb")
    if target.is_type(*exp.DataType.NESTED_TYPES):
        value = exp.cast(value, "JSON")
    return exp.cast(value, target).as_(name, quoted=True).sql(dialect="duckdb")
