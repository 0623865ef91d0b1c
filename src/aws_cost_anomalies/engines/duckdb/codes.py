"""Line items whose product code is known, told apart from the rest: no name of a service is read for them.

The name stands in a map that takes longer to read than all that is summed; few line items need it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from aws_cost_anomalies import sql
from aws_cost_anomalies.model.bill import RawBill, RawFormat
from aws_cost_anomalies.sql.codes import code_column, is_known
from aws_cost_anomalies.sql.tables import FileColumn, RawTable

_MOST = 100
"""With more unknown codes than these, telling them apart costs more than it saves."""


def known_codes_apart(
    connection: duckdb.DuckDBPyConnection, bill: RawBill, tables: Sequence[RawTable]
) -> list[RawTable]:
    """The same rows in tables that are coded and tables that are not; only Parquet is read twice for it.

    Raises:
        duckdb.Error: the column of the codes cannot be read.
    """
    column = code_column(bill.mapping)
    if column is None or bill.format is not RawFormat.PARQUET:
        return list(tables)
    parts = []
    for table in tables:
        code = table.find(column)
        is_text = code is not None and code.type == "VARCHAR"
        parts += _parts(connection, table, code) if is_text and code else [table]
    return parts


def _parts(connection: duckdb.DuckDBPyConnection, table: RawTable, code: FileColumn) -> list[RawTable]:
    column = sql.name(code.name)
    asked = sql.read(__package__, "codes", code=column, relation=table.relation)
    found = [row[0] for row in connection.execute(asked).fetchall()]
    unknown = sorted(text for text in found if text is not None and not is_known(text))
    if len(unknown) > _MOST:
        return [table]
    if not unknown and None not in found:
        return [replace(table, is_coded=True)]
    fill = {"code": column, "relation": table.relation, "codes": sql.literals(["", *unknown])}
    known = sql.read(__package__, "codes_known", **fill)
    others = sql.read(__package__, "codes_unknown", **fill)
    return [replace(table, relation=known, is_coded=True), replace(table, relation=others)]
