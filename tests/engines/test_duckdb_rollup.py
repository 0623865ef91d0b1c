"""Raw bills to daily charges with DuckDB: exact, the same from every shape of file, on UTC days."""

from __future__ import annotations

import csv
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import duckdb
import pytest
from cur_lines import bill, daily, legacy_csv, line, parquet, total

from aws_cost_anomalies.engines.duckdb import DuckDBEngine
from aws_cost_anomalies.model.bill import RawBill, RawFile, RawFormat
from aws_cost_anomalies.model.focus import SUMMARY
from aws_cost_anomalies.model.period import BillingPeriod, Period
from aws_cost_anomalies.sources.focus_export import MAPPING as FOCUS


def test_the_file_has_the_columns_of_the_summary(tmp_path):
    into = tmp_path / "charges.parquet"
    DuckDBEngine().rollup(bill(parquet(tmp_path / "a.parquet", [line()])), ["team"], into)
    with duckdb.connect() as connection:
        described = connection.execute("DESCRIBE FROM read_parquet($1)", [str(into)]).fetchall()
    wanted = [(c.name, c.type.replace(" ", "")) for c in SUMMARY] + [("x_LineItems", "BIGINT")]
    assert [(name, kind.replace(" ", "")) for name, kind, *_ in described] == wanted


def test_lines_of_one_day_and_scope_are_one_charge(tmp_path):
    lines = [line(0.1), line(0.2), line(0.4, day=6)]
    rows = daily(bill(parquet(tmp_path / "a.parquet", lines)), tmp_path)
    assert [(row["ChargePeriodStart"], row["BilledCost"], row["x_LineItems"]) for row in rows] == [
        (date(2026, 8, 5), Decimal("0.3"), 2),
        (date(2026, 8, 6), Decimal("0.4"), 1),
    ]


def test_what_was_done_is_told(tmp_path):
    raw = bill(parquet(tmp_path / "a.parquet", [line(1.5), line(2.5, day=7)]))
    done = DuckDBEngine().rollup(raw, [], tmp_path / "charges.parquet")
    assert (done.rows, done.line_items) == (2, 2)
    assert done.covered == Period(date(2026, 8, 5), date(2026, 8, 8))
    assert done.totals == {"USD": {m: Decimal(4) for m in ("BilledCost", "EffectiveCost", "x_AmortizedCost")}}


def test_a_delivery_without_charges_is_an_empty_file(tmp_path):
    done = DuckDBEngine().rollup(bill(), ["team"], tmp_path / "charges.parquet")
    assert (done.rows, done.line_items, done.totals, done.covered) == (0, 0, {}, None)
    assert daily(bill(), tmp_path) == []


def test_currencies_are_never_summed(tmp_path):
    lines = [line(1.0), line(2.0, line_item_currency_code="EUR")]
    raw = bill(parquet(tmp_path / "a.parquet", lines))
    totals = DuckDBEngine().rollup(raw, [], tmp_path / "charges.parquet").totals
    assert {currency: sums["BilledCost"] for currency, sums in totals.items()} == {"EUR": 2, "USD": 1}


@pytest.mark.parametrize("wanted", [["0.1"] * 10, ["1e-12", "0.000000000001"], ["123456789.123456", "-0.1"]])
def test_sums_are_those_of_the_decimals_that_were_meant(tmp_path, wanted):
    raw = bill(parquet(tmp_path / "a.parquet", [line(float(cost)) for cost in wanted]))
    assert total(raw, tmp_path) == sum(map(Decimal, wanted))


@pytest.mark.parametrize(
    "cost", ["2000.000000000001", "98765.4321", "999999.999999", "12345678.9012", "1e20"]
)
def test_a_large_double_is_the_decimal_that_it_prints(tmp_path, cost):
    raw = bill(parquet(tmp_path / "a.parquet", [line(float(cost))]))
    assert total(raw, tmp_path) == Decimal(str(float(cost)))


@pytest.mark.parametrize("types", [("BIGINT", "DOUBLE"), ("DECIMAL(9,2)", "DOUBLE"), ("VARCHAR", "DOUBLE")])
def test_a_cost_is_not_rounded_by_what_another_file_calls_its_type(tmp_path, types):
    first, second = ({"line_item_unblended_cost": kind} for kind in types)
    files = (
        parquet(tmp_path / "a.parquet", [line(2)], first),
        parquet(tmp_path / "b.parquet", [line(1.5)], second),
    )
    assert total(bill(*files), tmp_path) == total(bill(*reversed(files)), tmp_path) == Decimal("3.5")


def test_a_column_that_only_some_files_have_is_null_in_the_others(tmp_path):
    files = [
        parquet(tmp_path / "a.parquet", [line(line_item_net_unblended_cost=0.5)]),
        parquet(tmp_path / "b.parquet", [line(2.0)]),
    ]
    assert total(bill(*files), tmp_path, "EffectiveCost") == Decimal("2.5")


