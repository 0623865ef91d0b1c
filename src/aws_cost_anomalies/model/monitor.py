"""Monitor, as AWS Cost Anomaly Detection means it: which spend is watched, how closely, what is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from aws_cost_anomalies.model.scope import Scope

if TYPE_CHECKING:
    from aws_cost_anomalies.model.anomaly import Anomaly


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
        sensitivity: low, medium, high, or a score.
        minimum_impact: less total impact than this is left out, in currency.
    """

    name: str
    group_by: str
    sensitivity: str
    minimum_impact: float
    within: Scope = field(default_factory=Scope)
    direction: Direction = Direction.BOTH

    def wants(self, anomaly: Anomaly) -> bool:
        """Whether the anomaly goes the way this monitor watches."""
        if self.direction is Direction.BOTH:
            return True
        return anomaly.kind.is_increase is (self.direction is Direction.UP)
