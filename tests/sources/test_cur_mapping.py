"""CUR line items as FOCUS charges: what each kind of line costs, and what it is called."""

from __future__ import annotations

from decimal import Decimal

import pytest
from cur_lines import AMORTIZED, bill, daily, legacy_csv, line, parquet

from aws_cost_anomalies.engines.duckdb import DuckDBEngine
from aws_cost_anomalies.model.bill import RawFormat
from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.model.scope import Dimension
from aws_cost_anomalies.sources.cur import MAPPING

ROWS = [
    ("Usage", {}, 10, 10),
    ("Usage", {"line_item_net_unblended_cost": 9}, 9, 10),
    ("Tax", {}, 10, 10),
    ("Credit", {"line_item_net_unblended_cost": 8}, 8, 10),
    ("SavingsPlanCoveredUsage", {"savings_plan_savings_plan_effective_cost": 7}, 7, 7),
    (
        "SavingsPlanCoveredUsage",
        {"savings_plan_savings_plan_effective_cost": 7, "savings_plan_net_savings_plan_effective_cost": 6.3},
        6.3,
        7,
    ),
    ("SavingsPlanNegation", {}, 0, 0),
    ("SavingsPlanUpfrontFee", {"line_item_net_unblended_cost": 9}, 0, 0),
    (
        "SavingsPlanRecurringFee",
        {"savings_plan_total_commitment_to_date": 10, "savings_plan_used_commitment": 6},
        4,
        4,
    ),
    (
        "SavingsPlanRecurringFee",
        {
            "savings_plan_total_commitment_to_date": 10,
            "savings_plan_used_commitment": 6,
            "savings_plan_recurring_commitment_for_billing_period": 80,
            "savings_plan_amortized_upfront_commitment_for_billing_period": 20,
            "savings_plan_net_recurring_commitment_for_billing_period": 70,
            "savings_plan_net_amortized_upfront_commitment_for_billing_period": 20,
        },
        3.6,
        4,
    ),
    (
        "SavingsPlanRecurringFee",  # net for what recurs alone: the other part is as it is before discounts
        {
            "savings_plan_total_commitment_to_date": 10,
            "savings_plan_used_commitment": 6,
            "savings_plan_recurring_commitment_for_billing_period": 80,
            "savings_plan_amortized_upfront_commitment_for_billing_period": 20,
            "savings_plan_net_recurring_commitment_for_billing_period": 70,
        },
        3.6,
        4,
    ),
    (
        "SavingsPlanRecurringFee",  # nothing to hold the net commitment against
        {
            "savings_plan_total_commitment_to_date": 10,
            "savings_plan_used_commitment": 6,
            "savings_plan_amortized_upfront_commitment_for_billing_period": 20,
            "savings_plan_net_recurring_commitment_for_billing_period": 70,
        },
        4,
        4,
    ),
    ("SavingsPlanRecurringFee", {}, 10, 10),
    ("DiscountedUsage", {"reservation_effective_cost": 5}, 5, 5),
    ("DiscountedUsage", {"reservation_effective_cost": 5, "reservation_net_effective_cost": 4.5}, 4.5, 5),
    (
        "RIFee",
        {
            "reservation_unused_amortized_upfront_fee_for_billing_period": 1.5,
            "reservation_unused_recurring_fee": 0.25,
        },
        1.75,
        1.75,
    ),
    (
        "RIFee",
        {
            "reservation_unused_recurring_fee": 2,
            "reservation_net_unused_recurring_fee": 1.8,
            "reservation_net_unused_amortized_upfront_fee_for_billing_period": 0.1,
        },
        1.9,
        2,
    ),
    (
        "RIFee",
        {
            "reservation_unused_amortized_upfront_fee_for_billing_period": 1.5,
            "reservation_unused_recurring_fee": 2,
            "reservation_net_unused_recurring_fee": 1.8,
        },
        3.3,
        3.5,
    ),
    ("RIFee", {}, 10, 10),
    ("Fee", {"reservation_reservation_a_r_n": "arn:aws:ec2:us-east-1:1:reserved-instances/x"}, 0, 0),
    ("Fee", {"reservation_reservation_a_r_n": ""}, 10, 10),
]


@pytest.mark.parametrize(("kind", "more", "net", "gross"), ROWS)
def test_effective_cost_is_what_aws_says_it_is(tmp_path, kind, more, net, gross):
    row = line(10, line_item_line_item_type=kind, **{**AMORTIZED, **more})
    (charge,) = daily(bill(parquet(tmp_path / "a.parquet", [row])), tmp_path)
    assert charge["BilledCost"] == 10
    assert charge["EffectiveCost"] == Decimal(str(net))
    assert charge["x_AmortizedCost"] == Decimal(str(gross))


