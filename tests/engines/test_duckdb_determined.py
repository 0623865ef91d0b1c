"""What footers say of a text saves grouping by it and changes no row: the same files as CSV say nothing."""

from __future__ import annotations

import pytest
from cur_lines import bill, daily, legacy_csv, line, parquet

from aws_cost_anomalies.engines.duckdb.files import raw_tables
from aws_cost_anomalies.engines.duckdb.session import Session
from aws_cost_anomalies.model.bill import RawFormat
from aws_cost_anomalies.model.focus import DIMENSIONS
from aws_cost_anomalies.sources.cur import MAPPING
from aws_cost_anomalies.sql.charges import parsed
from aws_cost_anomalies.sql.determined import determined, same_everywhere

SELLER = {"bill_billing_entity": "AWS Marketplace", "line_item_legal_entity": "Seller"}
WRITTEN = {projection.alias_or_name: projection.unalias() for projection in parsed(MAPPING).selects}
LONG = "x" * 61


@pytest.mark.parametrize(
    "files",
    [
        [[line(1.0), line(2.0, day=6)], [line(4.0)]],
        [[line(1.0)], [line(2.0, line_item_currency_code="EUR")]],
        [[line(1.0, line_item_usage_account_name="a"), line(2.0, line_item_usage_account_name=None)]],
        [[line(1.0, line_item_usage_account_name="")] * 2],
        [[line(1.0, line_item_usage_account_name=LONG + end) for end in "ab"]],
        [[line(1.0, line_item_usage_account_name="Zoë")] * 2],
        [[line(1.0, **SELLER)], [line(2.0, **SELLER)]],
        [[line(1.0, **SELLER)], [line(2.0, bill_billing_entity="AWS", line_item_legal_entity="Seller")]],
        [[line(1.0, pricing_unit="Hrs")], [line(2.0)]],
        [[line(1.0, line_item_line_item_type="Tax")], [line(2.0, line_item_line_item_type="Credit")]],
    ],
)  # fmt: skip
def test_rows_are_those_of_files_that_say_nothing(tmp_path, files):
    told = [parquet(tmp_path / f"{n}.parquet", lines) for n, lines in enumerate(files)]
    silent = [legacy_csv(tmp_path / f"{n}.csv", lines) for n, lines in enumerate(files)]
    rows = daily(bill(*told), tmp_path)
    assert rows
    assert rows == daily(bill(*silent, form=RawFormat.CSV), tmp_path)


def same(*files):
    with Session().connected("a test") as connection:
        (table,) = raw_tables(connection, bill(*files))
    return {name: value.this for name, value in same_everywhere(MAPPING.columns, table).items()}


def test_one_value_in_all_files_is_known(tmp_path):
    files = [
        parquet(tmp_path / f"{n}.parquet", [line(1.0, pricing_unit=unit)]) for n, unit in enumerate("ab")
    ]
    known = same(*files)
    assert known["line_item_currency_code"] == "USD"
    assert "pricing_unit" not in known
    assert "line_item_unblended_cost" not in known


@pytest.mark.parametrize("name", [None, "", "Zoë", LONG])
def test_what_footers_may_cut_or_a_mapping_reads_otherwise_is_not_believed(tmp_path, name):
    lines = [line(1.0, line_item_usage_account_name=name)] * 2
    assert "line_item_usage_account_name" not in same(parquet(tmp_path / "a.parquet", lines))


def test_a_number_is_no_text(tmp_path):
    types = {"bill_payer_account_id": "BIGINT"}
    assert "bill_payer_account_id" not in same(parquet(tmp_path / "a.parquet", [line(1.0)], types))


def test_keys_told_by_others_are_not_grouped_by():
    keys = [column.name for column in DIMENSIONS if column.name != "Tags"]
    assert set(determined(WRITTEN, keys, {})) == {"ProviderName", "ChargeCategory", "ChargeClass"}
    assert determined(WRITTEN, ["ProviderName"], {}) == {}
