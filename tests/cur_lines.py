"""CUR line items written by hand: what is not said is usual. Parquet and CSV, new names and legacy ones."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from aws_cost_anomalies.engines.duckdb import DuckDBEngine
from aws_cost_anomalies.model.bill import FocusMapping, RawBill, RawFile, RawFormat
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.sources.cur import MAPPING

AUGUST = Period(date(2026, 8, 1), date(2026, 9, 1))
_MAPS = {"product", "resource_tags", "tags", "cost_category", "discount"}
_GROUPS = ("line_item", "bill", "pricing", "product", "reservation", "savings_plan", "identity")
AMORTIZED = {name: None for each in MAPPING.sets if each.priced for name in each.columns}
"""The columns without which nothing is amortized, empty."""

Line = Mapping[str, object]


def line(cost: float | str | None = 1.0, day: int = 5, **more: object) -> dict[str, object]:
    """One line item of August 2026; further columns by their CUR 2.0 names."""
    return {
        "line_item_usage_start_date": datetime(2026, 8, day, 13, tzinfo=UTC),
        "line_item_currency_code": "USD",
        "line_item_unblended_cost": cost,
        "line_item_line_item_type": "Usage",
        "line_item_product_code": "AmazonEC2",
        "line_item_usage_account_id": "111111111111",
        "bill_payer_account_id": "999999999999",
        **more,
    }


def parquet(path: Path, lines: Sequence[Line], types: Mapping[str, str] | None = None) -> Path:
    """A Parquet file of line items; a column's type follows from its name unless it is given."""
    names = list(dict.fromkeys(name for row in lines for name in row))
    columns = {
        name: ((types or {}).get(name, _type(name)), [row.get(name) for row in lines]) for name in names
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    DuckDBEngine().write_parquet(columns, path)
    return path


def legacy_csv(path: Path, lines: Sequence[Line], *, rename: bool = True) -> Path:
    """A CSV file, gzipped where its name says so; names like `lineItem/UnblendedCost` unless told not to."""
    names = list(dict.fromkeys(name for row in lines for name in row))
    text = io.StringIO()
    rows = csv.writer(text, quoting=csv.QUOTE_MINIMAL)
    rows.writerow([legacy_name(name) if rename else name for name in names])
    rows.writerows([[_cell(row.get(name)) for name in names] for row in lines])
    content = text.getvalue().encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def legacy_name(name: str) -> str:
    """`line_item_unblended_cost` as legacy CUR writes it: `lineItem/UnblendedCost`."""
    group = next((group for group in _GROUPS if name.startswith(f"{group}_")), None)
    if group is None:
        return name
    first, *others = group.split("_")
    rest = name.removeprefix(f"{group}_").split("_")
    return "".join((first, *(part.title() for part in others), "/", *(part.title() for part in rest)))


def bill(
    *paths: Path, form: RawFormat = RawFormat.PARQUET, mapping: FocusMapping = MAPPING, source: str = "cur"
) -> RawBill:
    """The files as the bill of August 2026."""
    files = tuple(RawFile(path, f"s3://bills/{path.name}", path.name, path.stat().st_size) for path in paths)
    return RawBill(source, "daily", AUGUST, "2026-08", "1", files, form, mapping)


def daily(raw: RawBill, folder: Path, tags: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The daily charges of a bill, in one order."""
    into = folder / "charges.parquet"
    DuckDBEngine().rollup(raw, tags, into)
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet($1) ORDER BY ALL", [str(into)])
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def total(raw: RawBill, folder: Path, metric: str = "BilledCost") -> Decimal:
    """What a bill adds up to, in its one currency."""
    (sums,) = DuckDBEngine().rollup(raw, [], folder / "charges.parquet").totals.values()
    return sums[metric]


def _type(name: str) -> str:
    if name in _MAPS:
        return "MAP(VARCHAR, VARCHAR)"
    if name.endswith("_start_date"):
        return "TIMESTAMP"
    is_amount = name.endswith(("_cost", "_fee", "_amount", "_commitment", "_to_date", "_period"))
    return "DOUBLE" if is_amount else "VARCHAR"


def _cell(value: object) -> object:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else value
