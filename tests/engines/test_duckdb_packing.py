"""Texts packed into numbers give the charges that texts themselves give, to the last digit."""

from __future__ import annotations

import duckdb
import pytest
from cur_lines import AMORTIZED, bill, daily, legacy_csv, line, parquet

from aws_cost_anomalies.engines.duckdb import packing, rollup
from aws_cost_anomalies.engines.duckdb.files import raw_tables
from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.model.bill import RawFormat
from aws_cost_anomalies.sources.focus_export import MAPPING as FOCUS
from aws_cost_anomalies.sql.charges import Sums, summed
from aws_cost_anomalies.sql.tables import Lines

KINDS = (
    "Usage", "DiscountedUsage", "SavingsPlanCoveredUsage", "SavingsPlanNegation", "SavingsPlanUpfrontFee",
    "SavingsPlanRecurringFee", "RIFee", "Fee", "Tax", "Credit", "Refund", "EdpDiscount", "Anything", "", None,
)  # fmt: skip
ODD = ("", None, "global", "eu-west-1", "a'b", "\\", "{{keys}}", "tab\tand\0null", "Ω", "x" * 300)
AMOUNTS = {
    "line_item_net_unblended_cost": 0.5,
    "line_item_usage_amount": 3.0,
    "pricing_public_on_demand_cost": 2.0,
    "reservation_effective_cost": 0.25,
    "reservation_reservation_a_r_n": "arn",
    "reservation_net_effective_cost": 0.125,
    "reservation_unused_recurring_fee": 7.0,
    "reservation_unused_amortized_upfront_fee_for_billing_period": 5.0,
    "savings_plan_savings_plan_effective_cost": 0.75,
    "savings_plan_total_commitment_to_date": 9.0,
    "savings_plan_used_commitment": 4.0,
}


def packed(raw, folder, monkeypatch, tags=()):
    """The daily charges of a bill, packed however small it is."""
    with monkeypatch.context() as patch:
        patch.setattr(rollup, "_LARGE", 0)
        return daily(raw, folder, tags)


def odd_lines():
    """Every odd text in every place, every kind of line, amounts given and absent."""
    lines = [
        line(float(n), line_item_line_item_type=kind, **{name: v for name, v in AMOUNTS.items() if n % 3})
        for n, kind in enumerate(KINDS * 2, start=1)
    ]
    for n, text in enumerate(ODD, start=100):
        lines += [
            line(n, product_region_code=text, product_region="us-east-1"),
            line(n, line_item_usage_type=text, pricing_unit="Hrs"),
            line(n, line_item_usage_account_id=text, line_item_usage_account_name="n"),
            line(n, line_item_product_code=text, product={"product_name": "By its name"}),
            line(n, bill_billing_entity="AWS Marketplace", line_item_legal_entity=text),
        ]
    return lines


@pytest.mark.parametrize("number", range(3))
def test_charges_are_those_of_texts(tmp_path, monkeypatch, number):
    lines = odd_lines()
    halves = (lines[::2], [{**each, "resource_tags_user_team": "a"} for each in lines[1::2]])
    files = [[lines], [lines[:40], lines[40:]], halves][number]
    raw = bill(*(parquet(tmp_path / f"{n}.parquet", part) for n, part in enumerate(files)))
    rows = daily(raw, tmp_path, ["team"])
    assert len(rows) > 40
    assert packed(raw, tmp_path, monkeypatch, ["team"]) == rows


@pytest.mark.parametrize(("bits", "most"), [(6, 2000), (64, 12), (64, 0), (3, 2000)])
def test_with_little_room_there_are_more_numbers_or_texts_stay(tmp_path, monkeypatch, bits, most):
    raw = bill(parquet(tmp_path / "a.parquet", odd_lines()))
    monkeypatch.setattr(packing, "_BITS", bits)
    monkeypatch.setattr(packing, "_MOST_TEXTS", most)
    assert packed(raw, tmp_path, monkeypatch) == daily(raw, tmp_path)


@pytest.mark.parametrize("kinds", [KINDS[:1], *zip(KINDS, (*KINDS[4:], *KINDS[:4]), strict=True)])
def test_what_no_line_comes_to_makes_no_difference(tmp_path, monkeypatch, kinds):
    lines = [line(float(n), line_item_line_item_type=kind, **AMOUNTS) for n, kind in enumerate(kinds, 1)]
    told = bill(parquet(tmp_path / "a.parquet", lines))
    silent = bill(legacy_csv(tmp_path / "a.csv", lines), form=RawFormat.CSV)
    assert packed(told, tmp_path, monkeypatch) == daily(silent, tmp_path)


@pytest.mark.parametrize("more", [[], [f"unit {n}" for n in range(40)]])
def test_a_file_that_is_written_to_meanwhile_is_named(tmp_path, monkeypatch, more):
    files = [
        parquet(tmp_path / f"{n}.parquet", [line(1.0, pricing_unit=u) for u in ("Hrs", "GB")]) for n in "ab"
    ]
    asked = packing._marks

    def slow(*given):
        marks = asked(*given)
        parquet(files[1], [line(1.0, pricing_unit=unit) for unit in ("Hrs", "GB", "GB-Mo", *more)])
        return marks

    monkeypatch.setattr(packing, "_marks", slow)
    with pytest.raises(BadBill, match=r"b\.parquet.*it changed while it was read"):
        packed(bill(*files), tmp_path, monkeypatch)


