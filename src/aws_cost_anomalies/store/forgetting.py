"""What an export has loaded is dropped: each of its bills becomes a delivery without charges.

A range `FROM..TO` that brings nothing says that nothing was spent; dropped, it speaks for no day.
"""

from __future__ import annotations

import dataclasses
from datetime import datetime

from aws_cost_anomalies.errors import NoData
from aws_cost_anomalies.model.load import Load
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.store.cover import is_named
from aws_cost_anomalies.store.loads import insert_load, newest_loads
from aws_cost_anomalies.store.opening import Connection
from aws_cost_anomalies.store.statements import statement


def forget(
    connection: Connection, data_source: str, export: str, *, month: str | None, now: datetime
) -> tuple[Load, ...]:
    """The records of what was dropped, as they were; the caller has begun a transaction, and commits it.

    That it moves closed days is not on record: no bill was restated.

    Args:
        connection: in a transaction.
        data_source: of the export.
        export: its name.
        month: `YYYY-MM`, the only billing period to drop; None means all.
        now: recorded.

    Raises:
        NoData: nothing of it is loaded.
    """
    held = [load for load in newest_loads(connection, data_source) if load.files or load.rows]
    dropped = [load for load in held if load.export == export and month in {None, load.billing_period}]
    if not dropped:
        there = ", ".join(dict.fromkeys(load.export for load in held)) or "none"
        of_month = f" in {month}" if month else ""
        raise NoData(f"of the export {export}{of_month}", f"Exports that are loaded: {there}.")
    for load in dropped:
        _drop(connection, load, now)
    return tuple(dropped)


def _drop(connection: Connection, load: Load, now: datetime) -> None:
    unit = {"data_source": load.data_source, "export": load.export, "billing_period": load.billing_period}
    days = {"start": load.period.start, "end": load.period.end, "is_named": is_named(load.billing_period)}
    connection.execute(statement("delete_replaced", replaced=statement("replaced", {**unit, **days})))
    period = load.period if is_named(load.billing_period) else Period(load.period.start, load.period.start)
    empty = dataclasses.replace(
        load, period=period, version="", loaded_at=now, files=(), line_items=0, rows=0, totals={},
        covered=None, execution="", manifest_etag="",
    )  # fmt: skip
    insert_load(connection, empty, restated=statement("moved_nothing"))
