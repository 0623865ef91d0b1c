"""Monitor, as AWS Cost Anomaly Detection means it: which spend is watched, how closely, what is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from aws_cost_anomalies.model.anomaly import Anomaly, Kind
from aws_cost_anomalies.model.scope import NONE, Scope


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

    def wants(self, anomaly: Anomaly) -> bool:
        """Whether the anomaly is of the kind, and goes the way, that this monitor watches."""
        if self.only_new and (anomaly.kind is not Kind.NEW or NONE in anomaly.scope.as_dict().values()):
            return False
        if self.direction is Direction.BOTH:
            return True
        return anomaly.kind.is_increase is (self.direction is Direction.UP)
