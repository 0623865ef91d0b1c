"""Anomalies that the store remembers, from the day they were first seen to the end of their life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aws_cost_anomalies.model.anomaly import Anomaly


@dataclass(frozen=True, slots=True)
class Sighting:
    """What an anomaly was seen in.

    Attributes:
        metric: FOCUS column.
        currency: of its amounts.
        through: the last day with data when it was judged last; its amounts are those of that day.
    """

    data_source: str
    metric: str
    currency: str
    through: date


@dataclass(frozen=True, slots=True)
class Followed:
    """An anomaly as it was judged last, and what it was seen in."""

    anomaly: Anomaly
    seen: Sighting
