"""What AWS Cost Anomaly Detection says: its anomalies, in its own words, and how they stand beside ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from aws_cost_anomalies.model.anomaly import Feedback, RootCause
from aws_cost_anomalies.model.period import Period

NAME = "AWS Cost Anomaly Detection"
"""Who tells of them."""


@dataclass(frozen=True, slots=True)
class AwsAnomaly:
    """An anomaly of AWS Cost Anomaly Detection.

    Attributes:
        monitor: the ARN of its monitor.
        end_date: its last day, inclusive; None while AWS gives none.
        dimension_value: what its monitor watches one by one, e.g. a service.
        max_score: the highest of AWS's anomaly scores.
        root_causes: AWS's own, with services under our names.
        feedback: what was said of it in AWS.
    """

    anomaly_id: str
    monitor: str
    start_date: date
    end_date: date | None
    dimension_value: str
    max_score: float
    max_impact: float
    total_impact: float
    total_actual_spend: float | None
    total_expected_spend: float | None
    root_causes: tuple[RootCause, ...] = ()
    feedback: Feedback | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """AWS's anomalies beside ours.

    Attributes:
        imported_at: when AWS was last asked.
        period: the days it was asked for.
        both: id of ours → AWS's that tell of the same.
        only_aws: what AWS tells alone, the largest money first.
        only_ours: ids of our increases that AWS does not tell; it tells of no decreases.
    """

    imported_at: datetime
    period: Period
    both: Mapping[str, tuple[AwsAnomaly, ...]]
    only_aws: tuple[AwsAnomaly, ...]
    only_ours: tuple[str, ...]
