"""What is loaded, as the bills it was: to ask their raw files something new.

Knows load records and where their files lie; asks nothing of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from aws_cost_anomalies import kinds
from aws_cost_anomalies.model.bill import RawBill
from aws_cost_anomalies.model.load import Load
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.store.cover import is_named


def bills_of(wanted: Sequence[Load], loads: Sequence[Load]) -> list[RawBill]:
    """The bills of load records again, to ask their raw files something new.

    Where a later load took the place of some of the days of a bill, that bill comes without them, as one bill
    per run of days that is left.

    Args:
        wanted: whose bills.
        loads: the newest load of each bill that the store knows of these data sources, wanted or not.
    """
    return [bill for load in wanted for bill in _left_of(load, loads)]


def _left_of(load: Load, loads: Sequence[Load]) -> list[RawBill]:
    """What counts of a load: a later load of plain days took the place of whatever was held of them."""
    replaced = [
        other.period
        for other in loads
        if (other.data_source, other.export) == (load.data_source, load.export)
        and other.loaded_at > load.loaded_at
        and not is_named(other.billing_period)
    ]
    whole = Period(date.min, date.max) if is_named(load.billing_period) else load.period
    left = [whole]
    for days in replaced:
        left = [rest for period in left for rest in period.without(days)]
    bill = _bill_of(load)
    return [bill] if left == [whole] else [replace(bill, only=days) for days in left]


def _bill_of(load: Load) -> RawBill:
    return RawBill(
        data_source=load.data_source,
        export=load.export,
        period=load.period,
        billing_period=load.billing_period,
        version=load.version,
        files=load.files,
        format=load.format,
        mapping=kinds.mapping(load.mapping),
        execution=load.execution,
        manifest_etag=load.manifest_etag,
    )


def is_intact(load: Load, settings: Settings) -> bool:
    """Whether the raw files of a load are still there, as long as they were; those in S3 are taken to be."""
    stays = kinds.read_in_place(settings)
    if all(file.origin.startswith("s3://") and file.origin.endswith(stays) for file in load.files):
        return True
    return all(file.path.is_file() and file.path.stat().st_size == file.size for file in load.files)
