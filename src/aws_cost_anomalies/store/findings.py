"""Anomalies and what people said of them: as rows, and as values of the model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from aws_cost_anomalies.model.anomaly import (
    Anomaly,
    Feedback,
    Impact,
    Kind,
    RootCause,
    Said,
    Severity,
    Status,
)
from aws_cost_anomalies.model.followed import Followed, Sighting
from aws_cost_anomalies.model.scope import Scope
from aws_cost_anomalies.store.moments import told
from aws_cost_anomalies.store.opening import Connection
from aws_cost_anomalies.store.statements import statement


def every_followed(connection: Connection) -> tuple[Followed, ...]:
    """All that were ever saved, each with the last word of the people on it."""
    found = connection.execute(statement("anomalies"))
    names = [column[0] for column in found.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return tuple(Followed(_anomaly(row), _sighting(row)) for row in rows)


def every_feedback(connection: Connection) -> dict[str, Feedback]:
    """Anomaly id → the last word of the people on it."""
    rows = connection.execute(statement("feedback")).fetchall()
    return {anomaly_id: Feedback(said) for anomaly_id, said in rows}


def words_on(connection: Connection, anomaly_id: str) -> tuple[Said, ...]:
    """What people said of an anomaly, the oldest first."""
    rows = connection.execute(statement("said", {"anomaly_id": anomaly_id})).fetchall()
    return tuple(Said(Feedback(word), note, told(at)) for word, note, at in rows)


def replace_followed(connection: Connection, followed: Sequence[Followed]) -> None:
    """Write them, each in place of the one with its id."""
    ids = [each.anomaly.anomaly_id for each in followed]
    connection.execute(statement("delete_anomalies", {"ids": ids}))
    rows = [{**_row(each.anomaly), **asdict(each.seen)} for each in followed]
    connection.execute(statement("insert_anomalies", {"anomalies": rows}))


def _row(anomaly: Anomaly) -> dict[str, object]:
    causes = [{"scope": _entries(c.scope), "contribution": c.contribution} for c in anomaly.root_causes]
    return {
        "anomaly_id": anomaly.anomaly_id,
        "monitor": anomaly.monitor,
        "scope": _entries(anomaly.scope),
        "kind": anomaly.kind.value,
        "severity": anomaly.severity.value,
        "status": anomaly.status.value,
        "score": anomaly.score,
        "start_date": anomaly.start_date,
        "end_date": anomaly.end_date,
        "detected_on": anomaly.detected_on,
        "impact": asdict(anomaly.impact),
        "root_causes": causes,
    }


def _entries(scope: Scope) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in scope.values]


def _anomaly(row: dict[str, Any]) -> Anomaly:
    return Anomaly(
        anomaly_id=row["anomaly_id"],
        monitor=row["monitor"],
        scope=Scope.from_mapping(row["scope"]),
        kind=Kind(row["kind"]),
        severity=Severity(row["severity"]),
        status=Status(row["status"]),
        score=row["score"],
        start_date=row["start_date"],
        end_date=row["end_date"],
        detected_on=row["detected_on"],
        impact=Impact(**row["impact"]),
        root_causes=_causes(row["root_causes"]),
        feedback=Feedback(row["feedback"]) if row["feedback"] else None,
    )


def _sighting(row: dict[str, Any]) -> Sighting:
    """An anomaly saved by an early version was seen in nothing that is known."""
    return Sighting(row["data_source"], row["metric"], row["currency"], row["through"] or row["end_date"])


def _causes(rows: Iterable[dict[str, Any]]) -> tuple[RootCause, ...]:
    return tuple(RootCause(Scope.from_mapping(row["scope"]), row["contribution"]) for row in rows)