MIXED = [
    line(
        1.25, line_item_blended_cost=1.5, line_item_usage_amount=3, line_item_usage_type="BoxUsage:m5.large"
    ),
    line(7, 6, line_item_line_item_type="Tax", bill_invoice_id="inv", line_item_product_code="AmazonS3"),
    line(-0.0000000001, 31, line_item_line_item_type="Credit", line_item_usage_account_id="222222222222"),
    line(
        0,
        line_item_line_item_type="SavingsPlanCoveredUsage",
        savings_plan_savings_plan_effective_cost=0.7,
        savings_plan_total_commitment_to_date=1.0,
        savings_plan_used_commitment=1.0,
        product_region_code="eu-west-1",
        pricing_unit="Hrs",
        bill_billing_entity="AWS",
    ),
]


def test_legacy_names_read_like_new_ones(tmp_path):
    new = legacy_csv(tmp_path / "new.csv.gz", MIXED, rename=False)
    old = legacy_csv(tmp_path / "old.csv.gz", MIXED)
    assert b"lineItem/UnblendedCost" in legacy_csv(tmp_path / "old.csv", MIXED).read_bytes()
    rows = daily(bill(old, form=RawFormat.CSV), tmp_path)
    assert len(rows) == 4
    assert rows == daily(bill(new, form=RawFormat.CSV), tmp_path)


def test_csv_reads_like_parquet(tmp_path):
    rows = daily(bill(parquet(tmp_path / "a.parquet", MIXED)), tmp_path)
    for name in ("a.csv.gz", "a.csv"):
        assert daily(bill(legacy_csv(tmp_path / name, MIXED), form=RawFormat.CSV), tmp_path) == rows


def test_empty_and_the_word_null_are_nothing_in_csv(tmp_path):
    lines = [
        line("2.5", line_item_net_unblended_cost=nothing, product_region_code=nothing)
        for nothing in ("", "NULL")
    ]
    (row,) = daily(bill(legacy_csv(tmp_path / "a.csv", lines), form=RawFormat.CSV), tmp_path)
    assert (row["EffectiveCost"], row["RegionId"]) == (Decimal(5), None)


def test_a_line_break_and_quotes_inside_a_value_do_no_harm(tmp_path):
    lines = [
        line("1", line_item_line_item_description='two\nlines, "quoted"', line_item_usage_type='a"b,c')
    ] * 3
    (row,) = daily(bill(legacy_csv(tmp_path / "a.csv.gz", lines), form=RawFormat.CSV), tmp_path)
    assert (row["BilledCost"], row["x_UsageType"]) == (3, 'a"b,c')


@pytest.mark.parametrize("name", ["with [brackets]", "st*r", "a?b", "it's"])
def test_a_path_is_never_a_pattern(tmp_path, name):
    folder = tmp_path / name
    decoy = tmp_path / "with b" / "f.parquet"
    parquet(decoy, [line(100)])
    raw = bill(parquet(folder / "f.parquet", [line(1)]))
    assert total(raw, tmp_path) == 1
    raw = bill(legacy_csv(folder / "f.csv", [line(1)]), form=RawFormat.CSV)
    assert total(raw, tmp_path) == 1


def test_a_month_in_the_path_is_no_column(tmp_path):
    raw = bill(
        parquet(tmp_path / "BILLING_PERIOD=2026-08" / "line_item_currency_code=EUR" / "a.parquet", [line()])
    )
    assert [row["BillingCurrency"] for row in daily(raw, tmp_path)] == ["USD"]


