"""What programs are told: values as JSON knows them, and the objects that several documents hold."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aws_cost_anomalies.model.anomaly import Anomaly

SCHEMA = 1
"""Version of the JSON documents; it changes when a key changes its meaning or goes."""
PLACES = 6
"""Decimals of money in JSON and CSV."""


def plain(value: object) -> object:
    """The value as JSON knows it: money rounded, an unknown number null, days and words as text."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (float, Decimal)):
        return round(float(value), PLACES) + 0.0 if math.isfinite(value) else None
    if value is None or isinstance(value, (bool, int)):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def anomaly_object(anomaly: Anomaly) -> dict[str, object]:
    """An anomaly as its JSON object."""
    return {
        "anomaly_id": anomaly.anomaly_id,
        "monitor": anomaly.monitor,
        "scope": anomaly.scope.as_dict(),
        **({"filter": anomaly.watched.as_dict()} if anomaly.watched.values else {}),
        "kind": anomaly.kind,
        "severity": anomaly.severity,
        "status": anomaly.status,
        "score": anomaly.score,
        "start_date": anomaly.start_date,
        "end_date": anomaly.end_date,
        "detected_on": anomaly.detected_on,
        "impact": asdict(anomaly.impact),
        "root_causes": [
            {"scope": cause.scope.as_dict(), "contribution": cause.contribution}
            for cause in anomaly.root_causes
        ],
        "feedback": anomaly.feedback,
    }
