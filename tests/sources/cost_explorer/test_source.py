"""The source `cost_explorer`: one bill for exactly the days asked, exact and private."""

from __future__ import annotations

import stat
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from cost_explorer_bills import (
    ACCOUNTS,
    AS_OF,
    S3,
    WEEK,
    bill_of,
    cached_files,
    expected_total,
    rows_of,
    total_of,
)
from cost_explorer_double import Charge, CostExplorerDouble, read_charges

from aws_cost_anomalies.errors import (
    InvalidArgument,
)
from aws_cost_anomalies.model.bill import FetchRequest, RawFormat
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.sources.cost_explorer import CostExplorerSource


class TestWhatIsAsked:
    def test_one_request_daily_by_service_and_account(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        bill_of(source)
        (asked,) = explorer.requests
        assert asked.operation == "GetCostAndUsage"
        assert asked.body == {
            "TimePeriod": {"Start": "2026-11-01", "End": "2026-11-08"},
            "Granularity": "DAILY",
            "Metrics": ["UnblendedCost", "BlendedCost", "NetAmortizedCost", "AmortizedCost", "UsageQuantity"],
            "GroupBy": [
                {"Type": "DIMENSION", "Key": "SERVICE"},
                {"Type": "DIMENSION", "Key": "LINKED_ACCOUNT"},
            ],
        }


class TestTheBill:
    def test_it_speaks_for_exactly_the_days_asked(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        bill = bill_of(source)
        assert (bill.data_source, bill.export) == ("cost_explorer", "cost_explorer")
        assert (bill.period, bill.billing_period) == (WEEK, "2026-11-01..2026-11-07")
        assert {row["day"] for row in rows_of(bill)} == {str(day) for day in WEEK}
        assert total_of(bill) == expected_total(explorer)

    def test_every_value_is_the_text_it_was_answered_with(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        explorer.charges = [
            Charge(
                date(2026, 11, 6),
                S3,
                ACCOUNTS[0],
                unblended="0.0000058183",
                blended="0.1",
                amortized="0.2",
                net_amortized="-0.30",
                quantity="5.50",
                unit="GB-Month",
                estimated=True,
            )
        ]
        bill = bill_of(source)
        assert bill.format is RawFormat.JSON
        assert rows_of(bill) == [
            {
                "day": "2026-11-06",
                "service": S3,
                "service_code": "AmazonS3",
                "account": ACCOUNTS[0],
                "account_name": "prod",
                "currency": "USD",
                "unblended_cost": "0.0000058183",
                "blended_cost": "0.1",
                "amortized_cost": "0.2",
                "net_amortized_cost": "-0.30",
                "usage_quantity": "5.50",
                "usage_unit": "GB-Month",
                "estimated": "true",
            }
        ]

    def test_the_file_is_its_owners_alone_and_named_by_its_content(
        self, explorer: CostExplorerDouble, source: CostExplorerSource, tmp_path: Path
    ) -> None:
        first, again = bill_of(source), bill_of(source)
        (file,) = first.files
        assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
        assert file.size == file.path.stat().st_size
        assert first.version == again.version
        assert cached_files(tmp_path) == [file.path]
        explorer.charges.append(Charge(WEEK.start, "AWS Lambda", unblended="1"))
        assert bill_of(source).version != first.version
        assert len(cached_files(tmp_path)) == 2

    def test_it_is_read_again_even_when_the_store_knows_it(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        known = {("cost_explorer", str(WEEK)): bill_of(source).version}
        assert bill_of(source, known=known).files
        assert source.skipped == []
        assert len(explorer.requests) == 2

    def test_a_service_that_vanished_is_gone_from_the_next_bill(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        assert S3 in {row["service"] for row in rows_of(bill_of(source))}
        explorer.charges = [c for c in explorer.charges if c.service != S3]
        bill = bill_of(source)
        assert S3 not in {row["service"] for row in rows_of(bill)}
        assert bill.period == WEEK

    def test_days_without_any_charge_are_a_bill_without_files(
        self, explorer: CostExplorerDouble, source: CostExplorerSource, tmp_path: Path
    ) -> None:
        explorer.charges = []
        bill = bill_of(source)
        assert (bill.files, bill.period) == ((), WEEK)
        assert bill.version
        assert cached_files(tmp_path) == []

    def test_given_account_names_stand_before_those_of_cost_explorer(
        self, explorer: CostExplorerDouble, tmp_path: Path
    ) -> None:
        source = CostExplorerSource(
            cache_dir=tmp_path, as_of=AS_OF, names=lambda: {ACCOUNTS[0]: "production"}
        )
        names = {(row["account"], row.get("account_name")) for row in rows_of(bill_of(source))}
        assert names == {(ACCOUNTS[0], "production"), (ACCOUNTS[1], "dev"), (ACCOUNTS[2], None)}

    def test_today_is_the_last_day_there_is(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        november = Period(date(2026, 11, 1), date(2026, 12, 1))
        assert bill_of(source, november).period == Period(date(2026, 11, 1), date(2026, 11, 16))

    @pytest.mark.parametrize(
        "period",
        [
            None,
            Period(date(2026, 11, 1), date(2026, 11, 1)),
            Period(date(2025, 11, 14), date(2026, 11, 15)),
            Period(date(2025, 8, 31), date(2025, 9, 30)),
            Period(date(2026, 11, 16), date(2026, 11, 17)),
        ],
    )
    def test_days_that_cannot_be_had_are_refused_before_anything_is_paid(
        self, period: Period | None, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        with pytest.raises(InvalidArgument):
            source.plan(FetchRequest(period))
        with pytest.raises(InvalidArgument):
            bill_of(source, period)
        assert explorer.requests == []


def test_real_figures_come_through_exactly(
    explorer: CostExplorerDouble, tmp_path: Path, shared_data: Path
) -> None:
    real_charges = read_charges(shared_data / "cost_explorer_daily_by_service.csv")
    explorer.charges, explorer.page_size = real_charges, 100
    source = CostExplorerSource(cache_dir=tmp_path, as_of=date(2024, 4, 26))
    bill = bill_of(source, Period(date(2024, 2, 1), date(2024, 4, 27)))
    found: dict[str, Decimal] = defaultdict(Decimal)
    expected: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows_of(bill):
        found[row["service"]] += Decimal(row["unblended_cost"])
    for charge in real_charges:
        expected[charge.service] += Decimal(charge.unblended)
    assert found == expected
    assert len(found) == 33
    assert len(rows_of(bill)) == 945
    assert source.paid_requests == 10
