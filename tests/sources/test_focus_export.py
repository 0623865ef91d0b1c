"""FOCUS exports of any provider and version: what their columns become."""

from __future__ import annotations

import gzip
import json
from datetime import date
from decimal import Decimal

import pytest
from cur_lines import bill, daily

from aws_cost_anomalies.engines.duckdb import DuckDBEngine
from aws_cost_anomalies.model.bill import FetchRequest, RawFormat
from aws_cost_anomalies.sources.focus_export import MAPPING, FocusSource


def charge(cost=1.0, **more):
    """One row of an export of AWS, 1.0; what is not said is usual."""
    return {
        "ChargePeriodStart": "2026-08-05 13:00:00",
        "BillingCurrency": "USD",
        "BilledCost": cost,
        "ProviderName": "AWS",
        "PublisherName": "Amazon Web Services, Inc.",
        "ServiceName": "Amazon Elastic Compute Cloud",
        "ChargeCategory": "Usage",
        "SubAccountId": "111111111111",
        **more,
    }


MONEY = ("Cost", "Quantity")


@pytest.fixture
def charges(tmp_path):
    """The daily charges of an export, read from Parquet."""

    def make(*rows, tags=()):
        names = list(dict.fromkeys(name for row in rows for name in row))
        keyed = dict.fromkeys(("Tags", "x_CostCategories"), "MAP(VARCHAR, VARCHAR)")
        kinds = {"ChargePeriodStart": "TIMESTAMP", **keyed}
        if any(isinstance(row.get("BillingAccountId"), int) for row in rows):
            kinds["BillingAccountId"] = "BIGINT"
        columns = {
            name: (
                kinds.get(name, "DECIMAL(30,15)" if name.endswith(MONEY) else "VARCHAR"),
                [row.get(name) for row in rows],
            )
            for name in names
        }
        path = tmp_path / "focus.parquet"
        DuckDBEngine().write_parquet(columns, path)
        return daily(bill(path, mapping=MAPPING, source="focus"), tmp_path, tags)

    return make


def test_the_columns_of_focus_are_kept(charges):
    (row,) = charges(charge(2.5, EffectiveCost=2, ListCost=3, RegionId="eu-west-1", ChargeClass="Correction"))
    assert row["ChargePeriodStart"] == date(2026, 8, 5)
    assert (row["BilledCost"], row["EffectiveCost"], row["ListCost"]) == (Decimal("2.5"), 2, 3)
    assert (row["RegionId"], row["ChargeClass"], row["ChargeCategory"]) == (
        "eu-west-1",
        "Correction",
        "Usage",
    )
    assert (row["x_BlendedCost"], row["x_AmortizedCost"], row["x_ChargeType"]) == (None, None, None)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-08-05T00:00Z", 5),
        ("2026-08-05T23:30-01:00", 6),
        ("2026-08-05T00:30+01:00", 4),
        ("2026-08-05T00:00:00Z", 5),
        ("2026-08-05 00:00", 5),
        ("2026-08-05", 5),
    ],
)
def test_a_moment_may_lack_its_seconds(tmp_path, written, day):
    path = tmp_path / "a.csv"
    path.write_text(f"ChargePeriodStart,BillingCurrency,BilledCost\n{written},USD,1\n")
    (row,) = daily(bill(path, mapping=MAPPING, source="focus", form=RawFormat.CSV), tmp_path)
    assert row["ChargePeriodStart"] == date(2026, 8, day)


@pytest.mark.parametrize(
    ("provider", "account"),
    [("AWS", "022222222222"), ("Amazon Web Services, Inc.", "022222222222"), ("Oracle", "22222222222")],
)
def test_a_number_has_the_digits_of_an_aws_account_again(charges, provider, account):
    (row,) = charges(charge(ProviderName=provider, BillingAccountId=22222222222))
    assert (row["BillingAccountId"], row["SubAccountId"]) == (account, "111111111111")


def test_what_has_no_effective_cost_costs_what_is_billed(charges):
    (row,) = charges(charge(2.5))
    assert row["EffectiveCost"] == Decimal("2.5")


@pytest.mark.parametrize("column", ["x_UsageType", "SkuMeter"])
def test_both_versions_tell_the_usage_type(charges, column):
    (row,) = charges(charge(**{column: "BoxUsage:m5.large"}))
    assert row["x_UsageType"] == "BoxUsage:m5.large"


