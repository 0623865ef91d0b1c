"""Raw files as relations, grouped by schema. Knows where each format keeps the names of its columns."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

import duckdb

from aws_cost_anomalies import sql
from aws_cost_anomalies.engines.duckdb.schemas import Schema, Schemas, paths
from aws_cost_anomalies.engines.duckdb.session import reason
from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.model.bill import FocusMapping, RawBill, RawFile, RawFormat
from aws_cost_anomalies.sql.tables import FileColumn, RawTable


def raw_tables(
    connection: duckdb.DuckDBPyConnection,
    bill: RawBill,
    *,
    footers: bool = True,
    schemas: Schemas | None = None,
) -> list[RawTable]:
    """The files of a bill as relations, one per schema.

    Args:
        connection: to any database.
        bill: whose files are there.
        footers: whether what Parquet says of its values is wanted; of large bills, asking takes a while.
        schemas: those met so far, added to: the bills of an export mostly have the same.

    Raises:
        BadBill: a file cannot be read.
    """
    match bill.format:
        case RawFormat.PARQUET:
            known = schemas or Schemas(connection)
            return [
                _parquet_table(connection, files, known, schema=schema, footers=footers)
                for schema, files in known.alike(bill.files).items()
            ]
        case RawFormat.CSV:
            return [_csv_table(header, files) for header, files in _by_header(bill.files, _csv_header)]
        case RawFormat.JSON:
            headers = _by_header(bill.files, _json_header)
            return [_json_table(bill.mapping, header, files) for header, files in headers]


def is_compressed(path: Path) -> bool:
    """Whether DuckDB takes it for gzip."""
    return path.suffix == ".gz"


def _parquet_table(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[RawFile],
    schemas: Schemas,
    *,
    schema: Schema,
    footers: bool,
) -> RawTable:
    relation = sql.read(__package__, "parquet", paths=paths(files))
    try:
        columns = schemas.columns(schema, relation)
        values = sql.read(__package__, "parquet_told", paths=paths(files))
        told = connection.execute(values).fetchall() if footers else []
    except duckdb.Error as error:
        raise BadBill(files[0].origin, f"its columns cannot be read ({reason(error)})") from error
    of_column = {
        name: {"largest": largest, "same": same, "is_empty": bool(is_empty)}
        for name, largest, same, is_empty in told
    }
    return RawTable(
        relation,
        tuple(FileColumn(name, kind, s, **of_column.get(s, {})) for name, kind, s in columns),
        files[0].origin,
    )


def _by_header(
    files: Sequence[RawFile], header_of: Callable[[TextIO], Sequence[str]]
) -> list[tuple[tuple[str, ...], list[RawFile]]]:
    alike: dict[tuple[str, ...], list[RawFile]] = {}
    for file in files:
        try:
            with _opened(file.path) as text:
                header = tuple(header_of(text))
        except UnicodeDecodeError as error:
            hint = "Its text is not UTF-8: have it written so."
            raise BadBill(file.origin, f"its first line cannot be read ({error})", hint) from error
        except (EOFError, gzip.BadGzipFile, ValueError, csv.Error) as error:
            raise BadBill(file.origin, f"its first line cannot be read ({error})") from error
        alike.setdefault(header, []).append(file)
    return list(alike.items())


def _opened(path: Path) -> TextIO:
    if is_compressed(path):
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _csv_header(text: TextIO) -> list[str]:
    header = next(csv.reader(text), [])
    if not any(header):
        raise ValueError("not even column names are there")
    return header


def _csv_table(header: Sequence[str], files: Sequence[RawFile]) -> RawTable:
    lowered = [spelling.lower() for spelling in header]
    columns = tuple(
        # DuckDB takes names that differ by letter case for one; the second and third get a mark of their own.
        FileColumn(
            f"{spelling}~{position}" if lowered.index(lowered[position]) < position else spelling or "~",
            "VARCHAR",
            spelling,
        )
        for position, spelling in enumerate(header)
    )
    names = sql.literals(column.name for column in columns)
    relation = sql.read(__package__, "csv", paths=paths(files), columns=names)
    return RawTable(relation, columns, files[0].origin, is_text=True)


def _json_header(text: TextIO) -> list[str]:
    first = json.loads(next(iter(text), "{}"))
    if not isinstance(first, dict):
        raise ValueError("it is not an object")
    return list(first)


def _json_table(mapping: FocusMapping, header: Sequence[str], files: Sequence[RawFile]) -> RawTable:
    names = list(dict.fromkeys((*(column.name for column in mapping.columns), *header)))
    relation = sql.read(__package__, "json", paths=paths(files), columns=sql.literals(names))
    return RawTable(relation, tuple(FileColumn(n, "VARCHAR", n) for n in names), files[0].origin)
