"""Anomalies as AWS Cost Anomaly Detection tells them; what is not said is usual."""

from __future__ import annotations

from typing import Any

MONITOR = "arn:aws:ce::111111111111:anomalymonitor/0f4c2b1a-1111-2222-3333-444455556666"


def aws_anomaly(
    name: str, first: str, last: str | None, *, service: str = "", account: str = "", region: str = "",
    usage_type: str = "", impact: float = 100.0, feedback: str = "",
) -> dict[str, Any]:  # fmt: skip
    """One anomaly, in the shape of GetAnomalies, with one root cause where any of it is said."""
    named = {"Service": service, "LinkedAccount": account, "Region": region, "UsageType": usage_type}
    cause = {key: value for key, value in named.items() if value}
    told: dict[str, Any] = {
        "AnomalyId": name,
        "AnomalyStartDate": f"{first}T00:00:00Z",
        "DimensionValue": service,
        "AnomalyScore": {"MaxScore": 0.9, "CurrentScore": 0.4},
        "Impact": {
            "MaxImpact": impact,
            "TotalImpact": impact,
            "TotalActualSpend": impact + 50.0,
            "TotalExpectedSpend": 50.0,
            "TotalImpactPercentage": 2 * impact,
        },
        "MonitorArn": MONITOR,
        "RootCauses": [{**cause, "Impact": {"Contribution": impact}}] if cause else [],
    }
    if last is not None:
        told["AnomalyEndDate"] = f"{last}T00:00:00Z"
    return told | ({"Feedback": feedback} if feedback else {})
