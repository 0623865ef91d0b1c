"""Questions to raw line items: panels by anything a line item knows, and the view of all of them."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
from sqlglot import exp

from aws_cost_anomalies import sql
from aws_cost_anomalies.engines.duckdb import faults
from aws_cost_anomalies.engines.duckdb.checks import unchanged
from aws_cost_anomalies.engines.duckdb.codes import known_codes_apart
from aws_cost_anomalies.engines.duckdb.files import raw_tables
from aws_cost_anomalies.engines.duckdb.schemas import Schemas
from aws_cost_anomalies.engines.duckdb.session import reading
from aws_cost_anomalies.model.bill import RawBill, RawFormat
from aws_cost_anomalies.model.focus import COLUMNS
from aws_cost_anomalies.model.panel import Floats, Panel, PanelQuery, panel_of_line_items
from aws_cost_anomalies.model.scope import Scope
from aws_cost_anomalies.sql.charges import line_items, with_services
from aws_cost_anomalies.sql.panels import panel_charges, panel_keys
from aws_cost_anomalies.sql.tables import Lines, tag_column, tag_columns

_ORIGIN = ("data_source", "export", "billing_period")


def panel(connection: duckdb.DuckDBPyConnection, bills: Sequence[RawBill], query: PanelQuery) -> Panel:
    """The query's Panel over line items. Raises: BadBill, MixedCurrencies."""
    there = [bill for bill in bills if bill.data_source == query.data_source]
    columns = [f"key_{position}" for position, _ in enumerate(panel_keys(query))]
    connection.execute(sql.read(__package__, "costs", keys=columns))
    for bill in there:
        _add_costs(connection, bill, query)
    currencies = [
        str(row[0]) for row in connection.execute(sql.read(__package__, "costs_currencies")).fetchall()
    ]
    periods = (bill.period for bill in there)
    return panel_of_line_items(
        query, *_cells(connection, query, columns), currencies=currencies, periods=periods
    )


def line_items_sql(
    connection: duckdb.DuckDBPyConnection, bills: Sequence[RawBill], tags: Sequence[str]
) -> str:
    """A SELECT of every line item of these bills, less those whose files are gone. Raises: BadBill."""
    there = [bill for bill in bills if all(file.path.is_file() for file in bill.files)]
    schemas = Schemas(connection)
    schemas.look_at([file for bill in there if bill.format is RawFormat.PARQUET for file in bill.files])
    parts = [_line_items_of(connection, bill, tags, schemas=schemas) for bill in there]
    statement = sql.read(
        __package__,
        "line_items",
        columns=sql.names((*_ORIGIN, *(c.name for c in COLUMNS))),
        tags=[f"({sql.literal(key)}, {sql.name(tag_column(key))})" for key in tags],
        bills=[_no_line_items(tags), *parts],
    )
    return with_services(statement, "duckdb")


def _line_items_of(
    connection: duckdb.DuckDBPyConnection, bill: RawBill, tags: Sequence[str], *, schemas: Schemas
) -> str:
    # What footers say differs from bill to bill, and would save little of what is asked of this statement.
    tables = raw_tables(connection, bill, footers=False, schemas=schemas)
    lines = Lines(bill.mapping, tables, tags, "duckdb", bill.only)
    return sql.read(
        __package__,
        "line_items_of",
        data_source=sql.literal(bill.data_source),
        export=sql.literal(bill.export),
        billing_period=sql.literal(bill.billing_period),
        line_items=line_items(lines),
    )


def _no_line_items(tags: Sequence[str]) -> str:
    types = {c.name: c.type for c in COLUMNS if c.name != "Tags"} | dict.fromkeys(
        tag_columns(tags), "VARCHAR"
    )
    nothing = [exp.cast(exp.null(), kind).as_(name, quoted=True) for name, kind in types.items()]
    return sql.read(
        __package__, "line_items_none", columns=[column.sql(dialect="duckdb") for column in nothing]
    )


def _add_costs(connection: duckdb.DuckDBPyConnection, bill: RawBill, query: PanelQuery) -> None:
    """Sum a bill into the table `costs`."""
    with unchanged(bill):
        # A slice is few line items: what footers say would save less than it takes to ask.
        tables = raw_tables(connection, bill, footers=not query.within.values)
        with reading(lambda error: faults.fault_in_values(connection, bill, error)):
            parts = known_codes_apart(connection, bill, tables)
            statement = sql.read(
                __package__,
                "costs_add",
                charges=panel_charges(
                    query, lambda tags: Lines(bill.mapping, parts, tags, "duckdb", bill.only)
                ),
                keys=sql.names(panel_keys(query)),
                metric=sql.name(query.metric),
            )
            connection.execute(statement)


def _cells(
    connection: duckdb.DuckDBPyConnection, query: PanelQuery, columns: list[str]
) -> tuple[tuple[Scope, ...], Floats]:
    connection.execute(sql.read(__package__, "costs_scopes", keys=columns))
    values = connection.execute(sql.read(__package__, "costs_scope_values", keys=columns)).fetchall()
    scopes = tuple(Scope.of(query.group_by, row[: len(query.group_by)]) for row in values)
    start = sql.literal(query.period.start)
    cells = connection.execute(sql.read(__package__, "costs_cells", keys=columns, start=start)).fetchnumpy()
    costs = np.zeros((len(scopes), query.period.days))
    costs[cells["scope"], cells["day"]] = cells["cost"]
    return scopes, costs
