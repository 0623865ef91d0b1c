"""Events grouped into deeds: what one actor did, how often, and what has most to do with the anomaly.

Knows events; asks nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from aws_cost_anomalies.model.activity import Deed, Event

STARTS = (
    "Run", "Create", "Start", "Purchase", "Put", "Update", "Modify", "Resize", "Scale", "Restore", "Request",
    "Allocate", "Register", "Invoke", "Copy", "Enable", "Launch",
)  # fmt: skip
STOPS = (
    "Terminate",
    "Delete",
    "Stop",
    "Release",
    "Remove",
    "Cancel",
    "Disable",
    "Deregister",
    "Modify",
    "Update",
)
SHOWN = 3
"""Resources named of a deed."""


def deeds_of(
    events: Iterable[Event], *, sources: Collection[str], resources: Sequence[str], is_increase: bool
) -> tuple[Deed, ...]:
    """The events of these sources, or about these resources, grouped; the most telling first.

    First what names a resource that carries the anomaly, then calls that start things (of less cost: stop
    them), then the most frequent.

    Args:
        events: of any source; one that comes twice counts once.
        sources: event sources looked at; empty means all.
        resources: ARNs or ids of what carries the anomaly.
        is_increase: whether it costs more.
    """
    groups: dict[tuple[str, str, str, str], dict[str, Event]] = defaultdict(dict)
    for event in events:
        if not sources or event.source in sources or _touches([event], resources):
            groups[event.name, event.source, event.actor, event.region][event.event_id] = event
    found = [_deed(list(group.values()), resources) for group in groups.values()]
    telling = STARTS if is_increase else STOPS
    found.sort(
        key=lambda deed: (not deed.touches, not deed.name.startswith(telling), -deed.count, deed.first_at)
    )
    return tuple(found)


def _deed(events: list[Event], resources: Sequence[str]) -> Deed:
    first = events[0]
    times = [event.at for event in events]
    named = dict.fromkeys(name for event in events for name in event.resources)
    return Deed(
        name=first.name,
        source=first.source,
        actor=first.actor,
        region=first.region,
        count=len(events),
        first_at=min(times),
        last_at=max(times),
        touches=_touches(events, resources),
        resources=tuple(named)[:SHOWN],
    )


def _touches(events: Iterable[Event], resources: Sequence[str]) -> bool:
    """Whether an event names one of the resources: by its ARN, or by the id the ARN ends with."""
    names = {name for event in events for name in event.resources}
    return any(resource in names or _end(resource) in names for resource in resources)


def _end(resource: str) -> str:
    return resource.rpartition("/")[2].rpartition(":")[2]
