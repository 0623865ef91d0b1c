"""Line items = daily charges = load record: held against each other to the last digit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from aws_cost_anomalies import sql
from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.model.focus import METRICS
from aws_cost_anomalies.model.load import Load
from aws_cost_anomalies.store.cover import is_named
from aws_cost_anomalies.store.loads import newest_loads
from aws_cost_anomalies.store.opening import Connection
from aws_cost_anomalies.store.statements import statement

_METRIC_NAMES = [metric.name for metric in METRICS]


def check(connection: Connection, load: Load) -> None:
    """Hold what the store has of a bill against what its line items added up to.

    Raises:
        BadBill: they differ, or the bill holds charges of days it does not speak for.
    """
    _check_record(connection, load)
    rows = _held(connection, load)
    compared = (
        ("rows", load.rows, sum(row["summary_rows"] for row in rows)),
        ("line items", load.line_items, sum(row["line_items"] for row in rows)),
        ("dated rows", load.rows, sum(row["dated"] for row in rows)),
        ("sums", _stated(load.totals), _stated({row["currency"]: row for row in rows})),
    )
    for what, wanted, there in compared:
        if wanted != there:
            raise BadBill(_name(load), f"the {what} of its line items are {wanted}, of its days {there}")
    if not is_named(load.billing_period) and load.rows != sum(row["inside"] for row in rows):
        raise BadBill(_name(load), f"it holds charges of other days than {load.period}")


def _check_record(connection: Connection, load: Load) -> None:
    record = replace(load, restated=())
    if record not in newest_loads(connection, load.data_source):
        raise BadBill(_name(load), "its load record could not be read back")


def _held(connection: Connection, load: Load) -> list[dict[str, Any]]:
    """One row per currency."""
    bill = {
        "data_source": load.data_source,
        "export": load.export,
        "billing_period": load.billing_period,
        "start": load.period.start,
        "end": load.period.end,
    }
    found = connection.execute(statement("held_totals", bill, metrics=sql.names(_METRIC_NAMES)))
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _stated(totals: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Decimal]]:
    """Totals without the metrics that nothing states."""
    return {
        currency: {name: sums[name] for name in _METRIC_NAMES if sums.get(name) is not None}
        for currency, sums in totals.items()
    }


def _name(load: Load) -> str:
    return f"The bill {load.billing_period} of {load.export}"
