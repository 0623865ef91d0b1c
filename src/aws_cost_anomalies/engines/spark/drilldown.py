"""Questions to raw line items: panels by anything a line item knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from aws_cost_anomalies import sql
from aws_cost_anomalies.engines.spark import words
from aws_cost_anomalies.model.bill import RawBill
from aws_cost_anomalies.model.panel import Floats, Panel, PanelQuery, panel_of_line_items
from aws_cost_anomalies.model.scope import Scope
from aws_cost_anomalies.sql.panels import panel_charges, panel_keys
from aws_cost_anomalies.sql.tables import Lines

if TYPE_CHECKING:
    from aws_cost_anomalies.engines.spark.files import Reader

_NOTHING = pa.table({"currency": [], "costs": []})


def panel(reader: Reader, bills: Sequence[RawBill], query: PanelQuery) -> Panel:
    """The query's Panel over these bills' line items. Raises: BadBill, MixedCurrencies."""
    sums = reader.session.sql(_statement(reader, bills, query)).toArrow() if bills else _NOTHING
    currencies, periods = sums["currency"].to_pylist(), (bill.period for bill in bills)
    return panel_of_line_items(
        query, _scopes(sums, query), _costs(sums, query), currencies=currencies, periods=periods
    )


def _statement(reader: Reader, bills: Sequence[RawBill], query: PanelQuery) -> str:
    names = [f"key_{position}" for position in range(len(panel_keys(query)))]
    return sql.read(
        __package__,
        "costs",
        keys=names,
        start=words.literal(query.period.start.isoformat()),
        bills=[_costs_of(reader, bill, query) for bill in bills],
    )


def _costs_of(reader: Reader, bill: RawBill, query: PanelQuery) -> str:
    tables = reader.tables(bill)
    return sql.read(
        __package__,
        "costs_of",
        charges=panel_charges(
            query, lambda tags: Lines(bill.mapping, tables, tags, words.DIALECT, bill.only)
        ),
        metric=words.column(query.metric),
        keys=[words.key(name, position) for position, name in enumerate(panel_keys(query))],
    )


def _scopes(sums: pa.Table, query: PanelQuery) -> tuple[Scope, ...]:
    if not sums.num_rows:
        return ()
    values = [sums[position].to_pylist() for position in range(len(query.group_by))]
    rows = zip(*values, strict=True) if values else ((),) * sums.num_rows
    return tuple(Scope.of(query.group_by, row) for row in rows)


def _costs(sums: pa.Table, query: PanelQuery) -> Floats:
    costs = np.zeros((sums.num_rows, query.period.days))
    first = 0
    for lists in sums["costs"].chunks if sums.num_rows else ():
        scopes: NDArray[Any] = np.repeat(np.arange(len(lists)), np.diff(lists.offsets.to_numpy()))
        day, cost = lists.flatten().flatten()
        costs[first + scopes, day.to_numpy()] = cost.to_numpy()
        first += len(lists)
    return costs