def test_a_quantity_comes_with_its_own_unit(charges):
    more = {"PricingQuantity": 7, "PricingUnit": "Units"}
    consumed, priced = charges(
        charge(1, ConsumedQuantity=3, ConsumedUnit="Hours", **more), charge(2, ConsumedQuantity=3, **more)
    )
    assert (consumed["ConsumedQuantity"], consumed["PricingUnit"]) == (3, "Hours")
    assert (priced["ConsumedQuantity"], priced["PricingUnit"]) == (7, "Units")


@pytest.mark.parametrize(
    ("provider", "publisher", "wanted"),
    [
        ("AWS", "Amazon Web Services, Inc.", ("AWS", "AWS")),
        ("Amazon Web Services", "Amazon Web Services EMEA SARL", ("AWS", "AWS")),
        ("AWS", "AWS", ("AWS", "AWS")),
        ("AWS", None, ("AWS", "AWS")),
        ("Amazon Web Services", None, ("AWS", "AWS")),
        ("AWS", "Lighthouse Ltd.", ("AWS", "Lighthouse Ltd.")),
        ("Microsoft", "Microsoft", ("Microsoft", "Microsoft")),
        ("Google Cloud", None, ("Google Cloud", "Google Cloud")),
    ],
)
def test_the_publisher_is_the_provider_unless_somebody_else_sells(charges, provider, publisher, wanted):
    (row,) = charges(charge(ProviderName=provider, PublisherName=publisher))
    assert (row["ProviderName"], row["PublisherName"]) == wanted


def test_services_of_other_providers_keep_their_names(charges):
    rows = charges(
        charge(1, ServiceName="Amazon S3"), charge(2, ServiceName="Amazon S3", ProviderName="Else")
    )
    assert [(row["ServiceName"], row["BilledCost"]) for row in rows] == [
        ("Amazon Simple Storage Service", 1),
        ("Amazon S3", 2),
    ]


@pytest.mark.parametrize("key", ["team", "user:team", "user_team"])
def test_tags_are_found_with_or_without_a_prefix(charges, key):
    (row,) = charges(charge(Tags={key: "web", "x": "y"}), tags=["team"])
    assert row["Tags"] == {"team": "web"}


@pytest.mark.parametrize("column", ["x_CostCategories", "Tags"])
def test_cost_categories_are_found_in_a_column_of_their_own_or_among_the_tags(charges, column):
    (row,) = charges(charge(**{column: {"Unit": "shop"}}), tags=["cost-category:Unit"])
    assert row["Tags"] == {"cost-category:Unit": "shop"}


def test_newer_names_of_columns_are_understood(charges):
    row = charge(InvoiceId="inv-1", ServiceProviderName="AWS")
    del row["ProviderName"]
    (found,) = charges(row)
    assert found["ProviderName"] == "AWS"


def test_an_export_with_a_manifest_is_delivered_like_cur(tmp_path):
    data = tmp_path / "focus" / "data" / "BILLING_PERIOD=2026-08"
    metadata = tmp_path / "focus" / "metadata" / "BILLING_PERIOD=2026-08"
    for folder in (data, metadata):
        folder.mkdir(parents=True)
    rows = [charge("0.5", Tags='{"team": "web"}'), charge("NULL", BilledCost="0.25", EffectiveCost="NULL")]
    names = list(dict.fromkeys(name for row in rows for name in row))
    quoted = [
        ",".join(f'"{str(row.get(n, "NULL")).replace(chr(34), chr(34) * 2)}"' for n in names) for row in rows
    ]
    content = "\n".join((",".join(names), *quoted)).encode()
    (data / "focus-00001.csv.gz").write_bytes(gzip.compress(content))
    keys = ["s3://bucket/prefix/focus/data/BILLING_PERIOD=2026-08/focus-00001.csv.gz"]
    (metadata / "focus-Manifest.json").write_text(json.dumps({"executionId": "1", "dataFiles": keys}))
    source = FocusSource(str(tmp_path), report_name="focus", cache_dir=tmp_path, profile=None, region=None)
    (raw,) = source.fetch(FetchRequest())
    assert (raw.data_source, raw.export, raw.billing_period) == ("focus", "focus", "2026-08")
    assert raw.format is RawFormat.CSV
    rows = daily(raw, tmp_path, ["team"])
    assert sum(row["BilledCost"] for row in rows) == Decimal("0.75")
    assert [row["Tags"] for row in rows] == [{}, {"team": "web"}]
