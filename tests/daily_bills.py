"""Bills made for the store: the charges are given, the Parquet file and its totals follow from them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Context, Decimal
from pathlib import Path

import duckdb

from aws_cost_anomalies.model.bill import DailyCharges, FocusMapping, RawBill, RawFile, RawFormat
from aws_cost_anomalies.model.focus import SUMMARY
from aws_cost_anomalies.model.load import Load
from aws_cost_anomalies.model.period import ONE_DAY, BillingPeriod, Period
from aws_cost_anomalies.store import Store

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
EXACT = Context(prec=60)
LATER = datetime(2026, 6, 1, 12, tzinfo=UTC)
"""Long after the charges: everything is settled."""


@dataclass(frozen=True)
class Charge:
    """A daily charge; what is not said is usual."""

    day: date
    cost: Decimal
    service: str | None = "Amazon S3"
    account: str | None = "111111111111"
    account_name: str | None = None
    region: str | None = "us-east-1"
    currency: str = "USD"
    category: str = "Usage"
    publisher: str | None = "AWS"
    tags: dict[str, str] = field(default_factory=dict)
    blended: Decimal | None = None
    effective: Decimal | None = None
    line_items: int = 1
    payer: str | None = None


def charge(day: date, cost: str | Decimal, service: str | None = "Amazon S3", **more: object) -> Charge:
    """A charge, its cost as text."""
    return Charge(day, Decimal(cost), service, **more)  # type: ignore[arg-type]


def days_of(
    first: date, costs: Sequence[str], service: str | None = "Amazon S3", **more: object
) -> list[Charge]:
    """One charge a day from the first day on."""
    return [charge(first + timedelta(days=i), cost, service, **more) for i, cost in enumerate(costs)]


def month_bill(month: date, *, source: str = "cur", export: str = "daily", version: str = "1") -> RawBill:
    """The bill of a month."""
    billing_period = BillingPeriod.of(month)
    return _bill(source, export, billing_period.period, name=str(billing_period), version=version)


def range_bill(
    period: Period, *, source: str = "cost_explorer", export: str = "ce", version: str = "1"
) -> RawBill:
    """The bill of plain days."""
    return _bill(source, export, period, name=str(period), version=version)


def _bill(source: str, export: str, period: Period, *, name: str, version: str) -> RawBill:
    raw = RawFile(Path("/bills/a.parquet"), "s3://bills/a.parquet", etag=f"etag-{version}", size=10)
    mapping = FocusMapping("made", "", ())
    return RawBill(source, export, period, name, version, (raw,), RawFormat.PARQUET, mapping)


def rolled_up(charges: Sequence[Charge], path: Path) -> DailyCharges:
    """The charges as an engine would deliver them."""
    write_parquet(charges, path)
    totals: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for c in charges:
        sums = totals[c.currency]
        amounts = {
            "BilledCost": c.cost,
            "EffectiveCost": c.cost if c.effective is None else c.effective,
            "x_BlendedCost": c.blended,
        }
        for metric, amount in amounts.items():
            if amount is not None:
                sums[metric] = EXACT.add(sums.get(metric, Decimal()), amount)
    days = [c.day for c in charges]
    return DailyCharges(
        path=path,
        rows=len(charges),
        line_items=sum(c.line_items for c in charges),
        totals=dict(totals),
        covered=Period(min(days), max(days) + ONE_DAY) if days else None,
    )


COLUMNS = {
    "ChargePeriodStart": "day",
    "BillingCurrency": "currency",
    "ProviderName": "'AWS'",
    "PublisherName": "publisher",
    "BillingAccountId": "payer",
    "SubAccountId": "account",
    "SubAccountName": "account_name",
    "ServiceName": "service",
    "RegionId": "region",
    "ChargeCategory": "category",
    "Tags": "tags",
    "BilledCost": "cost",
    "EffectiveCost": "coalesce(effective, cost)",
    "x_BlendedCost": "blended",
}
GIVEN = {
    "day": "DATE", "cost": "DECIMAL(38, 12)", "service": "VARCHAR", "account": "VARCHAR",
    "account_name": "VARCHAR", "region": "VARCHAR", "currency": "VARCHAR", "category": "VARCHAR",
    "publisher": "VARCHAR", "tags": "MAP(VARCHAR, VARCHAR)", "blended": "DECIMAL(38, 12)",
    "line_items": "BIGINT", "effective": "DECIMAL(38, 12)", "payer": "VARCHAR",
}  # fmt: skip


def write_parquet(charges: Sequence[Charge], path: Path) -> None:
    """Columns of `model.focus.SUMMARY` in order, and `x_LineItems`."""
    lines = path.with_suffix(".jsonl")
    lines.write_text(
        "".join(json.dumps(asdict(c), default=_as_text) + "\n" for c in charges), encoding="utf-8"
    )
    columns = ", ".join(f'({COLUMNS.get(c.name, "NULL")})::{c.type} AS "{c.name}"' for c in SUMMARY)
    given = f"read_json('{lines}', format = 'newline_delimited', columns = {GIVEN})"
    with duckdb.connect(":memory:") as connection:
        select = f"SELECT {columns}, line_items AS x_LineItems FROM {given}"
        connection.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")


def _as_text(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def load(store: Store, bill: RawBill, charges: Sequence[Charge], *, now: datetime = LATER) -> Load:
    """Load one bill and publish it."""
    file = store.path.with_name("charges.parquet")
    file.parent.mkdir(parents=True, exist_ok=True)
    with store.writing(now) as writer:
        return writer.replace_charges(bill, rolled_up(charges, file))
