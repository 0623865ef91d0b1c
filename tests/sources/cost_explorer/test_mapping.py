"""Cost Explorer's groups as FOCUS charges, through the engine that the program uses."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from cost_explorer_bills import EC2, OTHER, S3, WEEK, bill_of, expected_total, grouped_by
from cost_explorer_double import Charge, CostExplorerDouble, read_charges

from aws_cost_anomalies.engines.duckdb import DuckDBEngine
from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.model.bill import RawBill
from aws_cost_anomalies.model.focus import SUMMARY
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.services import canonical
from aws_cost_anomalies.sources.cost_explorer import CostExplorerSource

DAY = WEEK.start


def charges_of(bill: RawBill, tmp_path: Path, *tags: str) -> list[dict[str, Any]]:
    """The daily charges, as the engine writes them."""
    rolled = DuckDBEngine().rollup(bill, tags, tmp_path / "charges.parquet")
    columns = ", ".join(f'"{column.name}"' for column in SUMMARY)
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone='UTC'")
        found = connection.execute(f"SELECT {columns} FROM read_parquet(?)", [str(rolled.path)])
        return [dict(zip([c.name for c in SUMMARY], row, strict=True)) for row in found.fetchall()]


def one_charge(
    explorer: CostExplorerDouble, tmp_path: Path, charge: Charge, group_by: str = "service+account"
) -> dict[str, Any]:
    explorer.charges = [charge]
    (row,) = charges_of(bill_of(grouped_by(group_by, tmp_path)), tmp_path, "team", "cost-category:team")
    return row


def test_every_column_has_its_value(explorer: CostExplorerDouble, tmp_path: Path) -> None:
    charge = Charge(
        DAY,
        S3,
        "111111111111",
        unblended="1.25",
        blended="1.5",
        net_amortized="0.0000058183",
        amortized="1.75",
        quantity="24.5",
        unit="GB-Month",
        currency="EUR",
    )
    assert one_charge(explorer, tmp_path, charge) == {
        "ChargePeriodStart": DAY,
        "BillingCurrency": "EUR",
        "ProviderName": "AWS",
        "PublisherName": "AWS",
        "BillingAccountId": None,
        "SubAccountId": "111111111111",
        "SubAccountName": "prod",
        "ServiceName": S3,
        "x_ServiceCode": "AmazonS3",
        "RegionId": None,
        "ChargeCategory": "Usage",
        "ChargeClass": None,
        "x_ChargeType": None,
        "x_UsageType": None,
        "PricingUnit": "GB-Month",
        "Tags": {},
        "BilledCost": Decimal("1.25"),
        "EffectiveCost": Decimal("0.0000058183"),
        "ListCost": None,
        "x_BlendedCost": Decimal("1.5"),
        "x_AmortizedCost": Decimal("1.75"),
        "ConsumedQuantity": Decimal("24.5"),
    }


def test_usage_in_several_units_is_no_quantity(explorer: CostExplorerDouble, tmp_path: Path) -> None:
    row = one_charge(explorer, tmp_path, Charge(DAY, S3, unblended="1", quantity="100", unit="N/A"))
    assert (row["ConsumedQuantity"], row["PricingUnit"]) == (None, None)


def test_ec2_is_one_service_again(explorer: CostExplorerDouble, tmp_path: Path) -> None:
    explorer.charges = [Charge(DAY, EC2, unblended="1.10"), Charge(DAY, OTHER, unblended="0.20")]
    (row,) = charges_of(bill_of(grouped_by("service+account", tmp_path)), tmp_path)
    assert row["ServiceName"] == "Amazon Elastic Compute Cloud"
    assert row["x_ServiceCode"] == "AmazonEC2"
    assert row["BilledCost"] == Decimal("1.30")


def test_the_service_says_what_kind_of_charge_it_is(explorer: CostExplorerDouble, tmp_path: Path) -> None:
    kinds = {
        "AWS Lambda": ("Usage", "AWS"),
        "Tax": ("Tax", "AWS"),
        "Refund": ("Credit", "AWS"),
        "AWS Support (Business)": ("Purchase", "AWS"),
        "Savings Plans for AWS Compute usage": ("Purchase", "AWS"),
        "AWS Brand New Service": ("Usage", "AWS"),
        "Claude Sonnet 4 (Amazon Bedrock Edition)": ("Usage", "AWS"),
        "Datadog Pro": ("Usage", None),
    }
    explorer.charges = [Charge(DAY, service, unblended="1") for service in kinds]
    rows = charges_of(bill_of(grouped_by("service+account", tmp_path)), tmp_path)
    assert {row["ServiceName"]: (row["ChargeCategory"], row["PublisherName"]) for row in rows} == kinds


def test_the_charge_type_says_it_better(explorer: CostExplorerDouble, tmp_path: Path) -> None:
    categories = {
        "Usage": "Usage",
        "DiscountedUsage": "Usage",
        "SavingsPlanCoveredUsage": "Usage",
        "SavingsPlanNegation": "Usage",
        "SavingsPlanRecurringFee": "Purchase",
        "Savings Plan Upfront Fee": "Purchase",
        "RIFee": "Purchase",
        "Fee": "Purchase",
        "Tax": "Tax",
        "Credit": "Credit",
        "Refund": "Credit",
        "Enterprise Discount Program Discount": "Credit",
        "Other": "Adjustment",
    }
    support = "AWS Support (Business)"
    explorer.charges = [Charge(DAY, support, record_type=kind, unblended="-1") for kind in categories]
    rows = charges_of(bill_of(grouped_by("service+record-type", tmp_path)), tmp_path)
    assert {row["x_ChargeType"]: row["ChargeCategory"] for row in rows} == categories


@pytest.mark.parametrize(
    ("group_by", "column", "value"),
    [
        ("service+region", "RegionId", "eu-west-1"),
        ("service+account+usage-type", "x_UsageType", "BoxUsage:m5.large"),
        ("service+account+usage-type", "SubAccountId", "222222222222"),
        ("service+tag:team", "Tags", {"team": 'search\'s "best"'}),
        ("service+account+tag:owner", "Tags", {}),
        ("service+cost-category:team", "Tags", {"cost-category:team": "payments"}),
    ],
)
def test_a_dimension_of_the_plan_reaches_its_column(
    explorer: CostExplorerDouble, tmp_path: Path, group_by: str, column: str, value: object
) -> None:
    charge = Charge(
        DAY,
        EC2,
        "222222222222",
        region="eu-west-1",
        usage_type="BoxUsage:m5.large",
        tags={"team": 'search\'s "best"', "owner": "ann"},
        cost_categories={"team": "payments"},
        unblended="1",
    )
    assert one_charge(explorer, tmp_path, charge, group_by)[column] == value


def test_what_is_estimated_is_told_by_its_line_items(explorer: CostExplorerDouble, tmp_path: Path) -> None:
    explorer.charges = [
        Charge(DAY, EC2, unblended="1"),
        Charge(DAY + ONE_DAY, EC2, unblended="2", estimated=True),
    ]
    statement = DuckDBEngine().line_items_sql([bill_of(grouped_by("service", tmp_path))], ())
    with duckdb.connect() as connection:
        rows = connection.sql(statement).project("BilledCost, x_IsEstimated").fetchall()
    assert {(cost, is_estimated) for cost, is_estimated in rows if cost} == {(1, False), (2, True)}


@pytest.mark.parametrize("group_by", ["service", "service+account", "service+account+usage-type"])
def test_the_engine_has_the_same_total(explorer: CostExplorerDouble, tmp_path: Path, group_by: str) -> None:
    bill = bill_of(grouped_by(group_by, tmp_path))
    rolled = DuckDBEngine().rollup(bill, (), tmp_path / "charges.parquet")
    assert rolled.totals["USD"]["BilledCost"] == expected_total(explorer)
    assert rolled.covered == WEEK


def test_days_without_a_charge_roll_up_to_nothing(explorer: CostExplorerDouble, tmp_path: Path) -> None:
    explorer.charges = []
    assert charges_of(bill_of(grouped_by("service+account", tmp_path)), tmp_path) == []


def test_amounts_in_powers_of_ten_are_read_as_they_are(explorer: CostExplorerDouble, tmp_path: Path) -> None:
    def small(answer: dict[str, Any]) -> None:
        metrics = answer["ResultsByTime"][0]["Groups"][0]["Metrics"]
        metrics["UnblendedCost"]["Amount"] = "2.5E-9"

    explorer.edit = small
    assert one_charge(explorer, tmp_path, Charge(DAY, S3))["BilledCost"] == Decimal("0.0000000025")


def test_a_file_that_was_tampered_with_is_refused(explorer: CostExplorerDouble, tmp_path: Path) -> None:
    bill = bill_of(grouped_by("service+account", tmp_path))
    path = bill.files[0].path
    path.write_text(path.read_text().replace('"unblended_cost": "', '"unblended_cost": "about ', 1))
    with pytest.raises(BadBill):
        charges_of(bill, tmp_path)


def test_real_figures_are_exact_per_service(
    explorer: CostExplorerDouble, tmp_path: Path, shared_data: Path
) -> None:
    explorer.charges = read_charges(shared_data / "cost_explorer_daily_by_service.csv")
    source = CostExplorerSource(cache_dir=tmp_path, as_of=date(2024, 4, 26))
    bill = bill_of(source, Period(date(2024, 2, 1), date(2024, 4, 27)))
    found: dict[str, Decimal] = defaultdict(Decimal)
    expected: dict[str, Decimal] = defaultdict(Decimal)
    for row in charges_of(bill, tmp_path):
        found[row["ServiceName"]] += row["BilledCost"]
    for charge in explorer.charges:
        service = canonical(charge.service)
        assert service is not None
        expected[service.name] += Decimal(charge.unblended)
    assert found == expected
    assert sum(found.values()) == Decimal("67.2540521894")