NIGHT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from cur_lines import bill, daily, legacy_csv, line, parquet
from aws_cost_anomalies.model.bill import RawFormat
folder = Path(sys.argv[1])
late = [line(1, line_item_usage_start_date=datetime(2026, 8, 5, 23, 30, tzinfo=UTC))]
aware = {"line_item_usage_start_date": "TIMESTAMP WITH TIME ZONE"}
bills = [
    bill(parquet(folder / "naive.parquet", late)),
    bill(parquet(folder / "aware.parquet", late, aware)),
    bill(legacy_csv(folder / "z.csv", late), form=RawFormat.CSV),
]
print(*(daily(raw, folder)[0]["ChargePeriodStart"] for raw in bills))
"""


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_a_day_is_a_utc_day_wherever_the_machine_stands(tmp_path, zone):
    program = [sys.executable, "-c", NIGHT, str(tmp_path), __file__.rpartition("/engines/")[0]]
    done = subprocess.run(program, env={"TZ": zone}, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2026-08-05"] * 3


def test_an_offset_in_the_text_counts(tmp_path):
    lines = [line("1", line_item_usage_start_date="2026-08-06T01:00:00+02:00")]
    (row,) = daily(bill(legacy_csv(tmp_path / "a.csv", lines), form=RawFormat.CSV), tmp_path)
    assert row["ChargePeriodStart"] == date(2026, 8, 5)


def test_a_charge_outside_its_month_keeps_its_day(tmp_path):
    lines = [line(3, line_item_usage_start_date=datetime(2026, 7, 31, 23, tzinfo=UTC))]
    (row,) = daily(bill(parquet(tmp_path / "a.parquet", lines)), tmp_path)
    assert row["ChargePeriodStart"] == date(2026, 7, 31)


TAGGED = {"resource_tags": {"user_team": "web", "user_cost_center": "42", "user_other": "x"}}


def tags_of(raw, folder, *keys):
    return [row["Tags"] for row in daily(raw, folder, keys)]


def test_tags_are_the_configured_keys_that_have_a_value(tmp_path):
    raw = bill(parquet(tmp_path / "a.parquet", [line(**TAGGED)]))
    assert tags_of(raw, tmp_path, "team", "env") == [{"team": "web"}]
    assert tags_of(raw, tmp_path, "CostCenter") == [{"CostCenter": "42"}]
    assert tags_of(raw, tmp_path) == [{}]


def test_tags_as_json_text_read_like_a_map(tmp_path):
    text = '{"user_team": "web", "user_cost_center": "42"}'
    raw = bill(legacy_csv(tmp_path / "a.csv", [line(1, resource_tags=text)]), form=RawFormat.CSV)
    assert tags_of(raw, tmp_path, "team", "cost center") == [{"team": "web", "cost center": "42"}]


def test_tags_in_flat_columns_may_differ_by_letter_case_only(tmp_path):
    lines = [
        line("1", **{"resourceTags/user:team": "web", "resourceTags/user:Team": ""}),
        line("2", **{"resourceTags/user:team": "", "resourceTags/user:Team": "web"}),
    ]
    raw = bill(legacy_csv(tmp_path / "a.csv", lines), form=RawFormat.CSV)
    assert [(row["Tags"], row["BilledCost"]) for row in daily(raw, tmp_path, ["team"])] == [
        ({"team": "web"}, 3)
    ]


def test_a_service_has_one_name_whichever_the_bill_uses(tmp_path):
    lines = [
        line(1, line_item_product_code="AmazonRDS"),
        line(2, line_item_product_code="amazonrds", product={"product_name": "RDS"}),
        line(4, line_item_product_code="4t5xyz", product={"product_name": "Lighthouse"}),
        line(8, line_item_product_code="SomethingNew"),
    ]
    rows = daily(bill(parquet(tmp_path / "a.parquet", lines)), tmp_path)
    assert [(row["ServiceName"], row["x_ServiceCode"], row["BilledCost"]) for row in rows] == [
        ("Amazon Relational Database Service", "AmazonRDS", 3),
        ("Lighthouse", "4t5xyz", 4),
        ("SomethingNew", "SomethingNew", 8),
    ]


def test_the_real_focus_sample_adds_up(shared_data, tmp_path):
    path = shared_data / "focus_sample.csv"
    files = (RawFile(path, str(path), "1", path.stat().st_size),)
    month = BillingPeriod(2024, 9)
    raw = RawBill("focus", "sample", month.period, str(month), "1", files, RawFormat.CSV, FOCUS)
    done = DuckDBEngine().rollup(raw, ["application"], tmp_path / "charges.parquet")
    with path.open(newline="") as text:
        charges = list(csv.DictReader(text))
    assert done.line_items == len(charges) == 1000
    for metric in ("BilledCost", "EffectiveCost", "ListCost"):
        assert done.totals["USD"][metric] == sum(Decimal(charge[metric]) for charge in charges)
    rows = daily(raw, tmp_path, ["application"])
    tagged = sum((row["BilledCost"] for row in rows if row["Tags"]), Decimal())
    assert tagged == sum(Decimal(c["BilledCost"]) for c in charges if '"application"' in c["Tags"])
    assert {row["ProviderName"] for row in rows} == {"AWS", "Microsoft", "Oracle"}
    assert sum(row["x_LineItems"] for row in rows if row["PublisherName"] == "Red Hat Inc.") == 1


def test_limits_are_those_asked_for(tmp_path):
    engine = DuckDBEngine(memory_limit="256MB", threads=1, temp_dir=tmp_path / "spill")
    raw = bill(parquet(tmp_path / "a.parquet", [line()]))
    assert engine.rollup(raw, [], tmp_path / "charges.parquet").rows == 1
    assert replace(engine, threads=2).rollup(raw, [], tmp_path / "charges.parquet").rows == 1
