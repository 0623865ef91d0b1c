"""The sample bill is the same everywhere, and looks like a bill."""

import hashlib
import json
import time
from collections import Counter
from datetime import date

import numpy as np
import pytest

from aws_cost_anomalies.model.period import BillingPeriod
from aws_cost_anomalies.sources.sample import PERIOD, sample_bill

ACCOUNTS = {"management", "prod", "staging", "dev", "data", "security"}
DIGEST = "71f02df7fc5935a7c022330aa6628efc19630164cb600570dcfa9758fff4d02d"


def digest(bill) -> str:
    """One number for every value of a bill."""
    content = hashlib.sha256()
    for month, columns in bill.months.items():
        for name, (kind, values) in columns.items():
            content.update(f"{month} {name} {kind} {values.size}".encode())
            if values.dtype.kind == "O":
                content.update(json.dumps(values.tolist()).encode())
            else:
                content.update(values.astype(values.dtype.newbyteorder("<")).tobytes())
    return content.hexdigest()


def test_the_same_seed_gives_the_same_values_on_every_machine(bill):
    assert digest(bill) == DIGEST


@pytest.mark.parametrize("seed", [1, 11])
def test_another_seed_gives_another_bill_that_holds_together(bill, seed):
    other = sample_bill(seed)
    june = BillingPeriod(2026, 6)
    costs, usual = (each.months[june]["line_item_unblended_cost"][1] for each in (other, bill))
    assert not np.isclose(costs.sum(), usual.sum(), atol=1.0)
    assert [label.kind for label in other.labels] == [label.kind for label in bill.labels]
    for columns in other.months.values():
        used, commitment = (
            columns[f"savings_plan_{name}"][1] for name in ("used_commitment", "total_commitment_to_date")
        )
        assert (used <= commitment + 1e-9).all()
        assert (columns["line_item_usage_amount"][1] >= 0).all()


def test_making_it_takes_less_than_three_seconds():
    start = time.process_time()
    sample_bill()
    assert time.process_time() - start < 3.0


def test_it_spans_120_days_with_charges_of_every_account_on_each(items):
    assert PERIOD.days == 120
    assert set(items.days) == set(PERIOD)
    seen = set(zip(items.days, items["line_item_usage_account_name"], strict=True))
    assert len(seen) == 120 * len(ACCOUNTS)


def test_each_line_is_in_the_file_of_its_billing_period(bill):
    assert [str(month) for month in bill.months] == ["2026-05", "2026-06", "2026-07", "2026-08"]
    for month, columns in bill.months.items():
        starts = columns["line_item_usage_start_date"][1]
        assert {BillingPeriod.of(day) for day in set(starts.astype("M8[D]").tolist())} == {month}
        assert set(columns["bill_billing_period_start_date"][1].astype("M8[D]").tolist()) == {
            month.period.start
        }


def test_it_has_six_accounts_under_one_payer(items):
    assert set(items["line_item_usage_account_name"]) == ACCOUNTS
    assert set(items["line_item_usage_account_id"]) == {f"10000000000{n}" for n in range(1, 7)}
    assert set(items["bill_payer_account_id"]) == {"100000000001"}


def test_it_has_many_services_and_several_regions(items):
    assert len(set(items["line_item_product_code"])) >= 30
    regions = {"", "us-east-1", "us-west-2", "eu-west-1", "ap-southeast-1"}
    assert set(items["product_region_code"]) == regions


def test_its_size_keeps_the_demo_quick(items):
    assert 60_000 <= items.types.size <= 120_000


def test_every_column_has_a_value_for_every_line_and_every_line_its_own_id(bill, items):
    for columns in bill.months.values():
        assert len({values.size for _, values in columns.values()}) == 1
    assert all(None not in values for values in items.columns.values() if values.dtype == object)
    assert len(set(items["identity_line_item_id"])) == items.types.size


def test_costs_are_finite_and_rounded_to_ten_decimals(items):
    for name, values in items.columns.items():
        if values.dtype == np.float64:
            assert np.isfinite(values).all(), name
            assert (np.abs(values - np.round(values, 10)) < 1e-12).all(), name


def test_a_month_costs_what_a_middling_organization_pays(bill):
    for columns in bill.months.values():
        assert 15_000 < columns["line_item_unblended_cost"][1].sum() < 60_000


def test_usage_is_never_negative_nor_longer_than_the_day(items):
    assert (items["line_item_usage_amount"] >= 0).all()
    is_hourly = np.isin(items["pricing_unit"].astype(str), ["Hrs", "Hours"]) & (items.types == "Usage")
    assert items["line_item_usage_amount"][is_hourly].max() <= 24.0


