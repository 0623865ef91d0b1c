"""Days that nobody delivered, between the first and the last day of a data source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from aws_cost_anomalies.model.load import Load
from aws_cost_anomalies.model.period import Period


def gaps(loads: Sequence[Load]) -> dict[str, tuple[Period, ...]]:
    """Data source → the runs of days without a charge between its first and its last one; none left out."""
    covered: dict[str, list[Period]] = {}
    for load in loads:
        if load.covered is not None:
            covered.setdefault(load.data_source, []).append(load.covered)
    found = {source: _between(sorted(periods)) for source, periods in covered.items()}
    return {source: between for source, between in found.items() if between}


def _between(periods: Sequence[Period]) -> tuple[Period, ...]:
    reached: date = periods[0].end
    found = []
    for period in periods[1:]:
        if period.start > reached:
            found.append(Period(reached, period.start))
        reached = max(reached, period.end)
    return tuple(found)
