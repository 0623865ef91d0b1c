"""A bill takes the place of what the store held of it: one transaction, exact to the last digit.

The statements stop at the first error: DuckDB's COMMIT after an error reports success and keeps nothing.
"""

from __future__ import annotations

from datetime import date, datetime

from aws_cost_anomalies import sql
from aws_cost_anomalies.model.bill import DailyCharges, RawBill
from aws_cost_anomalies.model.focus import SUMMARY
from aws_cost_anomalies.model.load import Load, Restatement
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import NONE
from aws_cost_anomalies.store.cover import cover, is_month
from aws_cost_anomalies.store.exactness import check
from aws_cost_anomalies.store.loads import insert_load, load_of, newest_loads, restatement
from aws_cost_anomalies.store.opening import Connection


def replace(
    connection: Connection, bill: RawBill, charges: DailyCharges, *, now: datetime, settle_hours: int
) -> Load:
    """The record of the bill, loaded; the caller has begun a transaction, and commits it.

    Raises:
        BadBill: what would be held is not what the bill's line items add up to.
    """
    restated = _restated(connection, bill, charges, settle_hours=settle_hours)
    load = load_of(bill, charges, loaded_at=now, restated=restated)
    connection.execute(_over_replaced("delete_replaced"), _replaced(bill))
    connection.execute(
        sql.read(__package__, "sql/insert_charges", columns=sql.names(c.name for c in SUMMARY)),
        {**_unit(bill), "charges": str(charges.path)},
    )
    insert_load(connection, load)
    check(connection, load)
    return load


def _restated(
    connection: Connection, bill: RawBill, charges: DailyCharges, *, settle_hours: int
) -> tuple[Restatement, ...]:
    """What the new charges change on days that were settled before."""
    loads = [load for load in newest_loads(connection, bill.data_source) if load.export == bill.export]
    days = _touched(bill, charges)
    before = cover(loads, days, as_of=date.max, settle_hours=settle_hours)
    closed = [day for day, is_settled in zip(days, before.settled, strict=True) if is_settled]
    if not closed:
        return ()
    parameters = {**_replaced(bill), "charges": str(charges.path), "closed": closed}
    rows = connection.execute(_over_replaced("restated", missing=sql.literal(NONE)), parameters).fetchall()
    return tuple(restatement(row) for row in rows)


def _touched(bill: RawBill, charges: DailyCharges) -> Period:
    covered = charges.covered or bill.period
    return Period(min(bill.period.start, covered.start), max(bill.period.end, covered.end))


def _over_replaced(statement: str, **fill: str) -> str:
    return sql.read(__package__, f"sql/{statement}", replaced=sql.read(__package__, "sql/replaced"), **fill)


def _unit(bill: RawBill) -> dict[str, object]:
    return {
        "data_source": bill.data_source,
        "export": bill.export,
        "billing_period": bill.billing_period,
    }


def _replaced(bill: RawBill) -> dict[str, object]:
    days = {"start": bill.period.start, "end": bill.period.end}
    return {**_unit(bill), **days, "is_month": is_month(bill.billing_period)}
