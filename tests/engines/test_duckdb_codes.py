"""Product codes that are known spare the names of services, and nothing else changes."""

from __future__ import annotations

from decimal import Decimal

import duckdb
from cur_lines import AMORTIZED, bill, daily, legacy_csv, line, parquet

from aws_cost_anomalies.engines.duckdb.codes import known_codes_apart
from aws_cost_anomalies.engines.duckdb.files import raw_tables
from aws_cost_anomalies.model.bill import RawFormat


def _named(code: str | None, name: str | None) -> dict[str, object]:
    product = {} if name is None else {"product_name": name}
    return line(1.0, line_item_product_code=code, product=product)


def _services(rows):
    return sorted((row["ServiceName"] or "", row["x_ServiceCode"] or "", row["x_LineItems"]) for row in rows)


def test_a_code_that_is_not_known_keeps_the_name_of_its_bill(tmp_path):
    lines = [
        _named("AmazonEC2", "Something else"),
        _named("8f3kmarketplace", "A Seller's Product"),
        _named("8f3kmarketplace", None),
        _named(None, "A name alone"),
        _named("", "AWS Lambda"),
    ]
    assert _services(daily(bill(parquet(tmp_path / "a.parquet", lines)), tmp_path)) == [
        ("8f3kmarketplace", "8f3kmarketplace", 1),
        ("A Seller's Product", "8f3kmarketplace", 1),
        ("A name alone", "", 1),
        ("AWS Lambda", "AWSLambda", 1),
        ("Amazon Elastic Compute Cloud", "AmazonEC2", 1),
    ]


def test_where_every_code_is_known_no_name_is_read(tmp_path):
    raw = bill(parquet(tmp_path / "a.parquet", [_named("AmazonEC2", "x"), _named("awslambda", "y")]))
    with duckdb.connect() as connection:
        parts = known_codes_apart(connection, raw, raw_tables(connection, raw))
    assert [part.is_coded for part in parts] == [True]
    assert _services(daily(raw, tmp_path)) == [
        ("AWS Lambda", "AWSLambda", 1),
        ("Amazon Elastic Compute Cloud", "AmazonEC2", 1),
    ]


def _coded(raw):
    with duckdb.connect() as connection:
        return [part.is_coded for part in known_codes_apart(connection, raw, raw_tables(connection, raw))]


def test_one_code_that_is_missing_keeps_the_name_of_its_bill(tmp_path):
    raw = bill(parquet(tmp_path / "a.parquet", [_named("AmazonEC2", "x"), _named(None, "A name alone")]))
    assert _coded(raw) == [True, False]
    assert _services(daily(raw, tmp_path)) == [
        ("A name alone", "", 1),
        ("Amazon Elastic Compute Cloud", "AmazonEC2", 1),
    ]


def test_one_code_that_is_unknown_keeps_the_name_of_its_bill(tmp_path):
    raw = bill(parquet(tmp_path / "a.parquet", [_named("AmazonEC2", "x"), _named("8f3k", "A Product")]))
    assert _coded(raw) == [True, False]
    assert _services(daily(raw, tmp_path)) == [
        ("A Product", "8f3k", 1),
        ("Amazon Elastic Compute Cloud", "AmazonEC2", 1),
    ]


def test_an_export_without_codes_keeps_the_names(tmp_path):
    lines = [{k: v for k, v in _named("", "AWS Lambda").items() if k != "line_item_product_code"}]
    raw = bill(parquet(tmp_path / "a.parquet", lines))
    assert _coded(raw) == [False]
    assert [row["ServiceName"] for row in daily(raw, tmp_path)] == ["AWS Lambda"]


def test_codes_that_are_no_texts_are_read_as_they_are(tmp_path):
    path = parquet(tmp_path / "a.parquet", [_named(7, "Seven")], types={"line_item_product_code": "BIGINT"})
    raw = bill(path)
    assert _coded(raw) == [False]
    assert _services(daily(raw, tmp_path)) == [("Seven", "7", 1)]


def test_only_parquet_is_read_twice_for_it(tmp_path):
    raw = bill(legacy_csv(tmp_path / "a.csv", [line(1.0)]), form=RawFormat.CSV)
    assert _coded(raw) == [False]


def test_more_unknown_codes_than_are_worth_it_are_read_as_they_are(tmp_path):
    lines = [_named(f"code{number}", f"Name {number}") for number in range(150)]
    raw = bill(parquet(tmp_path / "a.parquet", lines))
    with duckdb.connect() as connection:
        parts = known_codes_apart(connection, raw, raw_tables(connection, raw))
    assert [part.is_coded for part in parts] == [False]
    assert {row["ServiceName"] for row in daily(raw, tmp_path)} == {f"Name {n}" for n in range(150)}


def test_an_amount_of_any_size_is_the_decimal_that_was_written(tmp_path):
    for number, cost in enumerate((0.1, 1999.99, 50000.01, 999999.99, 1234567.89, -98765432.1)):
        raw = bill(parquet(tmp_path / f"{number}.parquet", [line(cost), line(0.000000000001)]))
        (row,) = daily(raw, tmp_path)
        assert row["BilledCost"] == Decimal(str(cost)) + Decimal("0.000000000001"), cost


def test_parts_of_a_fee_that_fit_may_add_up_to_one_that_does_not(tmp_path):
    parts = AMORTIZED | {
        "reservation_unused_amortized_upfront_fee_for_billing_period": 900_000.5,
        "reservation_unused_recurring_fee": 800_000.25,
    }
    raw = bill(parquet(tmp_path / "a.parquet", [line(1.0, line_item_line_item_type="RIFee", **parts)]))
    (row,) = daily(raw, tmp_path)
    assert row["EffectiveCost"] == Decimal("1700000.75")
