"""What every engine owes, over every source and shape of raw bill."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import cur_lines
import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from raw_bills import BILLS, OCTOBER
from raw_bills import bill as bill_of

from aws_cost_anomalies import engines, kinds
from aws_cost_anomalies.engines.athena import AthenaEngine
from aws_cost_anomalies.engines.duckdb import DuckDBEngine
from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.model.bill import RawBill, RawFile, RawFormat
from aws_cost_anomalies.model.focus import METRICS, SUMMARY
from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.model.ports import Engine
from aws_cost_anomalies.model.scope import Dimension
from aws_cost_anomalies.sql.lasting import is_monthly

TAGS = ["team"]
ACCOUNTS = {
    ("AWS", "999999999999"), ("AWS", None), ("AWS", "099999999999"), ("Another", "99999999999"),
}  # fmt: skip
"""A number has lost the zero that an id of AWS began with."""
COMMITMENTS = {"SavingsPlanNegation": "Savings Plans", "RIFee": "Reserved Instances"}
"""What nothing is left of once it is amortized → of which kind it is."""


def _engine(name: str, request: pytest.FixtureRequest) -> Engine:
    if name == "duckdb":
        return DuckDBEngine()
    if name == "athena":
        return request.getfixturevalue("athena").engine
    from aws_cost_anomalies.engines.spark import SparkEngine

    return SparkEngine(DuckDBEngine(), session=request.getfixturevalue("spark"))


NAMES = [pytest.param(name, marks=[pytest.mark.spark] if name == "spark" else []) for name in engines.KINDS]


@pytest.fixture(params=NAMES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return _engine(request.param, request)


@pytest.fixture(params=[each for each in NAMES if each.values != ("athena",)])
def csv_engine(request: pytest.FixtureRequest) -> Engine:
    """Those that read CSV themselves: Athena leaves it to DuckDB."""
    return _engine(request.param, request)


@pytest.fixture(params=BILLS)
def raw(request: pytest.FixtureRequest, engine: Engine, tmp_path: Path) -> RawBill:
    bill = BILLS[request.param](tmp_path)
    return bill if not isinstance(engine, AthenaEngine) else request.getfixturevalue("athena").in_s3(bill)


FOCUS_NAMES = "ChargePeriodStart,BillingCurrency,BilledCost,EffectiveCost"
CUR_NAMES = "line_item_usage_start_date,line_item_currency_code,line_item_unblended_cost"


@pytest.mark.parametrize(
    ("kind", "content", "hint"),
    [
        ("cur", FOCUS_NAMES, "`--source focus`"),
        ("focus", CUR_NAMES, "`--source cur`"),
        ("focus", "lineItem/UsageStartDate,lineItem/CurrencyCode,lineItem/UnblendedCost", "`--source cur`"),
        ("cur", "account_id,action_type,currency_code,recommendation_id", "Cost Optimization Hub"),
        (
            "cur",
            CUR_NAMES.replace("line_item_currency_code,", ""),
            "Add the column in the export's settings",
        ),
        ("cur", CUR_NAMES.replace(",", ";"), "separated by semicolons"),
        ("cur", CUR_NAMES.replace(",", "\t"), "separated by tabs"),
        ("cur", "status", "It is no bill of this kind"),
    ],
)
def test_a_file_that_is_no_bill_of_its_kind_comes_with_what_to_do(
    csv_engine: Engine, tmp_path: Path, kind: str, content: str, hint: str
) -> None:
    with pytest.raises(BadBill, match="lacks the required column") as refused:
        csv_engine.rollup(
            _csv_bill(tmp_path, kind, f"{content}\n1,2,3,4\n".encode()), TAGS, tmp_path / "charges"
        )
    assert hint in refused.value.hint


def test_a_file_that_is_not_utf_8_comes_with_what_to_do(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(BadBill) as refused:
        engine.rollup(
            _csv_bill(tmp_path, "cur", f"{CUR_NAMES}\n".encode("utf-16")), TAGS, tmp_path / "charges"
        )
    assert refused.value.hint == "Its text is not UTF-8: have it written so."


@pytest.mark.parametrize("last", [date(2026, 9, 1), date(2026, 8, 2), None])
def test_how_long_usage_lasts_is_counted(
    engine: Engine, tmp_path: Path, last: date | None, request: pytest.FixtureRequest
) -> None:
    end = "line_item_usage_end_date"
    ends = [datetime(2026, 9, 1)] * 20 + [last and datetime(last.year, last.month, last.day)]  # noqa: DTZ001
    lines = [cur_lines.line(1, 1, **{end: each}) for each in ends]
    fee = cur_lines.line(9, 1, line_item_line_item_type="Fee")
    path = cur_lines.parquet(tmp_path / "bill.parquet", [*lines, fee], {end: "TIMESTAMP"})
    bill = replace(cur_lines.bill(path), mapping=kinds.mapping("cur").lasting or kinds.mapping("cur"))
    if isinstance(engine, AthenaEngine):
        bill = request.getfixturevalue("athena").in_s3(bill)
    counted = engine.rollup(bill, (), tmp_path / "counted.parquet").totals
    assert counted["lines"]["BilledCost"] == 21
    assert is_monthly(counted) is (last == date(2026, 9, 1))


WORDS = ("", "null", "NULL", "None", "\\N")
"""How those who write CSV say that there is no number."""


def _priced(folder: Path, costs: Sequence[tuple[str, str]]) -> RawBill:
    """Line items with these costs, before and after discounts."""
    names = f"{CUR_NAMES},line_item_net_unblended_cost,line_item_resource_id,line_item_usage_type"
    lines = [f"2026-10-01T00:00:00Z,USD,{gross},{net},i-1,None{n}" for n, (gross, net) in enumerate(costs)]
    folder.mkdir()
    return _csv_bill(folder, "cur", "\n".join([names, *lines, ""]).encode())


def test_words_for_no_number_are_read_like_an_empty_one(csv_engine: Engine, tmp_path: Path) -> None:
    costs = [("1.5", "1.25"), *(("2.5", word) for word in WORDS)]
    said = csv_engine.rollup(_priced(tmp_path / "said", costs), TAGS, tmp_path / "said.parquet")
    empty = _priced(tmp_path / "empty", [costs[0], *(("2.5", "") for _ in WORDS)])
    assert csv_engine.rollup(empty, TAGS, tmp_path / "empty.parquet").totals == said.totals
    assert rows(tmp_path / "said.parquet") == rows(tmp_path / "empty.parquet")
    assert said.totals["USD"]["EffectiveCost"] == Decimal("13.75")
    assert {row["x_UsageType"] for row in rows(said.path)} == {f"None{n}" for n in range(6)}


@pytest.mark.parametrize("word", WORDS)
def test_they_are_no_names_either_and_no_commitments(csv_engine: Engine, tmp_path: Path, word: str) -> None:
    texts = "product_region_code", "line_item_usage_account_name", "reservation_reservation_a_r_n"
    tag = "\\N" if word == "\\N" else ""
    fee = cur_lines.line(
        100, 2, **{**cur_lines.AMORTIZED, **dict.fromkeys(texts, word)},
        line_item_line_item_type="Fee", resource_tags_user_team=tag,
    )  # fmt: skip
    (tmp_path / "bill").mkdir()
    path = cur_lines.legacy_csv(tmp_path / "bill" / "bill.csv", [fee])
    into = tmp_path / "charges.parquet"
    charges = csv_engine.rollup(cur_lines.bill(path, form=RawFormat.CSV), TAGS, into)
    assert charges.totals["USD"]["EffectiveCost"] == 100  # nobody reserved anything
    (row,) = rows(into)
    assert (row["RegionId"], row["SubAccountName"], row["Tags"]) == (None, None, {})


@pytest.mark.parametrize("word", ["null", "None"])
def test_a_team_may_be_called_so(csv_engine: Engine, tmp_path: Path, word: str) -> None:
    path = cur_lines.legacy_csv(tmp_path / "bill.csv", [cur_lines.line(1, resource_tags_user_team=word)])
    into = tmp_path / "charges.parquet"
    csv_engine.rollup(cur_lines.bill(path, form=RawFormat.CSV), TAGS, into)
    assert [row["Tags"] for row in rows(into)] == [{"team": word}]


@pytest.mark.parametrize("word", WORDS)
def test_a_day_that_is_such_a_word_is_none(csv_engine: Engine, tmp_path: Path, word: str) -> None:
    line = cur_lines.line(1, line_item_usage_start_date=word)
    (tmp_path / "bill").mkdir()
    path = cur_lines.legacy_csv(tmp_path / "bill" / "bill.csv", [line])
    with pytest.raises(BadBill, match="its column line_item_usage_start_date is empty in 1 rows"):
        csv_engine.rollup(cur_lines.bill(path, form=RawFormat.CSV), TAGS, tmp_path / "charges")


def test_a_cost_that_is_such_a_word_is_no_cost_of_zero(csv_engine: Engine, tmp_path: Path) -> None:
    costs = [(word, "1") for word in WORDS]
    with pytest.raises(BadBill, match="its column line_item_unblended_cost is empty in 5 rows"):
        csv_engine.rollup(_priced(tmp_path / "bill", costs), TAGS, tmp_path / "charges")


@pytest.mark.parametrize("word", ["n/a", "NaN", "Null", "-"])
def test_other_words_are_no_amount_and_are_the_ones_named(
    csv_engine: Engine, tmp_path: Path, word: str
) -> None:
    bill = _priced(tmp_path / "bill", [("1", "\\N"), ("1", "null"), ("1", word)])
    with pytest.raises(BadBill, match=f"holds '{word}', which is not an amount"):
        csv_engine.rollup(bill, TAGS, tmp_path / "charges")


def _typed(folder: Path, **columns: pa.Array) -> RawBill:
    """A line item of these columns, and what else it needs."""
    usual = {
        "line_item_usage_start_date": pa.array([datetime(2026, 10, 1, 7)]),  # noqa: DTZ001 - as Parquet holds it
        "line_item_currency_code": pa.array(["USD"]),
        "line_item_unblended_cost": pa.array([1.5]),
    }
    folder.mkdir(exist_ok=True)
    pq.write_table(pa.table({**usual, **columns}), folder / "odd.parquet")
    return bill_of("cur", kinds.mapping("cur"), [folder / "odd.parquet"], RawFormat.PARQUET)


LONG = pa.array([Decimal("-1.5")], pa.decimal256(50, 12))
"""DuckDB would read another number."""
OF_PAIRS = pa.array([[{"key": "user_team", "value": "web"}]])


@pytest.mark.parametrize(
    ("column", "values", "problem"),
    [
        (
            "line_item_usage_start_date",
            pa.array([1_790_812_800]),
            "holds '1790812800', which is not a point in time",
        ),
        (
            "line_item_usage_start_date",
            pa.array([1_790_812_800.0]),
            r"holds '(1790812800.0|1.7908128E9)', which is not a point",
        ),
        (
            "line_item_unblended_cost",
            LONG,
            r"(is of type DECIMAL\(50, 12\)|cannot be read \(Decimal precision 50)",
        ),
        (
            "line_item_net_unblended_cost",
            pa.array([date(2026, 10, 1)]),
            "holds '2026-10-01', which is not an amount",
        ),
        ("resource_tags", OF_PAIRS, "which is no map of tags"),
        ("resource_tags", pa.array([{"user_team": "web"}]), "which is no map of tags"),
    ],
)
def test_what_a_type_cannot_mean_is_refused(
    csv_engine: Engine, tmp_path: Path, column: str, values: pa.Array, problem: str
) -> None:
    with pytest.raises(BadBill, match=f"odd.parquet was not loaded: its column.*(?i:{problem})"):
        csv_engine.rollup(_typed(tmp_path, **{column: values}), TAGS, tmp_path / "charges")


@pytest.mark.parametrize("day", ["9999-12-31", "10000-01-01"])
def test_a_day_after_which_there_is_none_is_refused(csv_engine: Engine, tmp_path: Path, day: str) -> None:
    bill = _csv_bill(tmp_path, "cur", f"{CUR_NAMES}\n2026-10-01,USD,1\n{day},USD,1\n".encode())
    with pytest.raises(BadBill, match="bill.csv was not loaded: .* a day is in no calendar"):
        csv_engine.rollup(bill, TAGS, tmp_path / "charges")


def test_a_file_without_rows_need_not_say_what_its_columns_are(csv_engine: Engine, tmp_path: Path) -> None:
    full, empty = (_typed(tmp_path / name) for name in ("full", "empty"))
    nothing = pq.read_table(empty.files[0].path).slice(0, 0)
    names = ["line_item_usage_start_date", "line_item_unblended_cost", "line_item_currency_code"]
    untyped = pa.table({name: pa.nulls(0) for name in names})
    for content in (nothing, untyped):
        pq.write_table(content, empty.files[0].path)
        both = replace(full, files=(*full.files, *empty.files))
        assert csv_engine.rollup(both, TAGS, tmp_path / "charges.parquet").line_items == 1


def test_bytes_that_do_not_say_that_they_are_text_are_text(
    engine: Engine, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    texts = {
        "line_item_currency_code": "USD",
        "line_item_product_code": "Zoë's\\",
        "line_item_usage_account_id": "011111111111",
        "line_item_unblended_cost": "1.5",
    }
    said = _typed(tmp_path / "said", **{name: pa.array([text]) for name, text in texts.items()})
    unsaid = _typed(tmp_path / "unsaid", **{n: pa.array([t.encode()]) for n, t in texts.items()})
    if isinstance(engine, AthenaEngine):
        said, unsaid = (request.getfixturevalue("athena").in_s3(each) for each in (said, unsaid))
    engine.rollup(said, TAGS, tmp_path / "said.parquet")
    engine.rollup(unsaid, TAGS, tmp_path / "unsaid.parquet")
    assert rows(tmp_path / "unsaid.parquet") == rows(tmp_path / "said.parquet")
    assert rows(tmp_path / "said.parquet")[0]["x_ServiceCode"] == "Zoë's\\"


@pytest.mark.parametrize("cell", ['"a"b', '"a\\"b"'])
def test_a_quote_within_a_quoted_cell_is_not_guessed_at(
    csv_engine: Engine, tmp_path: Path, cell: str
) -> None:
    content = f"{CUR_NAMES},line_item_resource_id\n2026-10-01T00:00:00Z,USD,1,{cell}\n"
    with pytest.raises(BadBill, match="bill.csv was not loaded"):
        csv_engine.rollup(_csv_bill(tmp_path, "cur", content.encode()), TAGS, tmp_path / "charges")


def _csv_bill(folder: Path, kind: str, content: bytes) -> RawBill:
    path = folder / "bill.csv"
    path.write_bytes(content)
    file = RawFile(path, str(path), "e", len(content))
    mapping = kinds.mapping(kind)
    return RawBill(kind, "e", OCTOBER, "2026-10", "1", (file,), RawFormat.CSV, mapping)


def rows(path: Path) -> list[dict[str, Any]]:
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet($1) ORDER BY ALL", [str(path)])
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def columns(path: Path) -> list[tuple[str, str]]:
    with duckdb.connect() as connection:
        described = connection.execute("DESCRIBE FROM read_parquet($1)", [str(path)]).fetchall()
    return [(name, kind.replace(" ", "")) for name, kind, *_ in described]


def totals(charges: list[dict[str, Any]]) -> dict[str, dict[str, Decimal]]:
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in charges:
        for metric in METRICS:
            if row[metric.name] is not None:
                sums[row["BillingCurrency"]][metric.name] += row[metric.name]
    return sums


def as_billed(charges: list[dict[str, Any]]) -> set[str]:
    """The kinds of commitments whose charges are not amortized."""
    fees = [row for row in charges if row["x_ChargeType"] in COMMITMENTS]
    return {
        COMMITMENTS[row["x_ChargeType"]] for row in fees if row["x_AmortizedCost"] == row["BilledCost"] != 0
    }


def key(row: dict[str, Any]) -> str:
    metrics = {"x_LineItems", *(metric.name for metric in METRICS)}
    return str({name: value for name, value in row.items() if name not in metrics})


def test_daily_charges_are_those_of_the_bill(engine: Engine, raw: RawBill, tmp_path: Path) -> None:
    """All that is asked of one rollup stands in one test: on Spark a rollup takes seconds."""
    done = engine.rollup(raw, TAGS, tmp_path / "charges.parquet")
    charges = rows(done.path)
    days = {row["ChargePeriodStart"] for row in charges}

    assert columns(done.path) == [(c.name, c.type.replace(" ", "")) for c in SUMMARY] + [
        ("x_LineItems", "BIGINT")
    ]
    assert {(row["ProviderName"], row["BillingAccountId"]) for row in charges} <= ACCOUNTS
    assert {lack.priced for lack in done.lacks} == as_billed(charges)
    assert done.totals == totals(charges)
    assert done.rows == len(charges)
    assert done.line_items == sum(row["x_LineItems"] for row in charges)
    assert (done.covered.start, done.covered.last_day) == (min(days), max(days)) if done.covered else not days
    assert len({key(row) for row in charges}) == len(charges), "no two charges are alike"

    again = engine.rollup(raw, TAGS, tmp_path / "again.parquet")
    assert (rows(again.path), again.totals) == (charges, done.totals)

    for currency, sums in done.totals.items():
        query = PanelQuery(
            raw.period, raw.data_source, (Dimension("service"), Dimension("tag:team")), currency=currency
        )
        panel = engine.panel([raw], query)
        assert np.nansum(panel.costs) == pytest.approx(float(sums["EffectiveCost"]), rel=1e-12)


def test_those_that_begin_a_bill_early_are_named() -> None:
    kinds = {
        name: getattr(import_module(at.split(":")[0]), at.split(":")[1]) for name, at in engines.KINDS.items()
    }
    assert {name for name, kind in kinds.items() if hasattr(kind, "together")} == engines.IN_PARTS


@pytest.mark.parametrize("name", BILLS)
def test_parts_of_a_bill_add_up_to_the_whole(name: str, tmp_path: Path) -> None:
    bill, engine = BILLS[name](tmp_path), DuckDBEngine()
    tmp_path /= "BilledCost=3"  # a folder is no column
    tmp_path.mkdir()
    whole = engine.rollup(bill, TAGS, tmp_path / "whole.parquet")
    parts = [
        engine.rollup(replace(bill, files=(file,)), TAGS, tmp_path / f"{number}.parquet")
        for number, file in enumerate(bill.files)
    ]
    nothing = engine.rollup(replace(bill, files=()), TAGS, tmp_path / "nothing.parquet")
    together = engine.together([*parts, nothing], tmp_path / "together.parquet")
    assert rows(together.path) == rows(whole.path)
    assert columns(together.path) == columns(whole.path)
    assert replace(together, path=whole.path) == whole
