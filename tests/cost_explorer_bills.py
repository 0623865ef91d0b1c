"""Bills of Cost Explorer, for tests: what the double holds, and what came of it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from cost_explorer_double import Charge, CostExplorerDouble

from aws_cost_anomalies.model.bill import FetchRequest, RawBill
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.sources.cost_explorer import CostExplorerSource

AS_OF = date(2026, 11, 15)
WEEK = Period(date(2026, 11, 1), date(2026, 11, 8))
EC2, OTHER, S3 = "Amazon Elastic Compute Cloud - Compute", "EC2 - Other", "Amazon Simple Storage Service"
ACCOUNTS = ("111111111111", "222222222222", "333333333333")


def charges() -> list[Charge]:
    """Three accounts, three services, a week and the days around it; no two amounts alike."""
    days = [date(2026, 10, 31), *WEEK, date(2026, 11, 8)]
    return [
        Charge(
            day,
            service,
            account,
            region=region,
            record_type=record_type,
            usage_type=f"{region}-{number}",
            tags={"team": "search"} if number else {},
            cost_categories={"unit": f"u{number}"},
            unblended=f"{day.day}.{number + 1}{position}{len(region)}0000001",
            net_amortized=f"{day.day}.0",
            quantity="24",
            unit="Hrs",
            estimated=day >= date(2026, 11, 6),
        )
        for day in days
        for number, account in enumerate(ACCOUNTS)
        for position, service in enumerate((EC2, OTHER, S3))
        for region, record_type in (("us-east-1", "Usage"), ("eu-west-1", "SavingsPlanCoveredUsage"))
    ]


def grouped_by(group_by: str, tmp_path: Path) -> CostExplorerSource:
    return CostExplorerSource(cache_dir=tmp_path, as_of=AS_OF, group_by=group_by)


def bill_of(source: CostExplorerSource, period: Period | None = WEEK, **more: Any) -> RawBill:
    (bill,) = source.fetch(FetchRequest(period, **more))
    return bill


def rows_of(bill: RawBill) -> list[dict[str, str]]:
    return [json.loads(line) for file in bill.files for line in file.path.read_text().splitlines()]


def total_of(bill: RawBill) -> Decimal:
    return sum((Decimal(row["unblended_cost"]) for row in rows_of(bill)), Decimal())


def expected_total(explorer: CostExplorerDouble) -> Decimal:
    return sum((Decimal(c.unblended) for c in explorer.charges if c.day in WEEK), Decimal())


def cached_files(tmp_path: Path) -> list[Path]:
    return [path for path in tmp_path.rglob("*") if path.is_file()]
