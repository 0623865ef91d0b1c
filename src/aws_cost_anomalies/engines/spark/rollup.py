"""A bill rolled up to days on the cluster; what comes back is checked before it is written."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from aws_cost_anomalies import sql
from aws_cost_anomalies.engines.spark import faults, words
from aws_cost_anomalies.errors import DiskFull
from aws_cost_anomalies.model.bill import LAST_DAY, DailyCharges, RawBill, Totals
from aws_cost_anomalies.model.focus import METRICS, SUMMARY
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.sql.charges import LINE_ITEMS, PRICED, daily_charges
from aws_cost_anomalies.sql.tables import Lines, lacking, tag_column

if TYPE_CHECKING:
    from aws_cost_anomalies.engines.spark.files import Reader


def rollup(reader: Reader, bill: RawBill, tags: Sequence[str], *, into: Path) -> DailyCharges:
    """The bill as daily FOCUS charges, written to the Parquet file `into`. Raises: BadBill, DiskFull."""
    lines = Lines(bill.mapping, reader.tables(bill), tags, words.DIALECT)
    daily = reader.session.sql(_statement(lines)).toArrow()
    if not _is_complete(daily):
        raise faults.missing_value(reader, bill)
    daily = daily.drop_columns([PRICED])
    _write(daily, into)
    lacks = lacking(bill.mapping, lines.tables, pc.unique(daily["x_ChargeType"]).to_pylist())
    return DailyCharges(into, daily.num_rows, _sum(daily, LINE_ITEMS), _totals(daily), _covered(daily), lacks)


def _statement(lines: Lines) -> str:
    types = {c.name: c.type for c in SUMMARY} | dict.fromkeys((LINE_ITEMS, PRICED), "BIGINT")
    return sql.read(
        __package__,
        "daily",
        columns=[words.cast(name, kind) for name, kind in types.items()],
        keys=[words.literal(key) for key in lines.tags],
        values=[words.column(tag_column(key)) for key in lines.tags],
        charges=daily_charges(lines),
    )


def _is_complete(daily: pa.Table) -> bool:
    """Whether no line item lacks a day of the calendar, a currency or a cost."""
    days = daily["ChargePeriodStart"]
    known = pc.and_(pc.greater_equal(days, date.min), pc.less_equal(days, LAST_DAY))
    is_dated = pc.all(known, skip_nulls=False, min_count=0).as_py()
    return (
        is_dated
        and not daily["BillingCurrency"].null_count
        and _sum(daily, LINE_ITEMS) == _sum(daily, PRICED)
    )


def _sum(daily: pa.Table, column: str) -> int:
    return int(pc.sum(daily[column]).as_py() or 0)


def _write(daily: pa.Table, into: Path) -> None:
    try:
        pq.write_table(daily, into, compression="zstd")
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(into.parent, "keeping the daily charges") from error
        raise


def _totals(daily: pa.Table) -> Totals:
    names = [metric.name for metric in METRICS]
    sums = daily.group_by("BillingCurrency").aggregate([(name, "sum") for name in names])
    return {
        row.pop("BillingCurrency"): _known(row, names) for row in sums.sort_by("BillingCurrency").to_pylist()
    }


def _known(row: dict[str, Decimal | None], names: Sequence[str]) -> dict[str, Decimal]:
    sums = {name: row[f"{name}_sum"] for name in names}
    return {name: total for name, total in sums.items() if total is not None}


def _covered(daily: pa.Table) -> Period | None:
    if not daily.num_rows:
        return None
    days = pc.min_max(daily["ChargePeriodStart"]).as_py()
    return Period(days["min"], days["max"] + ONE_DAY)
