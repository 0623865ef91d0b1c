"""Planned changes: spend that is expected to move, so that nobody needs to be told."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cost_anomalies.model.anomaly import Anomaly
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Scope

MOSTLY = 0.8
"""Share of an anomaly that lies in what was announced."""
DAYS_AHEAD = 2
"""A move told late may take in so many days before its own, since these happened to cost more as well."""


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

        What began a day or two before them was too, if it was first told in them.
        One of another scope is too when four fifths of it, by its root causes, lie in this one.
        """
        impact = anomaly.impact.total_impact
        ahead = (self.days.start - anomaly.start_date).days
        is_told = 0 < ahead <= DAYS_AHEAD and anomaly.detected_on in self.days
        if not (anomaly.start_date in self.days or is_told):
            return False
        if self.scope.contains(anomaly.scope):
            return self._is_enough_for(impact)
        moved = sum(abs(cause.contribution) for cause in anomaly.root_causes)
        carried = sum(c.contribution for c in anomaly.root_causes if self.scope.contains(c.scope))
        is_most = carried * impact > 0 and abs(carried) >= MOSTLY * max(moved, abs(impact))
        return is_most and self._is_enough_for(impact) and self._is_enough_for(carried)

    def _is_enough_for(self, money: float) -> bool:
        """Whether so much was announced."""
        return self.at_most is None or abs(money) <= self.at_most
