"""A bill takes the place of what the store held of it: one transaction, exact to the last digit.

The statements stop at the first error: DuckDB's COMMIT after an error reports success and keeps nothing.
"""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

from aws_cost_anomalies import sql
from aws_cost_anomalies.model.bill import ANY_DAY, DailyCharges, RawBill
from aws_cost_anomalies.model.focus import SUMMARY
from aws_cost_anomalies.model.load import Load
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import NONE
from aws_cost_anomalies.store import twice
from aws_cost_anomalies.store.cover import cover, is_named
from aws_cost_anomalies.store.exactness import check
from aws_cost_anomalies.store.loads import insert_load, load_of, newest_loads
from aws_cost_anomalies.store.opening import Connection
from aws_cost_anomalies.store.statements import statement


def replace(
    connection: Connection,
    bill: RawBill,
    charges: DailyCharges,
    *,
    now: datetime,
    settle_hours: int,
    earlier: int,
) -> Load:
    """The record of the bill, loaded; the caller has begun a transaction, and commits it.

    Args:
        connection: to the copy.
        bill: what is loaded.
        charges: its own.
        now: when.
        settle_hours: how long after its end a day of its data source is complete.
        earlier: the last load of earlier runs; what only this run has loaded cannot be restated yet.

    Raises:
        BadBill: what would be held is not what the bill's line items add up to, would count twice, or would
            take the place of another payer's bill.
    """
    bill = _bounded(bill, charges)
    load = load_of(bill, charges, loaded_at=now)
    closed = _closed_days(connection, load, settle_hours=settle_hours, earlier=earlier)
    connection.execute(sql.threads_for(charges.rows))
    unit = {"data_source": bill.data_source, "export": bill.export, "billing_period": bill.billing_period}
    days = {"start": bill.period.start, "end": bill.period.end, "is_named": is_named(bill.billing_period)}
    replaced = statement("replaced", {**unit, **days})
    new = {"charges": str(charges.path)}
    moved = statement("restated", {**new, "closed": closed, "missing": NONE}, replaced=replaced)
    restated = insert_load(connection, load, restated=moved)
    twice.refuse_other_payer(connection, load, charges, replaced=replaced)
    connection.execute(statement("delete_replaced", replaced=replaced))
    twice.refuse_double(connection, load, charges)
    columns = sql.names(column.name for column in SUMMARY)
    connection.execute(statement("insert_charges", {**unit, **new}, columns=columns))
    check(connection, load)
    return dataclasses.replace(load, restated=restated)


def _bounded(bill: RawBill, charges: DailyCharges) -> RawBill:
    """The bill with the days it has, where it could speak for any day until it was read."""
    if bill.period != ANY_DAY:
        return bill
    return dataclasses.replace(bill, period=charges.covered or Period(ANY_DAY.start, ANY_DAY.start))


def _closed_days(connection: Connection, load: Load, *, settle_hours: int, earlier: int) -> list[date]:
    """The days with charges before or after the load that were settled before the run it is part of."""
    known = newest_loads(connection, load.data_source, through=earlier)
    loads = [other for other in known if other.export == load.export]
    charged = [other.covered for other in (load, *loads) if other.covered]
    if not charged:
        return []
    days = Period(min(days.start for days in charged), max(days.end for days in charged))
    before = cover(loads, days, as_of=date.max, settle_hours=settle_hours)
    return [day for day, is_settled in zip(days, before.settled, strict=True) if is_settled]
