"""The outbox: alerts with their messages and what came of them, as rows and as values of the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from aws_cost_anomalies.model.alert import Delivery, OutboxEntry, Reason, Run, Told
from aws_cost_anomalies.store import messages
from aws_cost_anomalies.store.moments import stored, told
from aws_cost_anomalies.store.opening import Connection
from aws_cost_anomalies.store.statements import statement


def alerts(connection: Connection, on: Sequence[Delivery] | None) -> tuple[OutboxEntry, ...]:
    """The outbox, or what of it is on these ways, the oldest first."""
    deliveries = None if on is None else [delivery.value for delivery in on]
    found = connection.execute(statement("alerts", {"deliveries": deliveries}))
    names = [column[0] for column in found.description or ()]
    return tuple(_entry(dict(zip(names, row, strict=True))) for row in found.fetchall())


def add_alerts(connection: Connection, entries: Sequence[OutboxEntry]) -> None:
    """Put alerts in, but for those that are there: an alert is decided once."""
    there = {alert_id for (alert_id,) in connection.execute(statement("alert_ids")).fetchall()}
    _insert(connection, [entry for entry in entries if entry.alert_id not in there])


def replace_alerts(connection: Connection, entries: Sequence[OutboxEntry]) -> None:
    """Write what became of alerts."""
    ids = [entry.alert_id for entry in entries]
    connection.execute(statement("delete_alerts", {"ids": ids}))
    _insert(connection, entries)


def forget_alerts(connection: Connection, ids: Sequence[str]) -> None:
    """Take alerts out."""
    connection.execute(statement("delete_alerts", {"ids": list(ids)}))


def every_run(connection: Connection) -> tuple[Run, ...]:
    """Every run, the oldest first."""
    rows = connection.execute(statement("runs")).fetchall()
    return tuple(Run(told(started_at), *rest) for started_at, *rest in rows)


def add_run(connection: Connection, run: Run) -> None:
    """Write a run down."""
    connection.execute(statement("insert_run", {**asdict(run), "started_at": stored(run.started_at)}))


def _insert(connection: Connection, entries: Sequence[OutboxEntry]) -> None:
    rows = [_row(entry) for entry in entries]
    connection.execute(statement("insert_alerts", {"alerts": rows}))


def _row(entry: OutboxEntry) -> dict[str, object]:
    return {
        "alert_id": entry.alert_id,
        "subscription": entry.subscription,
        "channel": entry.channel,
        "reason": entry.reason.value,
        "because": entry.because,
        "told": [asdict(each) for each in entry.told],
        "message": messages.written(entry.message),
        "created_at": stored(entry.created_at),
        "delivery": entry.delivery.value,
        "attempts": entry.attempts,
        "not_before": stored(entry.not_before) if entry.not_before else None,
        "may_repeat": entry.may_repeat,
        "detail": entry.detail,
        "reference": entry.reference,
        "sent_at": stored(entry.sent_at) if entry.sent_at else None,
    }


def _entry(row: Mapping[str, Any]) -> OutboxEntry:
    return OutboxEntry(
        alert_id=row["alert_id"],
        subscription=row["subscription"],
        channel=row["channel"],
        reason=Reason(row["reason"]),
        because=row["because"],
        told=tuple(Told(**each) for each in row["told"]),
        message=messages.read(row["message"]),
        created_at=told(row["created_at"]),
        delivery=Delivery(row["delivery"]),
        attempts=row["attempts"],
        not_before=told(row["not_before"]) if row["not_before"] else None,
        may_repeat=row["may_repeat"],
        detail=row["detail"],
        reference=row["reference"],
        sent_at=told(row["sent_at"]) if row["sent_at"] else None,
    )