def test_a_commitment_is_paid_once_when_it_is_amortized(tmp_path):
    """An upfront plan of 744 for August, 600 of it used: amortized, the month costs 744, not 744 twice."""
    rows = [
        line(744, line_item_line_item_type="SavingsPlanUpfrontFee"),
        line(
            0,
            line_item_line_item_type="SavingsPlanRecurringFee",
            savings_plan_total_commitment_to_date=744,
            savings_plan_used_commitment=600,
        ),
        line(
            900,
            line_item_line_item_type="SavingsPlanCoveredUsage",
            savings_plan_savings_plan_effective_cost=600,
        ),
        line(-900, line_item_line_item_type="SavingsPlanNegation"),
    ]
    charges = daily(bill(parquet(tmp_path / "a.parquet", rows)), tmp_path)
    assert sum(charge["BilledCost"] for charge in charges) == 744
    assert sum(charge["EffectiveCost"] for charge in charges) == 744


COMMITTED = {
    "Savings Plans": [
        ("SavingsPlanCoveredUsage", 100, {"savings_plan_savings_plan_effective_cost": 60}),
        ("SavingsPlanNegation", -100, {}),
        (
            "SavingsPlanRecurringFee",
            60,
            {"savings_plan_total_commitment_to_date": 60, "savings_plan_used_commitment": 60},
        ),
    ],
    "Reserved Instances": [
        ("DiscountedUsage", 0, {"reservation_effective_cost": 30}),
        (
            "RIFee",
            10,
            {
                "reservation_unused_recurring_fee": 0,
                "reservation_unused_amortized_upfront_fee_for_billing_period": 0,
            },
        ),
        ("Fee", 20, {"reservation_reservation_a_r_n": "arn:reserved"}),
    ],
}


@pytest.mark.parametrize("absent", [(), *((column,) for column in AMORTIZED), tuple(AMORTIZED)])
@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_without_a_column_that_a_kind_needs_all_of_it_is_as_billed(tmp_path, absent, form):
    """100 of usage that a plan of 60 covers, and a reservation of 30: 90, whatever an export leaves out."""
    rows = [
        {**line(cost, line_item_line_item_type=kind), **AMORTIZED, **more}
        for kinds in COMMITTED.values()
        for kind, cost, more in kinds
    ]
    rows = [{name: value for name, value in row.items() if name not in absent} for row in rows]
    if form == "csv":
        raw = bill(legacy_csv(tmp_path / "a.csv", rows), form=RawFormat.CSV)
    else:
        raw = bill(parquet(tmp_path / "a.parquet", rows))
    rolled = DuckDBEngine().rollup(raw, [], tmp_path / "charges.parquet")
    sums = rolled.totals["USD"]
    assert (sums["BilledCost"], sums["EffectiveCost"], sums["x_AmortizedCost"]) == (90, 90, 90)
    lacking = {each.priced: set(each.columns) & set(absent) for each in MAPPING.sets if each.priced}
    assert {lack.priced: set(lack.columns) for lack in rolled.lacks} == {
        priced: columns for priced, columns in lacking.items() if columns
    }
    plan = [row for row in daily(raw, tmp_path) if row["x_ChargeType"].startswith("SavingsPlan")]
    costs = {row["x_ChargeType"]: row["EffectiveCost"] for row in plan}
    assert costs["SavingsPlanCoveredUsage"] == (100 if lacking["Savings Plans"] else 60)


def test_what_no_charge_needs_is_not_missed(tmp_path):
    raw = bill(parquet(tmp_path / "a.parquet", [line(1), line(2, line_item_line_item_type="Fee")]))
    assert DuckDBEngine().rollup(raw, [], tmp_path / "charges.parquet").lacks == ()


@pytest.mark.parametrize(
    ("kind", "category"),
    [
        ("Usage", "Usage"),
        ("DiscountedUsage", "Usage"),
        ("SavingsPlanCoveredUsage", "Usage"),
        ("SavingsPlanNegation", "Usage"),
        ("Fee", "Purchase"),
        ("RIFee", "Purchase"),
        ("SavingsPlanUpfrontFee", "Purchase"),
        ("SavingsPlanRecurringFee", "Purchase"),
        ("Tax", "Tax"),
        ("Credit", "Credit"),
        ("Refund", "Credit"),
        ("EdpDiscount", "Credit"),
        ("PrivateRateDiscount", "Credit"),
        ("SomethingNew", "Usage"),
    ],
)
def test_every_kind_of_line_has_its_category(tmp_path, kind, category):
    (charge,) = daily(bill(parquet(tmp_path / "a.parquet", [line(line_item_line_item_type=kind)])), tmp_path)
    assert (charge["x_ChargeType"], charge["ChargeCategory"]) == (kind, category)


