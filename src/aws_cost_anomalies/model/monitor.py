"""Monitor, as AWS Cost Anomaly Detection means it: which spend is watched, how closely, what is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from aws_cost_anomalies.model.anomaly import Anomaly, Kind
from aws_cost_anomalies.model.scope import NONE, Scope

STILL_NEW = timedelta(days=28)
"""After its first day; then the level of new spend is the usual one."""


class Direction(StrEnum):
    """Which moves are told."""

    BOTH = "both"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Monitor:
    """What is watched.

    Attributes:
        name: the anomalies carry it.
        within: only charges of this slice.
        group_by: levels, `service, service+account`.
        first_seen: further levels, of which only spend never seen before is told.
        sensitivity: low, medium, high, or a score.
        minimum_impact: less total impact than this is left out, in currency.
    """

    name: str
    group_by: str
    sensitivity: str
    minimum_impact: float
    first_seen: str = ""
    within: Scope = field(default_factory=Scope)
    direction: Direction = Direction.BOTH
    only_new: bool = False
    """Whether it looks at one of those further levels."""

    def wanted(self, anomalies: Sequence[Anomaly]) -> tuple[Anomaly, ...]:
        """Those that this monitor watches, of one level.

        Where only new spend is told, what rises further within four weeks of its first day is too.
        """
        found = tuple(anomaly for anomaly in anomalies if self.wants(anomaly))
        if not self.only_new:
            return found
        named = [each for each in found if NONE not in each.scope.as_dict().values()]
        born = [(each.scope, each.start_date) for each in named if each.kind is Kind.NEW]
        return tuple(
            each
            for each in named
            if any(
                scope == each.scope and timedelta(0) <= each.start_date - day <= STILL_NEW
                for scope, day in born
            )
        )

    def wants(self, anomaly: Anomaly) -> bool:
        """Whether the anomaly goes the way that this monitor watches."""
        if self.only_new and not anomaly.kind.is_increase:
            return False
        if self.direction is Direction.BOTH:
            return True
        return anomaly.kind.is_increase is (self.direction is Direction.UP)