def test_weekends_are_quiet_in_engineering_accounts_and_busy_for_visitors(items):
    weekend = np.array([day.weekday() >= 5 for day in items.days])
    clean = np.array([day < date(2026, 6, 8) and day != date(2026, 5, 25) for day in items.days])

    def ratio(account, service):
        chosen = clean & (items["line_item_usage_account_name"] == account)
        chosen &= (items["line_item_product_code"] == service) & (items.types == "Usage")
        quiet, busy = items.daily(chosen & weekend), items.daily(chosen & ~weekend)
        return np.mean(list(quiet.values())) / np.mean(list(busy.values()))

    assert ratio("dev", "AmazonEC2") < 0.5
    assert ratio("staging", "AmazonECS") < 0.4
    assert 1.05 < ratio("prod", "AmazonCloudFront") < 1.25


def test_most_resources_are_tagged_and_some_are_not(items):
    has_resource = (items.types == "Usage") & (items["line_item_resource_id"] != "")
    tags = items["resource_tags"][has_resource]
    tagged = sum(1 for each in tags if each)
    assert 0.75 < tagged / tags.size < 0.95
    assert {each["user_team"] for each in tags if each} == {
        "platform",
        "payments",
        "search",
        "web",
        "data-eng",
    }
    assert {each["user_env"] for each in tags if each} == {"prod", "staging", "dev"}


def test_every_kind_of_line_is_there(items):
    counts = Counter(items.types.tolist())
    assert set(counts) == {
        "Usage", "SavingsPlanCoveredUsage", "SavingsPlanNegation", "SavingsPlanRecurringFee",
        "DiscountedUsage", "RIFee", "Fee", "Tax", "Credit", "Refund",
    }  # fmt: skip
    assert set(items["bill_billing_entity"]) == {"AWS", "AWS Marketplace"}


def test_fees_and_taxes_come_on_their_days(items):
    def days_of(types, code=None):
        chosen = np.isin(items.types, types)
        if code:
            chosen &= items["line_item_product_code"] == code
        return sorted({day.day for day in items.days[chosen]})

    assert days_of(["Fee"], "AWSSupportBusiness") == [7]
    assert days_of(["Fee"], "3v8mq1sampleobservability") == [1]
    assert days_of(["Tax"]) == [1]
    assert days_of(["RIFee"]) == [1]
    assert max(items.days[items.types == "Credit"]) == date(2026, 7, 24)


def test_a_savings_plan_takes_off_what_it_covers_and_is_never_overused(items):
    unblended = items["line_item_unblended_cost"]
    covered = unblended[items.types == "SavingsPlanCoveredUsage"].sum()
    assert abs(covered + unblended[items.types == "SavingsPlanNegation"].sum()) < 1e-5
    fees = items.types == "SavingsPlanRecurringFee"
    used, commitment = (
        items["savings_plan_used_commitment"][fees],
        items["savings_plan_total_commitment_to_date"][fees],
    )
    assert (used <= commitment + 1e-9).all()
    effective = items["savings_plan_savings_plan_effective_cost"]
    assert abs(effective.sum() - used.sum()) < 1e-5


def test_a_reservation_costs_its_fee_used_or_not(items):
    is_fee, is_used = items.types == "RIFee", items.types == "DiscountedUsage"
    months = items["bill_billing_period_start_date"]
    for month in set(months[is_fee]):
        fee = items["line_item_unblended_cost"][is_fee & (months == month)].sum()
        used = items["reservation_effective_cost"][is_used & (months == month)].sum()
        unused = items["reservation_unused_recurring_fee"][is_fee & (months == month)].sum()
        assert unused > 0
        assert abs(fee - used - unused) < 1e-5


def test_private_prices_are_taken_off_the_net_cost_alone(items):
    is_private = items["line_item_product_code"] == "AmazonCloudFront"
    off = items["line_item_net_unblended_cost"] - items["line_item_unblended_cost"]
    assert np.allclose(off, items["discount_total_discount"])
    assert np.allclose(off[is_private] / items["line_item_unblended_cost"][is_private], -0.12, atol=1e-4)
    assert not off[~is_private].any()
    named = [sum(each.values()) for each in items["discount"]]
    assert np.allclose(named, items["discount_total_discount"])


def test_the_month_that_is_open_has_no_invoice(bill):
    invoices = [set(columns["bill_invoice_id"][1]) for columns in bill.months.values()]
    assert all(len(each) == 1 for each in invoices)
    assert [each != {""} for each in invoices] == [True, True, True, False]
