"""Which services are charged for late, learned from what loads added to days that were closed.

Knows the log of loads; must not know panels. The hours of a data source stay the least for all its services.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from aws_cost_anomalies.model.scope import NONE
from aws_cost_anomalies.store.moments import stored
from aws_cost_anomalies.store.opening import Connection
from aws_cost_anomalies.store.statements import statement

REMEMBERED = timedelta(days=60)
"""Loads of these days before the question tell how late charges come now."""
LEAST_LOADS = 3
"""So many loads must have added to closed days: one may make up for an outage, two may close two months."""
LEAST_SHARE = 0.05
"""An addition counts from this share of the day's cost on: what is less makes nothing look like a drop."""
MOST_HOURS = 7 * 24
"""What comes later is a restatement, which nobody can wait for."""


@dataclass(frozen=True, slots=True)
class Settling:
    """How long after the end of a day its charges are complete.

    Attributes:
        hours: of any service.
        late: service → hours of those that take longer.
    """

    hours: int
    late: Mapping[str, int] = field(default_factory=dict)

    def of(self, service: str | None) -> int:
        """The hours of one service; those of any where it is not known."""
        return max(self.hours, self.late.get(service or "", self.hours))


def late_services(connection: Connection, data_source: str, *, as_of: date) -> dict[str, int]:
    """Service → hours after the end of a day until its charges were there, of those that often come late."""
    since = datetime.combine(as_of - REMEMBERED, time(), UTC)
    asked = {
        "data_source": data_source,
        "since": stored(since),
        "most_hours": MOST_HOURS,
        "least_share": LEAST_SHARE,
        "least_loads": LEAST_LOADS,
        "missing": NONE,
    }
    return {
        str(service): int(hours) for service, hours in connection.execute(statement("late", asked)).fetchall()
    }
