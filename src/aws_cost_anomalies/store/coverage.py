"""What is loaded of each data source: its days, how far they are settled, how much it is."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from aws_cost_anomalies.model.load import Coverage
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.store.cover import SettleHours, cover, covered_period
from aws_cost_anomalies.store.loads import newest_loads
from aws_cost_anomalies.store.opening import Connection
from aws_cost_anomalies.store.statements import statement


def coverage(connection: Connection, as_of: date, settle_hours: SettleHours) -> tuple[Coverage, ...]:
    """One per data source that has charges before `as_of`, in order of their names."""
    rows = connection.execute(statement("held", {"as_of": as_of})).fetchall()
    held = {data_source: (count, currencies) for data_source, count, currencies in rows}
    found = []
    for data_source, loads in groupby(newest_loads(connection), key=lambda load: load.data_source):
        of_source = list(loads)
        days = covered_period(of_source)
        if data_source not in held or days is None or days.start >= as_of:
            continue
        days = Period(days.start, min(days.end, as_of))
        known = cover(of_source, days, as_of=as_of, settle_hours=settle_hours(data_source))
        settled = [day for day, is_settled in zip(days, known.settled, strict=True) if is_settled]
        count, currencies = held[data_source]
        found.append(
            Coverage(
                data_source=data_source,
                covered=days,
                settled_through=settled[-1] if settled else None,
                loaded_at=max(load.loaded_at for load in of_source),
                currencies=tuple(currencies),
                exports=tuple(sorted({load.export for load in of_source if load.covered})),
                rows=count,
            )
        )
    return tuple(found)
