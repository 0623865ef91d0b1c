"""The ledger of paid API calls."""

from __future__ import annotations

from aws_cost_anomalies.model.load import ApiCall
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.store.moments import stored, told
from aws_cost_anomalies.store.opening import Connection
from aws_cost_anomalies.store.statements import statement


def add_call(connection: Connection, call: ApiCall) -> None:
    """Add a line."""
    line = {
        "called_at": stored(call.called_at),
        "service": call.service,
        "operation": call.operation,
        "requests": call.requests,
        "usd": call.usd,
        "note": call.note,
    }
    connection.execute(statement("insert_api_call", line))


def calls(connection: Connection, period: Period | None) -> tuple[ApiCall, ...]:
    """The lines of a period, or all, the oldest first."""
    days = {"start": period.start if period else None, "end": period.end if period else None}
    rows = connection.execute(statement("api_calls", days)).fetchall()
    return tuple(ApiCall(told(called_at), *rest) for called_at, *rest in rows)
