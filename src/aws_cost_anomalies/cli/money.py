"""Amounts as people read them on a terminal: the words of the model, and the colour of a change."""

from __future__ import annotations

import math

from aws_cost_anomalies.model.money import UNKNOWN as UNKNOWN
from aws_cost_anomalies.model.money import amount as amount
from aws_cost_anomalies.model.money import cents_that_add_up as cents_that_add_up
from aws_cost_anomalies.model.money import percentage as percentage
from aws_cost_anomalies.model.money import share as share
from aws_cost_anomalies.model.money import signed as signed


def style_of(change: float | None) -> str:
    """Red for what costs more, green for what costs less, nothing for what costs the same."""
    if change is None or math.isnan(change) or round(change, 2) == 0:
        return ""
    return "red" if change > 0 else "green"
