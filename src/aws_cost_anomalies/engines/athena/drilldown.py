"""Questions to raw line items: panels by anything a line item knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from aws_cost_anomalies import sql
from aws_cost_anomalies.engines.athena.queries import Row
from aws_cost_anomalies.engines.athena.tables import tables_of
from aws_cost_anomalies.errors import BadBill, MixedCurrencies, QueryFailed
from aws_cost_anomalies.model.bill import RawBill
from aws_cost_anomalies.model.panel import Panel, PanelQuery, panel_of_line_items
from aws_cost_anomalies.model.scope import NONE, Scope
from aws_cost_anomalies.sql.panels import panel_charges, panel_keys
from aws_cost_anomalies.sql.tables import TRINO, Lines, RawTable

if TYPE_CHECKING:
    from aws_cost_anomalies.engines.athena.queries import Athena


def panel(athena: Athena, bills: Sequence[RawBill], query: PanelQuery) -> Panel:
    """The query's Panel over these bills' line items. Raises: BadBill, MixedCurrencies."""
    with tables_of(athena, bills) as tables:
        names = [f"key_{position}" for position, _ in enumerate(panel_keys(query))]
        statement = sql.read(
            __package__,
            "costs",
            keys=names,
            start=sql.literal(query.period.start.isoformat()),
            bills=[_costs_of(bill, of_bill, query) for bill, of_bill in zip(bills, tables, strict=True)],
        )
        try:
            rows = list(athena.rows(statement))
        except QueryFailed as failed:
            origin = bills[0].files[0].origin
            raise BadBill(origin, f"Athena cannot read this bill ({failed.reason})") from failed
    return _panel(rows, bills, query)


def merged(one: Panel, other: Panel) -> Panel:
    """Two Panels of the same query as one; a day is known where either knows it. Raises: MixedCurrencies."""
    currencies = sorted({panel.currency for panel in (one, other) if panel.scopes})
    if len(currencies) > 1:
        raise MixedCurrencies(tuple(currencies))
    scopes = sorted({*one.scopes, *other.scopes})
    place = {scope: position for position, scope in enumerate(scopes)}
    costs = np.full((len(scopes), one.period.days), np.nan)
    for panel in (one, other):
        rows = [place[scope] for scope in panel.scopes]
        before = costs[rows]
        both = np.nan_to_num(before) + np.nan_to_num(panel.costs)
        costs[rows] = np.where(np.isnan(before) & np.isnan(panel.costs), np.nan, both)
    for panel in (one, other):
        known = ~np.isnan(panel.costs).all(axis=0) if panel.scopes else np.zeros(costs.shape[1], bool)
        costs[:, known] = np.nan_to_num(costs[:, known])
    currency = currencies[0] if currencies else one.currency
    settled = np.ones(costs.shape, dtype=bool)
    return replace(one, scopes=tuple(scopes), costs=costs, settled=settled, currency=currency)


def _costs_of(bill: RawBill, tables: Sequence[RawTable], query: PanelQuery) -> str:
    keys = [
        sql.read(__package__, "key", value=sql.name(name), missing=sql.literal(NONE), name=f"key_{position}")
        for position, name in enumerate(panel_keys(query))
    ]
    return sql.read(
        __package__,
        "costs_of",
        charges=panel_charges(query, lambda tags: Lines(bill.mapping, tables, tags, TRINO, bill.only)),
        metric=sql.name(query.metric),
        keys=keys,
    )


def _panel(rows: Sequence[Row], bills: Sequence[RawBill], query: PanelQuery) -> Panel:
    dimensions = len(query.group_by)
    keys = sorted({tuple(row[:dimensions]) for row in rows}, key=lambda key: [text or "" for text in key])
    place = {key: position for position, key in enumerate(keys)}
    costs = np.zeros((len(keys), query.period.days))
    for row in rows:
        *_, day, cost = row
        costs[place[tuple(row[:dimensions])], int(day or 0)] += float(cost or 0)
    scopes = [Scope.of(query.group_by, key) for key in keys]
    currencies, periods = (str(currency) for *_, currency, _, _ in rows), (bill.period for bill in bills)
    return panel_of_line_items(query, scopes, costs, currencies=currencies, periods=periods)
