"""A bill rolled up to days: one pass over the raw files, checked before anything leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
from sqlglot import exp

from aws_cost_anomalies import sql
from aws_cost_anomalies.engines.duckdb import faults
from aws_cost_anomalies.engines.duckdb.checks import announced_rows, check_files, unchanged
from aws_cost_anomalies.engines.duckdb.codes import known_codes_apart
from aws_cost_anomalies.engines.duckdb.files import raw_tables
from aws_cost_anomalies.engines.duckdb.packing import packed
from aws_cost_anomalies.engines.duckdb.session import reading
from aws_cost_anomalies.model.bill import LAST_DAY, DailyCharges, RawBill, Totals
from aws_cost_anomalies.model.focus import DIMENSIONS, METRICS, SUMMARY
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.sql.charges import LINE_ITEMS, daily_charges
from aws_cost_anomalies.sql.tables import Lines, RawTable, lacking, tag_column

_LARGE = 1_000_000
"""From so many line items on, a bill is made ready before it is summed."""


def rollup(
    connection: duckdb.DuckDBPyConnection, bill: RawBill, tags: Sequence[str], *, into: Path
) -> DailyCharges:
    """The bill as daily FOCUS charges, written to the Parquet file `into`. Raises: BadBill."""
    check_files(bill)
    with unchanged(bill):
        tables = raw_tables(connection, bill)
        announced = announced_rows(connection, bill)
        with reading(lambda error: faults.fault_in_values(connection, bill, error)):
            parts = _parts(connection, bill, tables, rows=announced)
            _sum(connection, Lines(bill.mapping, parts, tags, "duckdb"))
    calendar = {"first": sql.literal(date.min), "last": sql.literal(LAST_DAY)}
    found = connection.execute(sql.read(__package__, "daily_check", **calendar)).fetchone()
    line_items, priced, nowhere = found or (0, 0, 0)
    if nowhere or priced != line_items:
        raise faults.missing_value(connection, bill)
    if announced is not None and announced != line_items:
        raise faults.wrong_count(bill, announced, line_items)
    pairs = [f"({sql.literal(key)}, {sql.name(tag_column(key))})" for key in tags]
    charges = _written(connection, sql.read(__package__, "daily_tags", tags=pairs), into)
    return replace(charges, lacks=lacking(bill.mapping, tables, _charge_types(connection)))


def together(
    connection: duckdb.DuckDBPyConnection, parts: Sequence[DailyCharges], *, into: Path
) -> DailyCharges:
    """Parts of a bill as one: charges that are alike but for the files they came from are summed."""
    keys = sql.names(column.name for column in DIMENSIONS)
    sums = sql.names([*(metric.name for metric in METRICS), LINE_ITEMS])
    paths = [sql.literal(part.path.absolute()) for part in parts]
    connection.execute(sql.read(__package__, "daily_together", keys=keys, sums=sums, paths=paths))
    lacks = {lack: None for part in parts for lack in part.lacks}
    return replace(_written(connection, "FROM daily", into), lacks=tuple(lacks))


def _parts(
    connection: duckdb.DuckDBPyConnection, bill: RawBill, tables: Sequence[RawTable], *, rows: int | None
) -> list[RawTable]:
    """The same rows in the tables that are summed soonest."""
    if rows is not None and rows >= _LARGE:
        tables = [packed(connection, bill.mapping, table, number=n) for n, table in enumerate(tables)]
    return known_codes_apart(connection, bill, tables)


def _sum(connection: duckdb.DuckDBPyConnection, lines: Lines) -> None:
    """Make the table `daily`, in narrow decimals first where the files say that these suffice."""
    is_told = any(column.largest is not None for table in lines.tables for column in table.columns)
    for narrow in (True, False) if is_told else (False,):
        charges = daily_charges(replace(lines, narrow=narrow))
        try:
            connection.execute(sql.read(__package__, "daily", charges=charges))
        except duckdb.DataError:
            if not narrow:
                raise
        else:
            return


def _written(connection: duckdb.DuckDBPyConnection, charges: str, into: Path) -> DailyCharges:
    """The table `daily` in the Parquet file `into`, and what it adds up to.

    Args:
        connection: which has the table.
        charges: a statement that gives its rows with their Tags.
        into: not there yet.
    """
    found = connection.execute(sql.read(__package__, "daily_extent")).fetchone()
    rows, line_items, first, last = found or (0, 0, None, None)
    connection.execute(sql.threads_for(rows))
    columns = [_as(c.name, c.type) for c in SUMMARY] + [_as(LINE_ITEMS, "BIGINT")]
    fill = {"columns": columns, "charges": charges, "path": sql.literal(into.absolute())}
    connection.execute(sql.read(__package__, "daily_copy", **fill))
    is_dated = isinstance(first, date) and isinstance(last, date)
    covered = Period(first, last + ONE_DAY) if is_dated else None
    return DailyCharges(into, rows, line_items, _totals(connection), covered)


def _charge_types(connection: duckdb.DuckDBPyConnection) -> list[str | None]:
    return [row[0] for row in connection.execute(sql.read(__package__, "daily_charge_types")).fetchall()]


def _as(column: str, sql_type: str) -> str:
    value = exp.column(column, quoted=True)
    return exp.cast(value, sql_type).as_(column, quoted=True).sql(dialect="duckdb")


def _totals(connection: duckdb.DuckDBPyConnection) -> Totals:
    names = [metric.name for metric in METRICS]
    rows = connection.execute(sql.read(__package__, "daily_totals", metrics=sql.names(names))).fetchall()
    return {currency: _sums(names, sums) for currency, *sums in rows}


def _sums(names: Sequence[str], sums: Sequence[Decimal | None]) -> dict[str, Decimal]:
    return {name: total for name, total in zip(names, sums, strict=True) if total is not None}
