"""Deliveries of Cost and Usage Reports for tests of the whole line: small, exact, in AWS's own layout."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from aws_cost_anomalies.engines.duckdb import DuckDBEngine
from aws_cost_anomalies.model.period import BillingPeriod

TYPES = {"line_item_usage_start_date": "TIMESTAMP", "resource_tags": "MAP(VARCHAR, VARCHAR)"}
Line = Mapping[str, object]


def line(day: date, cost: float, **more: object) -> dict[str, object]:
    """A usage line; more columns by their CUR 2.0 names."""
    return {
        "line_item_usage_start_date": datetime(day.year, day.month, day.day, 7),  # noqa: DTZ001 - as Parquet holds it
        "line_item_line_item_type": "Usage",
        "line_item_product_code": "AmazonEC2",
        "line_item_usage_account_id": "111111111111",
        "line_item_usage_type": "BoxUsage:m5.large",
        "line_item_resource_id": "i-1",
        "line_item_currency_code": "USD",
        "line_item_unblended_cost": cost,
        "product_region_code": "us-east-1",
    } | more


def daily(first: date, costs: Sequence[float], **more: object) -> list[dict[str, object]]:
    """One line a day."""
    return [line(first + timedelta(days=i), cost, **more) for i, cost in enumerate(costs)]


def write_parquet(lines: Sequence[Line], path: Path) -> None:
    """The lines as one Parquet file; a column that some leave out is NULL there."""
    names = dict.fromkeys(name for each in lines for name in each)
    columns = {name: (_type(name, lines), [each.get(name) for each in lines]) for name in names}
    path.parent.mkdir(parents=True, exist_ok=True)
    DuckDBEngine().write_parquet(columns, path)


def deliver(folder: Path, lines: Sequence[Line], *, export: str = "costs", execution: str = "one") -> Path:
    """The lines as a CUR 2.0 delivery below a folder: data and manifest of each month. Returns the folder."""
    months: dict[str, list[Line]] = {}
    for each in lines:
        day = each["line_item_usage_start_date"]
        assert isinstance(day, datetime)
        months.setdefault(str(BillingPeriod.of(day.date())), []).append(each)
    for month, of_month in months.items():
        data = f"{export}/data/BILLING_PERIOD={month}/{execution}-00001.snappy.parquet"
        write_parquet(of_month, folder / data)
        manifest = folder / f"{export}/metadata/BILLING_PERIOD={month}/{export}-Manifest.json"
        manifest.parent.mkdir(parents=True, exist_ok=True)
        manifest.write_text(json.dumps({"executionId": execution, "dataFiles": [f"s3://bucket/{data}"]}))
    return folder


def _type(name: str, lines: Sequence[Line]) -> str:
    if name in TYPES:
        return TYPES[name]
    is_number = any(isinstance(each.get(name), float) for each in lines)
    return "DOUBLE" if is_number else "VARCHAR"
