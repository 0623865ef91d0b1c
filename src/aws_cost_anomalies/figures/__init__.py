"""Numbers as people and models write them: what a text says, and how exactly."""

from aws_cost_anomalies.figures.said import Said, Unit, said
from aws_cost_anomalies.figures.words import EVERYDAY

__all__ = ["EVERYDAY", "Said", "Unit", "said"]
