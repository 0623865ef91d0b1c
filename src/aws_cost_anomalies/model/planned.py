"""Planned changes: spend that is expected to move, so that nobody needs to be told."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cost_anomalies.model.anomaly import Anomaly
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Scope


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """A move that its owner announced.

    Attributes:
        scope: dimension key → value; anomalies of it, and inside it, are meant.
        days: when.
        owner: who announced it.
        at_most: |impact| it covers, in currency; None means any.
        note: why.
    """

    scope: Scope
    days: Period
    owner: str
    at_most: float | None = None
    note: str = ""

    def covers(self, anomaly: Anomaly) -> bool:
        """Whether an anomaly is what was announced: its scope, begun in its days, not beyond its money."""
        is_within_money = self.at_most is None or abs(anomaly.impact.total_impact) <= self.at_most
        return self.scope.contains(anomaly.scope) and anomaly.start_date in self.days and is_within_money
