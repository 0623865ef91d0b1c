"""What is wrong with a bill that could not be read: the file, the column and the value.

Looks only after something has failed, so it may take its time.
"""

from __future__ import annotations

from dataclasses import replace

import duckdb

from aws_cost_anomalies import sql
from aws_cost_anomalies.engines.duckdb.files import raw_tables
from aws_cost_anomalies.engines.duckdb.session import reason
from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.model.bill import BEYOND, RawBill, RawColumn, RawFile
from aws_cost_anomalies.sql.charges import daily_charges
from aws_cost_anomalies.sql.raw import nothing_in, read_column
from aws_cost_anomalies.sql.tables import Lines, RawTable

_SHOWN = 40


def fault_in_values(connection: duckdb.DuckDBPyConnection, bill: RawBill, error: duckdb.Error) -> BadBill:
    """Why a bill could not be read: the first value its column does not allow, or the file that broke off."""
    for file in bill.files:
        table = raw_tables(connection, replace(bill, files=(file,)))[0]
        for column in bill.mapping.columns:
            problem = _wrong_value(connection, table, column)
            if problem:
                return BadBill(file.origin, problem)
        unreadable = _unreadable(connection, bill, table)
        if unreadable:
            return BadBill(file.origin, unreadable)
    return BadBill(bill.files[0].origin, reason(error))


def missing_value(connection: duckdb.DuckDBPyConnection, bill: RawBill) -> BadBill:
    """Which required column has rows without a value, in which file."""
    for file in bill.files:
        table = raw_tables(connection, replace(bill, files=(file,)))[0]
        for column in (c for c in bill.mapping.columns if c.required):
            value = read_column(column, table, "duckdb").sql(dialect="duckdb")
            statement = sql.read(__package__, "missing_values", relation=table.relation, value=value)
            rows = _single(connection, statement)
            if rows:
                return BadBill(file.origin, f"its column {column.name} is empty in {rows:,} rows")
    return BadBill(bill.files[0].origin, BEYOND)


def wrong_count(bill: RawBill, claimed: int, read: int) -> BadBill:
    """The files say they hold more, or fewer, rows than came out of them."""
    return BadBill(_together(bill.files), f"{claimed:,} rows are announced and {read:,} are there")


def _together(files: tuple[RawFile, ...]) -> str:
    return files[0].origin + (f" and {len(files) - 1} more" if len(files) > 1 else "")


def _wrong_value(connection: duckdb.DuckDBPyConnection, table: RawTable, column: RawColumn) -> str:
    there = table.find(column)
    if there is None:
        return ""
    value = read_column(column, table, "duckdb").sql(dialect="duckdb")
    statement = sql.read(
        __package__,
        "first_fault",
        column=sql.name(there.name),
        nothing=sql.literals(nothing_in(column, table)),
        relation=table.relation,
        value=value,
    )
    try:
        found = _single(connection, statement)
    except duckdb.Error:
        return ""
    if found is None:
        return ""
    shown = str(found)[:_SHOWN]
    return f"its column {there.spelling} holds {shown!r}, which is not {column.meaning}"


def _unreadable(connection: duckdb.DuckDBPyConnection, bill: RawBill, table: RawTable) -> str:
    try:
        connection.execute(daily_charges(Lines(bill.mapping, [table], (), "duckdb"))).fetchall()
    except duckdb.Error as error:
        return f"it cannot be read ({reason(error)})"
    return ""


def _single(connection: duckdb.DuckDBPyConnection, statement: str) -> object:
    row = connection.execute(statement).fetchone()
    return row[0] if row else None