def test_only_usage_has_a_quantity(tmp_path):
    """A negation repeats the usage it takes back; summing both would count it twice."""
    rows = [
        line(1, line_item_usage_amount=3, line_item_line_item_type="SavingsPlanCoveredUsage"),
        line(-1, line_item_usage_amount=3, line_item_line_item_type="SavingsPlanNegation"),
        line(0, line_item_usage_amount=1, line_item_line_item_type="Tax"),
    ]
    charges = daily(bill(parquet(tmp_path / "a.parquet", rows)), tmp_path)
    assert sum(charge["ConsumedQuantity"] or 0 for charge in charges) == 3


@pytest.mark.parametrize("form", ["2.0", "legacy"])
def test_a_cost_category_is_kept_beside_the_tag_of_the_same_name(tmp_path, form):
    keys = ("Unit", "cost-category:Unit")
    tagged, named = ({"user_Unit": "web"}, {"Unit": "shop"})
    if form == "legacy":
        file = tmp_path / "a.csv"
        row = {"resourceTags/user:Unit": "web", "costCategory/Unit": "shop"}
        raw = bill(legacy_csv(file, [line(**row), line()]), form=RawFormat.CSV)
    else:
        lines = [line(resource_tags=tagged, cost_category=named), line()]
        raw = bill(parquet(tmp_path / "a.parquet", lines))
    charges = daily(raw, tmp_path, keys)
    assert sorted((len(c["Tags"]), *c["Tags"].values()) for c in charges) == [(0,), (2, "web", "shop")]
    categories = PanelQuery(raw.period, "cur", (Dimension("cost-category:Unit"),))
    found = DuckDBEngine().panel([raw], categories)
    assert [str(scope) for scope in found.scopes] == ["(none)", "shop"]


@pytest.mark.parametrize(
    ("entries", "value"),
    [
        ({"resourceTags/Team": "web"}, "web"),
        ({"resourceTags/user:Team": "web", "accountTag/Team": "shop"}, "web"),
        ({"accountTag/Team": "shop", "userAttribute/Team": "staff"}, "shop"),
        ({"userAttribute/Team": "staff", "costCategory/Team": "unit"}, "staff"),
        ({"costCategory/Team": "unit"}, None),
    ],
)
def test_unified_tags_say_what_each_is_a_tag_of(tmp_path, entries, value):
    (charge,) = daily(
        bill(parquet(tmp_path / "a.parquet", [line(tags=entries)])), tmp_path, ("Team", "cost-category:Team")
    )
    assert charge["Tags"].get("Team") == value
    assert charge["Tags"].get("cost-category:Team") == entries.get("costCategory/Team")


@pytest.mark.parametrize(
    ("more", "publisher"),
    [
        ({}, "AWS"),
        ({"bill_billing_entity": "AWS", "line_item_legal_entity": "Amazon Web Services EMEA SARL"}, "AWS"),
        (
            {"bill_billing_entity": "AWS Marketplace", "line_item_legal_entity": "Lighthouse Ltd."},
            "Lighthouse Ltd.",
        ),
        ({"bill_billing_entity": "AWS Marketplace"}, "AWS Marketplace"),
    ],
)
def test_what_others_sell_names_the_seller(tmp_path, more, publisher):
    (charge,) = daily(bill(parquet(tmp_path / "a.parquet", [line(**more)])), tmp_path)
    assert (charge["ProviderName"], charge["PublisherName"]) == ("AWS", publisher)


@pytest.mark.parametrize("kind", ["BIGINT", "UINTEGER", "DOUBLE", "DECIMAL(20, 0)", "VARCHAR"])
def test_a_number_has_the_twelve_digits_of_an_account_again(tmp_path, kind):
    ids = {"line_item_usage_account_id": 222222222, "bill_payer_account_id": 33}
    row = line(**{name: str(each) if kind == "VARCHAR" else each for name, each in ids.items()})
    (charge,) = daily(bill(parquet(tmp_path / "a.parquet", [row], dict.fromkeys(ids, kind))), tmp_path)
    told = charge["SubAccountId"], charge["BillingAccountId"]
    assert told == (("222222222", "33") if kind == "VARCHAR" else ("000222222222", "000000000033"))


@pytest.mark.parametrize(
    ("more", "region"),
    [
        ({"product_region_code": "eu-west-1"}, "eu-west-1"),
        ({"product_region_code": "", "product_region": "us-east-1"}, "us-east-1"),
        ({"product_region_code": "global"}, None),
        ({"product": {"region": "eu-west-1"}}, "eu-west-1"),
        ({"product": {"region_code": "eu-west-1", "region": "EU (Ireland)"}}, "eu-west-1"),
        ({"product": {"region": "global"}}, None),
        ({"product_region": "us-east-1", "product": {"region": "eu-west-1"}}, "us-east-1"),
        ({"product_region_code": None, "product": {"region": "eu-west-1"}}, None),
        ({}, None),
    ],
)
def test_a_global_charge_has_no_region(tmp_path, more, region):
    (charge,) = daily(bill(parquet(tmp_path / "a.parquet", [line(**more)])), tmp_path)
    assert charge["RegionId"] == region
