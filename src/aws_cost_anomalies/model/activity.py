"""Who did what around an anomaly, as CloudTrail wrote it down: evidence, never a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One call that changed something.

    Attributes:
        name: the API operation, e.g. RunInstances.
        source: the service it was asked of, e.g. ec2.amazonaws.com.
        actor: who asked, e.g. `role ci-deploy`.
        at: aware, UTC.
        resources: names of what it was about.
    """

    event_id: str
    name: str
    source: str
    actor: str
    region: str
    at: datetime
    resources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """Events of one name by one actor in one region.

    Attributes:
        first_at: when the first of them was; last_at likewise.
        touches: whether it names a resource that carries the anomaly.
        resources: a few of those it was about.
    """

    name: str
    source: str
    actor: str
    region: str
    count: int
    first_at: datetime
    last_at: datetime
    touches: bool = False
    resources: tuple[str, ...] = ()

    def __str__(self) -> str:
        """`RunInstances ×12 by role ci-deploy, 2026-11-14 02:10 UTC`."""
        times = f" ×{self.count}" if self.count > 1 else ""
        return f"{self.name}{times} by {self.actor}, {self.first_at:%Y-%m-%d %H:%M} UTC"


@dataclass(frozen=True, slots=True)
class Activity:
    """What CloudTrail says of the days around the first anomalous one.

    Attributes:
        start: from when events were asked for; end: up to when, exclusive.
        regions: those asked.
        sources: event sources looked at; empty means all.
        deeds: the most telling first.
        is_cut: whether there were more events than were read.
        problem: why nothing, or not everything, could be asked; empty when all was.
    """

    start: datetime
    end: datetime
    regions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    deeds: tuple[Deed, ...] = ()
    is_cut: bool = False
    problem: str = ""
