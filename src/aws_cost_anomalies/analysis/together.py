"""Several detectors as one, each seeing what the others cannot.

Knows the joint every detector offers; knows none of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from aws_cost_anomalies.analysis.marks import combine
from aws_cost_anomalies.model.anomaly import Flags
from aws_cost_anomalies.model.panel import Panel
from aws_cost_anomalies.model.ports import Detector


@dataclass(frozen=True, slots=True)
class Together:
    """At least one detector, the one that goes first where several mark a day."""

    detectors: tuple[Detector, ...]

    def detect(self, panel: Panel) -> Flags:
        """The verdicts of all: on each day that of the first that marks it."""
        return combine(*(detector.detect(panel) for detector in self.detectors))
