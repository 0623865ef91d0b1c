"""Which subscription an anomaly concerns, and why not.

Knows scopes and money; knows no platform and no history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from aws_cost_anomalies.model.alert import Subscription
from aws_cost_anomalies.model.anomaly import Anomaly, Severity

MOSTLY = 0.5
"""The share of an impact that makes it the business of a slice that the anomaly's own scope does not name."""
GRAVITY = {Severity.INFO: 0, Severity.WARNING: 1, Severity.CRITICAL: 2}
ACCOUNT = "SubAccountId"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An anomaly that may be told.

    Attributes:
        mostly: dimension key → the value that carries most of the impact, where one does.
        hushed: why it need not be told to anybody: planned, or feedback; empty when it may be.
    """

    anomaly: Anomaly
    mostly: Mapping[str, str] = field(default_factory=dict)
    hushed: str = ""

    def value(self, key: str) -> str:
        """The value of a dimension that it lies in, or mostly lies in; empty when it is spread."""
        return self.anomaly.scope.as_dict().get(key) or self.mostly.get(key, "")


def carriers(anomaly: Anomaly) -> dict[str, str]:
    """Dimension key → the value that carries most of an anomaly's impact, from its root causes."""
    sums: dict[tuple[str, str], float] = {}
    for cause in anomaly.root_causes:
        for pair in cause.scope.values:
            sums[pair] = sums.get(pair, 0.0) + cause.contribution
    total = anomaly.impact.total_impact
    return {key: value for (key, value), part in sums.items() if total and part / total > MOSTLY}


def why_not(candidate: Candidate, subscription: Subscription) -> str:
    """Why an anomaly is not of a subscription; empty when it is."""
    anomaly = candidate.anomaly
    if subscription.monitors and anomaly.monitor not in subscription.monitors:
        return f"monitor {anomaly.monitor} is not among its monitors"
    account = candidate.value(ACCOUNT)
    if subscription.accounts and account not in subscription.accounts:
        return f"account {account} is not among its accounts" if account else "it is spread over accounts"
    for key, wanted in subscription.within.values:
        if candidate.value(key) != wanted:
            return f"it is not, or not mostly, in {key} {wanted}"
    if GRAVITY[anomaly.severity] < GRAVITY[subscription.severity]:
        return f"severity {anomaly.severity} is below {subscription.severity}"
    return _too_small(anomaly, subscription)


def _too_small(anomaly: Anomaly, subscription: Subscription) -> str:
    impact, percent = abs(anomaly.impact.total_impact), anomaly.impact.total_impact_percentage
    is_money = impact >= subscription.minimum_impact
    is_share = percent is None or abs(percent) >= subscription.minimum_percent
    if is_money and is_share or subscription.is_either and (is_money or is_share):
        return ""
    if not is_money:
        return f"its impact of {impact:,.2f} is below {subscription.minimum_impact:,.2f}"
    return f"its impact of {abs(percent or 0.0):,.0f} % is below {subscription.minimum_percent:,.0f} %"
