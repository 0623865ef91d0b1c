"""The anomalies of AWS Cost Anomaly Detection: as rows, and as values of the model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aws_cost_anomalies.model.anomaly import Feedback, RootCause
from aws_cost_anomalies.model.aws_anomaly import AwsAnomaly
from aws_cost_anomalies.model.scope import Scope
from aws_cost_anomalies.store.opening import Connection
from aws_cost_anomalies.store.statements import statement


def every_aws_anomaly(connection: Connection) -> tuple[AwsAnomaly, ...]:
    """All that were ever imported, the oldest first."""
    found = connection.execute(statement("aws_anomalies"))
    names = [column[0] for column in found.description or ()]
    return tuple(_anomaly(dict(zip(names, row, strict=True))) for row in found.fetchall())


def replace_aws_anomalies(connection: Connection, anomalies: Sequence[AwsAnomaly]) -> None:
    """Write them, each in place of the one with its id."""
    ids = [anomaly.anomaly_id for anomaly in anomalies]
    connection.execute(statement("delete_aws_anomalies", {"ids": ids}))
    rows = [_row(anomaly) for anomaly in anomalies]
    connection.execute(statement("insert_aws_anomalies", {"anomalies": rows}))


def _row(anomaly: AwsAnomaly) -> dict[str, object]:
    causes = [
        {
            "scope": [{"key": key, "value": value} for key, value in cause.scope.values],
            "contribution": cause.contribution,
        }
        for cause in anomaly.root_causes
    ]
    return {
        "anomaly_id": anomaly.anomaly_id,
        "monitor": anomaly.monitor,
        "start_date": anomaly.start_date,
        "end_date": anomaly.end_date,
        "dimension_value": anomaly.dimension_value,
        "max_score": anomaly.max_score,
        "max_impact": anomaly.max_impact,
        "total_impact": anomaly.total_impact,
        "total_actual_spend": anomaly.total_actual_spend,
        "total_expected_spend": anomaly.total_expected_spend,
        "root_causes": causes,
        "feedback": anomaly.feedback.value if anomaly.feedback else None,
    }


def _anomaly(row: dict[str, Any]) -> AwsAnomaly:
    causes = tuple(
        RootCause(Scope.from_mapping(cause["scope"]), cause["contribution"]) for cause in row["root_causes"]
    )
    feedback = Feedback(row["feedback"]) if row["feedback"] else None
    return AwsAnomaly(**{**row, "root_causes": causes, "feedback": feedback})