def test_a_number_that_stands_for_no_text_is_refused(tmp_path, monkeypatch):
    units = [f"unit {n}" for n in range(40)]
    raw = bill(parquet(tmp_path / "a.parquet", [line(1.0, pricing_unit=unit) for unit in units]))
    asked = packing._marks
    monkeypatch.setattr(packing, "_marks", lambda *given: dict(sorted(asked(*given).items())[:20]))
    with pytest.raises(BadBill, match="a text is there that was not there before"):
        packed(raw, tmp_path, monkeypatch)


@pytest.mark.parametrize(
    ("marks", "places"),
    [
        ({"a": [0, 1], "b": [0, 2]}, {"a": (0, 0b1), "b": (0, 0b10)}),
        ({"a": [0, 1], "b": [0, 1]}, {"a": (0, 0b1), "b": (1, 0b1)}),
        ({"a": [0, 1, 2], "b": [0b100, 0b1000, 0]}, {"a": (0, 0b11), "b": (0, 0b1100)}),
        ({"a": [7], "b": [0, 1 << 63]}, {"a": (0, 0b1), "b": (0, (1 << 64) - 2)}),
        ({"a": [0, 1 << 63], "b": [0, 1], "c": [0, 2]}, {"a": (0, (1 << 64) - 1), "b": (1, 1), "c": (1, 2)}),
    ],
)
def test_each_column_has_bits_of_its_own_that_tell_its_texts_apart(marks, places):
    expected = {name: (f"packed texts {number}", mask) for name, (number, mask) in places.items()}
    assert packing._places(marks) == expected


def test_no_two_texts_of_a_column_have_the_same_mark(tmp_path):
    lines = [line(1.0, pricing_unit=f"unit {n}", line_item_usage_type=f"type {n % 50}") for n in range(300)]
    raw = bill(parquet(tmp_path / "a.parquet", lines))
    with duckdb.connect() as connection:
        table = packing.packed(connection, raw.mapping, raw_tables(connection, raw)[0], number=0)
        (number,) = table.packed
        counted = f'SELECT COUNT(DISTINCT "{number}") FROM ({table.relation})'  # noqa: S608
        apart = connection.execute(counted).fetchone()
    assert set(table.unpacked) == {"pricing_unit", "line_item_usage_type"}
    assert apart == (300,)


def test_a_column_without_any_value_is_read_as_that_however_large_the_bill(tmp_path, monkeypatch):
    for lines in (1, 1000):
        charge = {
            "ChargePeriodStart": "2026-08-05T00:00:00Z",
            "BillingCurrency": "USD",
            "ProviderName": "AWS",
            "BilledCost": 1.0,
            "EffectiveCost": None,
            "ServiceName": "Amazon Elastic Compute Cloud",
            "RegionId": None,
            "Region": "us-east-1",
        }
        types = {"BilledCost": "DOUBLE", "EffectiveCost": "DOUBLE"}
        raw = bill(parquet(tmp_path / "a.parquet", [charge] * lines, types), mapping=FOCUS, source="focus")
        for rows in (daily(raw, tmp_path), packed(raw, tmp_path, monkeypatch)):
            assert [(row["RegionId"], row["EffectiveCost"]) for row in rows] == [(None, lines)]


def test_a_required_column_without_any_value_is_missed(tmp_path):
    raw = bill(parquet(tmp_path / "a.parquet", [line(1.0, line_item_currency_code=None)] * 1000))
    with pytest.raises(BadBill, match="line_item_currency_code is empty in 1,000 rows"):
        daily(raw, tmp_path)


def test_amounts_written_as_texts_are_tried_in_every_line(tmp_path, monkeypatch):
    used = "savings_plan_used_commitment"
    amounts = {**AMORTIZED, used: "abc", "savings_plan_total_commitment_to_date": 5.0}
    lines = [line(1.0, line_item_line_item_type=kind, **amounts) for kind in ("Usage", "Tax")]
    raw = bill(parquet(tmp_path / "a.parquet", lines, {used: "VARCHAR"}))
    for roll_up in (lambda: daily(raw, tmp_path), lambda: packed(raw, tmp_path, monkeypatch)):
        with pytest.raises(BadBill, match="holds 'abc', which is not an amount"):
            roll_up()


def test_columns_that_a_key_falls_back_to_do_not_make_groups_of_their_own(tmp_path):
    few = [line(n, product_region_code=f"r{n % 40}", product_region=f"p{n % 7}") for n in range(600)]
    many = [line(n, product_region_code=f"r{n % 3}", product_region=f"p{n % 200}") for n in range(600)]
    for lines, expected in ((few, {"product_region_code", "product_region"}), (many, set())):
        raw = bill(parquet(tmp_path / "a.parquet", lines))
        with duckdb.connect() as connection:
            table = packing.packed(connection, raw.mapping, raw_tables(connection, raw)[0], number=0)
        assert set(table.unpacked) == expected


def test_sums_that_name_no_service_have_one_row_a_key_too(tmp_path):
    lines = [line(1.0, product_region_code=region) for region in ("", "global", None, "eu-west-1")]
    raw = bill(parquet(tmp_path / "a.parquet", lines))
    with duckdb.connect() as connection:
        table = packing.packed(connection, raw.mapping, raw_tables(connection, raw)[0], number=0)
        asked = Sums(["BilledCost"], ["RegionId"])
        rows = connection.execute(summed(Lines(raw.mapping, [table], (), "duckdb"), asked)).fetchall()
    assert sorted((region or "", cost) for region, cost, *_ in rows) == [("", 3), ("eu-west-1", 1)]
