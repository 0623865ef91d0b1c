"""Questions to raw line items: panels by anything, and the view of all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import numpy as np
import pytest
from cur_lines import bill, legacy_csv, line, parquet

from aws_cost_anomalies.engines.duckdb import DuckDBEngine, drilldown
from aws_cost_anomalies.engines.duckdb.files import raw_tables
from aws_cost_anomalies.errors import BadBill, MixedCurrencies
from aws_cost_anomalies.model.bill import RawFormat
from aws_cost_anomalies.model.focus import COLUMNS
from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import NONE, Dimension, Scope
from aws_cost_anomalies.sources.focus_export import MAPPING as FOCUS
from aws_cost_anomalies.sql.charges import Slice, Sums, summed
from aws_cost_anomalies.sql.tables import Lines

FIRST_WEEK = Period(date(2026, 8, 1), date(2026, 8, 8))
S3 = Scope((("ServiceName", "Amazon Simple Storage Service"),))
LINES = [
    line(
        1,
        1,
        line_item_resource_id="i-1",
        resource_tags={"user_team": "web"},
        line_item_operation="RunInstances",
    ),
    line(2, 1, line_item_resource_id="i-1", resource_tags={"user_team": "web"}),
    line(4, 3, line_item_resource_id="i-2", resource_tags={"user_team": "data"}),
    line(8, 3, line_item_product_code="AmazonS3", line_item_usage_account_id="222222222222"),
    line(16, 3, line_item_line_item_type="Tax"),
    line(32, 7, bill_billing_entity="AWS Marketplace", line_item_legal_entity="Lighthouse Ltd."),
    line(64, 8),
]


@pytest.fixture
def raw(tmp_path):
    return bill(parquet(tmp_path / "a.parquet", LINES))


def asked(*group_by, **more):
    dimensions = tuple(Dimension(name) for name in group_by)
    return PanelQuery(FIRST_WEEK, "cur", dimensions, metric="BilledCost", **more)


def sums(panel):
    """Scope → total, for the scopes there are."""
    return {
        str(scope): float(np.nansum(costs)) for scope, costs in zip(panel.scopes, panel.costs, strict=True)
    }


def test_a_panel_has_a_row_per_scope_and_a_column_per_day(raw):
    panel = DuckDBEngine().panel([raw], asked("resource"))
    assert panel.row(Scope((("ResourceId", "i-1"),))).tolist() == [3, 0, 0, 0, 0, 0, 0]
    assert panel.row(Scope((("ResourceId", "i-2"),))).tolist() == [0, 0, 4, 0, 0, 0, 0]
    assert panel.row(Scope((("ResourceId", NONE),))).tolist() == [0, 0, 24, 0, 0, 0, 32]
    assert panel.settled.all()
    assert (panel.currency, panel.metric, panel.period) == ("USD", "BilledCost", FIRST_WEEK)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (asked(), {"total": 63}),
        (asked("operation"), {"RunInstances": 1, NONE: 62}),
        (asked("tag:team"), {"web": 3, "data": 4, NONE: 56}),
        (asked("service", "account"), {
            "Amazon Elastic Compute Cloud · 111111111111": 55,
            "Amazon Simple Storage Service · 222222222222": 8,
        }),
        (asked("account", charge_categories=("Tax",)), {"111111111111": 16}),
        (asked(marketplace=False), {"total": 31}),
        (asked("resource", within=Scope((("tag:team", "web"),))), {"i-1": 3}),
        (asked("resource", within=Scope((("tag:team", NONE), ("SubAccountId", "222222222222")))), {NONE: 8}),
        (asked("account", within=S3), {"222222222222": 8}),
        (asked("publisher"), {"AWS": 31, "Lighthouse Ltd.": 32}),
        (asked("charge-type", within=Scope((("ChargeCategory", "Tax"),)), charge_categories=("Usage",)), {}),
        (asked("provider", currency="EUR"), {}),
    ],
)  # fmt: skip
def test_a_question_is_answered_by_the_lines_it_is_about(raw, query, wanted):
    assert sums(DuckDBEngine().panel([raw], query)) == wanted


def test_a_charge_whose_seller_nobody_knows_is_not_left_out(tmp_path):
    file = tmp_path / "focus.csv"
    rows = ("AWS,AWS,1", "AWS,Lighthouse Ltd.,2", ",,4")
    start = ("ProviderName,PublisherName,BilledCost,BillingCurrency,ChargePeriodStart",)
    file.write_text("\n".join((*start, *(f"{row},USD,2026-08-01T00:00:00Z" for row in rows))) + "\n")
    charges = bill(file, form=RawFormat.CSV, mapping=FOCUS)
    assert sums(DuckDBEngine().panel([charges], asked(marketplace=False))) == {"total": 5}


def test_several_bills_are_one_panel(raw, tmp_path):
    lines = [line("128", 2, line_item_resource_id="i-1")]
    other = bill(legacy_csv(tmp_path / "b.csv", lines), form=RawFormat.CSV)
    panel = DuckDBEngine().panel([raw, other], asked("resource"))
    assert panel.row(Scope((("ResourceId", "i-1"),))).tolist() == [3, 128, 0, 0, 0, 0, 0]


def test_bills_of_another_source_are_not_summed(raw):
    panel = DuckDBEngine().panel([raw], PanelQuery(FIRST_WEEK, "sample"))
    assert panel.scopes == ()
    assert panel.costs.shape == (0, 7)


def test_a_day_no_bill_speaks_for_is_unknown(raw):
    query = PanelQuery(Period(date(2026, 7, 30), date(2026, 8, 3)), "cur", metric="BilledCost")
    (costs,) = DuckDBEngine().panel([raw], query).costs
    assert np.isnan(costs).tolist() == [True, True, False, False]
    assert costs[2:].tolist() == [3, 0]


def test_several_currencies_are_never_summed(tmp_path):
    lines = [line(1), line(2, line_item_currency_code="EUR")]
    raw = bill(parquet(tmp_path / "a.parquet", lines))
    with pytest.raises(MixedCurrencies, match="EUR, USD"):
        DuckDBEngine().panel([raw], asked())
    panel = DuckDBEngine().panel([raw], asked(currency="EUR"))
    assert (panel.currency, sums(panel)) == ("EUR", {"total": 2})


def view(bills, *tags):
    """Rows of the view of line items, by column."""
    with duckdb.connect() as connection:
        found = connection.execute(DuckDBEngine().line_items_sql(bills, tags))
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_the_view_gives_every_line_with_every_column(raw):
    rows = view([raw], "team")
    assert list(rows[0]) == ["data_source", "export", "billing_period", *(c.name for c in COLUMNS)]
    assert len(rows) == len(LINES)
    assert {(r["data_source"], r["export"], r["billing_period"]) for r in rows} == {
        ("cur", "daily", "2026-08")
    }
    (first,) = [row for row in rows if row["BilledCost"] == 1]
    assert first["ChargePeriodStart"] == date(2026, 8, 1)
    assert first["ServiceName"] == "Amazon Elastic Compute Cloud"
    assert (first["ResourceId"], first["x_Operation"], first["Tags"]) == (
        "i-1",
        "RunInstances",
        {"team": "web"},
    )


def test_the_view_spans_bills_of_different_shapes(raw, tmp_path):
    other = bill(legacy_csv(tmp_path / "o[d]d.csv", [line("0.25")]), form=RawFormat.CSV)
    assert sum(row["BilledCost"] for row in view([raw, other])) == Decimal("127.25")


def test_the_view_leaves_out_a_bill_whose_files_are_gone(raw, tmp_path):
    gone = bill(parquet(tmp_path / "gone.parquet", [line(1000)]))
    gone.files[0].path.unlink()
    assert sum(row["BilledCost"] for row in view([raw, gone])) == 127


def test_bills_of_one_shape_keep_their_own_files_and_one_may_have_none(tmp_path):
    one, other = (
        bill(
            parquet(tmp_path / f"{cost}.parquet", [line(cost)]), parquet(tmp_path / f"{cost}b.parquet", more)
        )
        for cost, more in ((1, [line(20)]), (300, [line(4000)]))
    )
    wider = {**dict.fromkeys(("line_item_unblended_cost",), "DECIMAL(20, 6)")}
    third = bill(
        parquet(tmp_path / "c.parquet", [line(50_000)]),
        parquet(tmp_path / "d.parquet", [line(600_000)], wider),
    )
    assert sum(row["BilledCost"] for row in view([one, bill(), other, third])) == 654_321


def test_a_file_that_lacks_a_column_is_named_though_others_were_of_its_shape(tmp_path):
    good = bill(parquet(tmp_path / "good.parquet", [line(1)]))
    assert view([good])
    for name in ("first", "second"):
        lacking = parquet(tmp_path / f"{name}.parquet", [line(1)])
        with duckdb.connect() as connection:
            connection.execute(
                f"COPY (SELECT * EXCLUDE (line_item_unblended_cost) FROM '{lacking}') TO '{lacking}.cut'"
                " (FORMAT parquet)"
            )
        with pytest.raises(BadBill, match=f"{name}.parquet.cut"):
            view([good, bill(Path(f"{lacking}.cut"))])


def test_the_view_of_nothing_is_empty_but_has_its_columns():
    with duckdb.connect() as connection:
        described = connection.execute(DuckDBEngine().line_items_sql([], ["team"])).description or ()
    assert [column[0] for column in described] == [
        "data_source", "export", "billing_period", *(c.name for c in COLUMNS)
    ]  # fmt: skip


def test_a_day_of_the_view_is_a_utc_day_in_any_session(tmp_path):
    late = [line(1, line_item_usage_start_date=datetime(2026, 8, 5, 23, 30, tzinfo=UTC))]
    aware = {"line_item_usage_start_date": "TIMESTAMP WITH TIME ZONE"}
    raw = bill(parquet(tmp_path / "a.parquet", late, aware))
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'Pacific/Kiritimati'")
        rows = connection.execute(DuckDBEngine().line_items_sql([raw], [])).fetchall()
    assert rows[0][3] == date(2026, 8, 5)


def test_files_of_two_schemas_have_one_sum_for_a_key(tmp_path):
    regions = [line(1.0, product_region_code="eu-west-1"), line(2.0, product_region_code="us-east-1")]
    other = [line(4.0, product_region_code="eu-west-1", pricing_unit="Hrs")]
    raw = bill(parquet(tmp_path / "a.parquet", regions), parquet(tmp_path / "b.parquet", other))
    with duckdb.connect() as connection:
        lines = Lines(raw.mapping, raw_tables(connection, raw), (), "duckdb")
        rows = connection.execute(summed(lines, Sums(["BilledCost"], ["RegionId"]))).fetchall()
    assert len(lines.tables) == 2
    assert sorted(rows) == [("eu-west-1", Decimal(5), 2, 2), ("us-east-1", Decimal(2), 1, 1)]


def test_of_a_bill_that_counts_for_some_days_only_these_are_read(tmp_path):
    days = Period(date(2026, 8, 2), date(2026, 8, 3))
    raw = bill(parquet(tmp_path / "a.parquet", [line(1.0, 1), line(2.0, 2), line(4.0, 3)]))
    raw = replace(raw, only=days)
    with duckdb.connect() as connection:
        view = connection.execute(
            f"SELECT BilledCost FROM ({DuckDBEngine().line_items_sql([raw], [])})"
        ).fetchall()
        lines = Lines(raw.mapping, raw_tables(connection, raw), (), "duckdb", days)
        rows = connection.execute(summed(lines, Sums(["BilledCost"], ["RegionId"]))).fetchall()
    assert view == [(Decimal(2),)]
    assert [row[1] for row in rows] == [Decimal(2)]


def test_two_bills_may_have_a_file_in_common(tmp_path):
    raw = bill(parquet(tmp_path / "a.parquet", [line(1.0, 1), line(2.0, 2), line(4.0, 3)]))
    days = [Period(date(2026, 8, day), date(2026, 8, day + 1)) for day in (1, 3)]
    parts = [replace(raw, only=only) for only in days]
    with duckdb.connect() as connection:
        view = f"SELECT BilledCost FROM ({DuckDBEngine().line_items_sql(parts, [])})"
        assert sorted(connection.execute(view).fetchall()) == [(Decimal(1),), (Decimal(4),)]


def test_days_may_be_asked_for_that_no_key_tells(tmp_path):
    raw = bill(parquet(tmp_path / "a.parquet", [line(1.0, 1), line(2.0, 2), line(4.0, 3)]))
    with duckdb.connect() as connection:
        lines = Lines(raw.mapping, raw_tables(connection, raw), (), "duckdb")
        asked = Sums(["BilledCost"], ["RegionId"], Slice(days=("2026-08-02", "2026-08-03")))
        rows = connection.execute(summed(lines, asked)).fetchall()
    assert [row[1] for row in rows] == [Decimal(2)]


def test_a_file_that_is_written_to_while_it_is_asked_is_named(raw, monkeypatch):
    told_apart = drilldown.known_codes_apart

    def slow(*given):
        parts = told_apart(*given)
        parquet(raw.files[0].path, LINES[:2])
        return parts

    monkeypatch.setattr(drilldown, "known_codes_apart", slow)
    with pytest.raises(BadBill, match=r"a\.parquet.*it changed while it was read"):
        DuckDBEngine().panel([raw], asked("resource"))
