"""Bills that cannot be taken: the file, the column and the value are named, and nothing is summed."""

from __future__ import annotations

import gzip

import pytest
from cur_lines import bill, legacy_csv, line, parquet

from aws_cost_anomalies.engines.duckdb import DuckDBEngine
from aws_cost_anomalies.errors import BadBill, PartialResult
from aws_cost_anomalies.model.bill import RawFormat


def refused(raw, folder):
    """What is said of a bill that is not taken."""
    with pytest.raises(BadBill) as told:
        DuckDBEngine().rollup(raw, ["team"], folder / "charges.parquet")
    assert not (folder / "charges.parquet").exists()
    assert told.value.exit_code == 5
    return told.value.message


@pytest.mark.parametrize("cost", ["n/a", "NaN", "inf", "1,5", "1e40"])
def test_a_cost_that_is_no_number_is_named(tmp_path, cost):
    good = legacy_csv(tmp_path / "good.csv", [line("1")])
    bad = legacy_csv(tmp_path / "bad.csv.gz", [line("1"), line(cost)])
    message = refused(bill(good, bad, form=RawFormat.CSV), tmp_path)
    assert "s3://bills/bad.csv.gz" in message
    assert "lineItem/UnblendedCost" in message
    assert repr(cost) in message


@pytest.mark.parametrize("cost", [float("nan"), float("inf"), float("-inf"), 1e30])
def test_a_double_that_is_no_amount_is_named(tmp_path, cost):
    good = parquet(tmp_path / "good.parquet", [line()])
    bad = parquet(tmp_path / "bad.parquet", [line(), line(2, line_item_net_unblended_cost=cost)])
    message = refused(bill(good, bad), tmp_path)
    assert "s3://bills/bad.parquet" in message
    assert "line_item_net_unblended_cost" in message
    assert str(cost)[:3] in message


@pytest.mark.parametrize(
    "name", ["line_item_unblended_cost", "line_item_currency_code", "line_item_usage_start_date"]
)
def test_a_row_without_day_currency_or_cost_is_named(tmp_path, name):
    good = parquet(tmp_path / "good.parquet", [line()])
    bad = parquet(tmp_path / "bad.parquet", [line(), line(**{name: None}), line()])
    message = refused(bill(good, bad), tmp_path)
    assert "s3://bills/bad.parquet" in message
    assert name in message
    assert "empty in 1 rows" in message


def test_a_missing_column_is_named(tmp_path):
    lines = [{k: v for k, v in line().items() if k != "line_item_unblended_cost"}]
    good = parquet(tmp_path / "good.parquet", [line()])
    message = refused(bill(good, parquet(tmp_path / "bad.parquet", lines)), tmp_path)
    assert "s3://bills/bad.parquet" in message
    assert "lacks the required column line_item_unblended_cost" in message


def test_a_day_that_is_none_is_named(tmp_path):
    bad = legacy_csv(tmp_path / "bad.csv", [line("1", line_item_usage_start_date="last Tuesday")])
    message = refused(bill(bad, form=RawFormat.CSV), tmp_path)
    assert "'last Tuesday'" in message
    assert "lineItem/UsageStartDate" in message


@pytest.mark.parametrize("keep", [0.0, 0.3, 0.9, 0.999])
def test_a_parquet_file_cut_short_is_named(tmp_path, keep):
    good = parquet(tmp_path / "good.parquet", [line()])
    bad = parquet(tmp_path / "bad.parquet", [line(float(i)) for i in range(500)])
    content = bad.read_bytes()
    bad.write_bytes(content[: int(len(content) * keep)])
    assert "s3://bills/bad.parquet" in refused(bill(good, bad), tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"PAR1", b"PAR1" * 3, b"PAR1" + b"\0" * 60 + b"PAR1", b"<html>no</html>"]
)
def test_what_is_no_parquet_file_is_named(tmp_path, content):
    bad = tmp_path / "bad.parquet"
    bad.write_bytes(content)
    good = parquet(tmp_path / "good.parquet", [line()])
    assert "s3://bills/bad.parquet" in refused(bill(good, bad), tmp_path)


def test_a_garbled_page_is_named(tmp_path):
    good = parquet(tmp_path / "good.parquet", [line()])
    bad = parquet(tmp_path / "bad.parquet", [line(i / 7, line_item_usage_type=f"u{i}") for i in range(5000)])
    content = bytearray(bad.read_bytes())
    content[100:4000] = bytes(3900)
    bad.write_bytes(content)
    assert "s3://bills/bad.parquet" in refused(bill(good, bad), tmp_path)


