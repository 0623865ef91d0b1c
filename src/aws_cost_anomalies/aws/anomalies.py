"""The anomalies of AWS Cost Anomaly Detection, asked page by page. AWS does not charge for asking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from aws_cost_anomalies.aws.failures import translated
from aws_cost_anomalies.aws.pages import pages
from aws_cost_anomalies.aws.session import client
from aws_cost_anomalies.errors import ServiceUnavailable
from aws_cost_anomalies.model.anomaly import Feedback, RootCause
from aws_cost_anomalies.model.aws_anomaly import NAME, AwsAnomaly
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Scope
from aws_cost_anomalies.model.services import canonical

_KEYS = {
    "Service": "ServiceName",
    "LinkedAccount": "SubAccountId",
    "Region": "RegionId",
    "UsageType": "x_UsageType",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What AWS answered, and over how many pages."""

    anomalies: tuple[AwsAnomaly, ...]
    pages: int


def cost_anomalies(period: Period, *, profile: str | None, region: str | None) -> Told:
    """Every anomaly that AWS detected in these days, over all pages.

    Raises:
        AccessDenied, CredentialsError, SettingsError: as they happen.
        ServiceUnavailable: it does not answer, or its answer makes no sense.
    """
    asked = client("ce", profile=profile, region=region)
    interval = {"StartDate": str(period.start), "EndDate": str(period.last_day)}
    question = {"DateInterval": interval, "MaxResults": 100}
    found: dict[str, AwsAnomaly] = {}
    count = 0
    try:
        with translated("ce:GetAnomalies", profile=profile):
            for page in pages(asked.get_anomalies, question, of=NAME, token="NextPageToken"):
                count += 1
                found |= {told.anomaly_id: told for told in map(_anomaly, page["Anomalies"])}
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise ServiceUnavailable(NAME, "its answer cannot be read") from error
    return Told(tuple(found.values()), count)


def _anomaly(told: Mapping[str, Any]) -> AwsAnomaly:
    impact = told["Impact"]
    start = _day(told.get("AnomalyStartDate"))
    if start is None:
        raise ValueError(told["AnomalyId"])
    return AwsAnomaly(
        anomaly_id=told["AnomalyId"],
        monitor=told["MonitorArn"],
        start_date=start,
        end_date=_day(told.get("AnomalyEndDate")),
        dimension_value=_name("Service", told.get("DimensionValue") or ""),
        max_score=float(told["AnomalyScore"]["MaxScore"]),
        max_impact=float(impact["MaxImpact"]),
        total_impact=float(impact.get("TotalImpact") or 0.0),
        total_actual_spend=impact.get("TotalActualSpend"),
        total_expected_spend=impact.get("TotalExpectedSpend"),
        root_causes=tuple(map(_cause, told.get("RootCauses") or ())),
        feedback=Feedback(told["Feedback"]) if told.get("Feedback") else None,
    )


def _cause(told: Mapping[str, Any]) -> RootCause:
    values = {key: _name(name, told[name]) for name, key in _KEYS.items() if told.get(name)}
    return RootCause(Scope.from_mapping(values), float(told.get("Impact", {}).get("Contribution", 0.0)))


def _name(kind: str, value: str) -> str:
    """A service under our name; anything else as it is."""
    known = canonical(value) if kind == "Service" else None
    return known.name if known else value


def _day(text: str | None) -> date | None:
    """The day of `2026-11-14` or `2026-11-14T00:00:00Z`."""
    return date.fromisoformat(text[:10]) if text else None
