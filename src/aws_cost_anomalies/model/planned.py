"""Planned changes: spend that is expected to move, so that nobody needs to be told."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cost_anomalies.model.anomaly import Anomaly
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Scope

MOSTLY = 0.8
"""Share of an anomaly that lies in what was announced."""


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
        """Whether an anomaly is what was announced: its scope, begun in its days, not beyond its money.

        One of another scope is too when four fifths of it, by its root causes, lie in this one.
        """
        impact = anomaly.impact.total_impact
        is_within_money = self.at_most is None or abs(impact) <= self.at_most
        if anomaly.start_date not in self.days or not is_within_money:
            return False
        carried = sum(c.contribution for c in anomaly.root_causes if self.scope.contains(c.scope))
        return self.scope.contains(anomaly.scope) or (impact != 0 and carried / impact >= MOSTLY)
