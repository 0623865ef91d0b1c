"""A bill rolled up to days by Athena; what comes back is checked before it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Context, Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from aws_cost_anomalies import sql
from aws_cost_anomalies.engines.athena.queries import Row
from aws_cost_anomalies.engines.athena.tables import tables_of
from aws_cost_anomalies.errors import BadBill, QueryFailed
from aws_cost_anomalies.model.bill import LAST_DAY, DailyCharges, RawBill, Totals
from aws_cost_anomalies.model.focus import METRICS, SUMMARY
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.sql.charges import LINE_ITEMS, PRICED, daily_charges
from aws_cost_anomalies.sql.tables import TRINO, Lines, lacking, tag_column

if TYPE_CHECKING:
    from aws_cost_anomalies.engines.athena.queries import Athena

WriteParquet = Callable[[Mapping[str, tuple[str, Sequence[object]]], Path], None]
"""Writes columns, name → (SQL type, values), to a file."""
ORDER = ("ChargePeriodStart", "SubAccountId", "ServiceName", "x_UsageType")
_EXACT = Context(prec=60)


def rollup(
    athena: Athena, bill: RawBill, tags: Sequence[str], *, write: WriteParquet, into: Path
) -> DailyCharges:
    """The bill as daily FOCUS charges, written to the Parquet file `into`. Raises: BadBill."""
    names = [c.name for c in SUMMARY if c.name != "Tags"] + [LINE_ITEMS, PRICED]
    asked = [*names, *(tag_column(key) for key in tags)]
    with tables_of(athena, [bill]) as (tables,):
        lines = Lines(bill.mapping, tables, tags, TRINO)
        values = [_text(name, position) for position, name in enumerate(asked)]
        statement = sql.read(__package__, "daily", columns=values, charges=daily_charges(lines))
        try:
            rows = sorted(athena.rows(statement), key=_place(names))
        except QueryFailed as failed:
            raise BadBill(bill.files[0].origin, f"Athena cannot read this bill ({failed.reason})") from failed
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    line_items = _whole_numbers(columns[LINE_ITEMS])
    if not _is_complete(columns):
        raise BadBill(bill.files[0].origin, "some of its line items lack a day, a currency or a cost")
    _write(columns, [_tags(row[len(names) :], tags) for row in rows], write=write, into=into)
    days = [date.fromisoformat(day) for day in columns["ChargePeriodStart"] if day]
    covered = Period(min(days), max(days) + ONE_DAY) if days else None
    lacks = lacking(bill.mapping, tables, columns["x_ChargeType"])
    return DailyCharges(into, len(rows), line_items, _totals(columns), covered, lacks)


def _text(column: str, position: int) -> str:
    """A column as text, under a name that every catalog takes."""
    return sql.read(__package__, "text", value=sql.name(column), name=f"c{position}")


def _place(names: Sequence[str]) -> Callable[[Row], list[tuple[bool, str]]]:
    """Where a row stands in the file; what is unknown stands last."""
    keys = [names.index(name) for name in ORDER]
    return lambda row: [(row[key] is None, row[key] or "") for key in keys]


def _tags(values: Row, keys: Sequence[str]) -> dict[str, str]:
    return {key: value for key, value in zip(keys, values, strict=True) if value is not None}


def _whole_numbers(texts: Sequence[str | None]) -> int:
    return sum(int(text) for text in texts if text)


def _is_complete(columns: Mapping[str, Sequence[str | None]]) -> bool:
    """Whether no line item lacks a day of the calendar, a currency or a cost."""
    first, last = date.min.isoformat(), LAST_DAY.isoformat()
    is_dated = all(
        day and len(day) == len(last) and first <= day <= last for day in columns["ChargePeriodStart"]
    )
    nowhere = not is_dated or None in columns["BillingCurrency"]
    return not nowhere and _whole_numbers(columns[LINE_ITEMS]) == _whole_numbers(columns[PRICED])


def _write(
    columns: Mapping[str, Sequence[object]], tags: Sequence[object], *, write: WriteParquet, into: Path
) -> None:
    written: dict[str, tuple[str, Sequence[object]]] = {
        c.name: (c.type, tags if c.name == "Tags" else columns[c.name]) for c in SUMMARY
    }
    write({**written, LINE_ITEMS: ("BIGINT", columns[LINE_ITEMS])}, into)


def _totals(columns: Mapping[str, Sequence[str | None]]) -> Totals:
    """Exact sums per currency and metric; a metric that nothing states is left out."""
    sums: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for metric in METRICS:
        for currency, amount in zip(columns["BillingCurrency"], columns[metric.name], strict=True):
            of_currency = sums[currency or ""]
            if amount is not None:
                before = of_currency.get(metric.name, Decimal(0))
                of_currency[metric.name] = _EXACT.add(before, Decimal(amount))
    return dict(sorted(sums.items()))
