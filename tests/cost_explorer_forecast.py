"""What the double of Cost Explorer says of days to come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any


def forecast(daily: Decimal, spans: Sequence[tuple[date, date]], *, unit: str) -> dict[str, Any]:
    """An answer in which each day costs so much, a tenth up or down; a span is a day or month."""
    means = [(start, end, daily * (end - start).days) for start, end in spans]
    return {
        "Total": {"Amount": format(sum(mean for *_, mean in means), "f"), "Unit": unit},
        "ForecastResultsByTime": [
            {
                "TimePeriod": {"Start": str(start), "End": str(end)},
                "MeanValue": format(mean, "f"),
                "PredictionIntervalLowerBound": format(mean * 9 / 10, "f"),
                "PredictionIntervalUpperBound": format(mean * 11 / 10, "f"),
            }
            for start, end, mean in means
        ],
    }
