"""Small CUR 2.0 exports whose every line item costs the same: what the soak tests load, spoil and count."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from aws_cost_anomalies import sql
from aws_cost_anomalies.model.period import BillingPeriod

EXPORT = "soak"
ITEMS = 20
"""Line items a day."""


def write_file(path: Path, month: str, cost: int) -> None:
    """A month's line items at one cost each."""
    period = BillingPeriod.parse(month).period
    statement = sql.read(
        __package__,
        "tiny_bill",
        cost=str(cost),
        month=sql.literal(period.start),
        days=str(period.days),
        items=str(ITEMS),
        path=sql.literal(path),
    )
    with duckdb.connect() as connection:
        connection.execute(statement)


def deliver(export: Path, month: str, content: bytes, *, execution: str) -> None:
    """Put a month's file and its manifest in place, as an export that overwrites does."""
    place = export / EXPORT / "data" / f"BILLING_PERIOD={month}" / f"{EXPORT}-00001.parquet"
    manifest = export / EXPORT / "metadata" / f"BILLING_PERIOD={month}" / f"{EXPORT}-Manifest.json"
    for path in (place, manifest):
        path.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    named = {"executionId": execution, "dataFiles": [place.relative_to(export).as_posix()]}
    manifest.write_text(json.dumps(named), encoding="utf-8")