@pytest.mark.parametrize("keep", [0.2, 0.6, 0.99])
def test_a_gzip_file_cut_short_is_named_and_not_half_summed(tmp_path, keep):
    bad = legacy_csv(
        tmp_path / "bad.csv.gz", [line(str(i), line_item_usage_type=f"u{i}") for i in range(3000)]
    )
    content = bad.read_bytes()
    bad.write_bytes(content[: int(len(content) * keep)])
    assert "s3://bills/bad.csv.gz" in refused(bill(bad, form=RawFormat.CSV), tmp_path)


def test_a_gzip_file_with_a_flipped_bit_is_named(tmp_path):
    bad = legacy_csv(
        tmp_path / "bad.csv.gz", [line(str(i), line_item_usage_type=f"u{i}") for i in range(3000)]
    )
    content = bytearray(bad.read_bytes())
    content[len(content) // 2] ^= 4
    bad.write_bytes(content)
    assert "s3://bills/bad.csv.gz" in refused(bill(bad, form=RawFormat.CSV), tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"\xff\xfe\x00", b"a,b\n", gzip.compress(b"", mtime=0), b'"lineItem/UnblendedCost'],
)
def test_what_is_no_csv_file_is_named(tmp_path, content):
    name = "bad.csv.gz" if content[:2] == b"\x1f\x8b" else "bad.csv"
    (tmp_path / name).write_bytes(content)
    assert f"s3://bills/{name}" in refused(bill(tmp_path / name, form=RawFormat.CSV), tmp_path)


def test_a_row_with_too_few_values_is_named(tmp_path):
    bad = legacy_csv(tmp_path / "bad.csv", [line("1")])
    bad.write_bytes(bad.read_bytes() + b"2026-08-05T00:00:00Z,USD\r\n")
    assert "s3://bills/bad.csv" in refused(bill(bad, form=RawFormat.CSV), tmp_path)


def test_a_file_that_is_gone_is_named(tmp_path):
    raw = bill(parquet(tmp_path / "bad.parquet", [line()]))
    raw.files[0].path.unlink()
    assert "s3://bills/bad.parquet" in refused(raw, tmp_path)


def test_tags_that_are_no_json_are_named(tmp_path):
    bad = legacy_csv(tmp_path / "bad.csv", [line("1", resource_tags="{oops")])
    assert "s3://bills/bad.csv" in refused(bill(bad, form=RawFormat.CSV), tmp_path)


def claiming(content: bytes, rows: int) -> bytes:
    """A Parquet file of one row whose footer says that there are more.

    In Thrift's compact form the footer's row count is a 64-bit field (0x16) and a zigzag varint.
    """
    length = int.from_bytes(content[-8:-4], "little")
    body, footer = content[: -8 - length], content[-8 - length : -8]
    number, rest = b"", rows * 2
    while rest > 127:
        number, rest = number + bytes([rest & 127 | 128]), rest >> 7
    before, _, after = footer.partition(b"\x16\x02")
    footer = before + b"\x16" + number + bytes([rest]) + after
    return body + footer + len(footer).to_bytes(4, "little") + b"PAR1"


def test_nothing_that_short_is_a_parquet_file(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"PAR1PAR1")
    assert "it is cut short: 8 bytes" in refused(bill(tmp_path / "a.parquet"), tmp_path)


@pytest.mark.parametrize(
    ("rows", "why"), [(2, " 2 rows"), (20_000_000, "it claims to hold 20,000,000 rows in ")]
)
def test_a_file_that_claims_more_rows_than_it_has_is_refused(tmp_path, rows, why):
    path = parquet(tmp_path / "bad.parquet", [line()])
    path.write_bytes(claiming(path.read_bytes(), rows))
    message = refused(bill(path), tmp_path)
    assert "s3://bills/bad.parquet" in message
    assert why in message


def test_too_little_memory_is_told_as_such(tmp_path):
    lines = [line(float(i), line_item_usage_type=f"u{i}" * 20) for i in range(20000)]
    raw = bill(parquet(tmp_path / "a.parquet", lines))
    with pytest.raises(PartialResult, match="memory"):
        DuckDBEngine(memory_limit="8MB", threads=1).rollup(raw, [], tmp_path / "charges.parquet")


def test_a_footer_that_is_no_text_is_named(tmp_path):
    good = parquet(tmp_path / "good.parquet", [line()])
    bad = parquet(tmp_path / "bad.parquet", [line()])
    content = bad.read_bytes()
    assert content.count(b"DuckDB version") == 1
    bad.write_bytes(content.replace(b"DuckDB version", b"\xfe\xffckDB version"))
    message = refused(bill(good, bad), tmp_path)
    assert "s3://bills/bad.parquet" in message
    assert "footer" in message
