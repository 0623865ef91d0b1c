"""What happens on the bill: each planted anomaly with its scope, days and impact, and ordinary patterns."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Scope
from aws_cost_anomalies.model.services import canonical
from aws_cost_anomalies.sources.sample.tables import EVENTS, PRODUCTS, REGIONS, WORKLOADS, Event, Workload
from aws_cost_anomalies.sources.sample.usage import Usage


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happens.

    Attributes:
        kind: kind of anomaly, or the name of an ordinary pattern.
        scope: where; a dimension that is not named may have any value.
        impact: effective cost it adds over its days, USD; None where nothing was planted.
    """

    kind: str
    days: Period
    scope: Scope
    impact: float | None
    note: str


def anomalies(
    planted: Mapping[str, Usage], ordinary: Mapping[str, Usage], period: Period
) -> tuple[Happening, ...]:
    """The planted anomalies by day; their impact is what the same bill without them does not cost.

    Args:
        planted: workload name → usage with the anomalies.
        ordinary: the same without; a workload that does not exist then is absent.
        period: the bill's days.
    """
    found = []
    for events in _grouped(event for event in EVENTS if event.kind):
        days = slice(period.index(events[0].start), period.index(events[0].end) + 1)
        impact = sum(_cost(planted, e.workload, days) - _cost(ordinary, e.workload, days) for e in events)
        found.append(_happening(events, events[0].kind, round(impact, 2)))
    return tuple(sorted(found, key=lambda happening: (happening.days, happening.scope)))


def ordinary_patterns() -> tuple[Happening, ...]:
    """What moves the cost for a good reason: no alert is due."""
    return tuple(_happening([event], event.event, None) for event in EVENTS if not event.kind)


def _cost(usages: Mapping[str, Usage], workload: str, days: slice) -> float:
    return math.fsum(usages[workload].effective[:, days].flat) if workload in usages else 0.0


def _grouped(events: Iterable[Event]) -> list[list[Event]]:
    groups: dict[str, list[Event]] = {}
    for event in events:
        groups.setdefault(event.event, []).append(event)
    return list(groups.values())


def _happening(events: Sequence[Event], kind: str, impact: float | None) -> Happening:
    hit = [WORKLOADS[event.workload] for event in events]
    values = {
        "ServiceName": {_service_name(workload) for workload in hit},
        "SubAccountId": {workload.account for workload in hit},
        "RegionId": {REGIONS[workload.region].region for workload in hit},
        "x_UsageType": {REGIONS[workload.region].prefix + workload.usage_type for workload in hit},
    }
    scope = {key: found.pop() for key, found in values.items() if len(found) == 1 and found != {""}}
    days = Period(events[0].start, events[0].end + ONE_DAY)
    return Happening(kind, days, Scope.from_mapping(scope), impact, events[0].note)


def _service_name(workload: Workload) -> str:
    known = canonical(workload.service)
    return known.name if known else PRODUCTS[workload.service].product_name
