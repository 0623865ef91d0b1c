"""What Spark refuses: the file, the column and the value are named, not the cluster."""

from __future__ import annotations

import gzip
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.sql import SparkSession
from raw_bills import CUR, bill, cost_explorer, cur_csv, focus_parquet

from aws_cost_anomalies import kinds
from aws_cost_anomalies.engines.duckdb import DuckDBEngine
from aws_cost_anomalies.engines.spark import SparkEngine
from aws_cost_anomalies.errors import BadBill, SettingsError
from aws_cost_anomalies.model.bill import RawBill, RawFormat
from aws_cost_anomalies.settings import Settings

pytestmark = pytest.mark.spark


@pytest.fixture(scope="module")
def engine(spark: SparkSession) -> SparkEngine:
    return SparkEngine(DuckDBEngine(), session=spark)


def three_lines(path: Path, costs: list[object], **columns: list[object]) -> RawBill:
    """A CUR of three line items, one of them early on the first of the month, Eastern time."""
    starts = pa.array(["2026-10-01T00:30:00", "2026-10-15T23:59:59", "2026-10-31T12:00:00"])
    table = {
        "line_item_usage_start_date": starts.cast(pa.timestamp("us")),
        "line_item_currency_code": ["USD"] * 3,
        "line_item_unblended_cost": costs,
        **columns,
    }
    pq.write_table(pa.table(table), path, use_deprecated_int96_timestamps=True)
    return bill("cur", CUR, [path], RawFormat.PARQUET)


def test_a_cost_that_is_no_number_is_named(engine: SparkEngine, tmp_path: Path) -> None:
    good = three_lines(tmp_path / "good.parquet", ["1.5", "2", ""])
    bad = three_lines(tmp_path / "bad.parquet", ["1.5", "n/a", "3"])
    both = replace(bad, files=(three_lines(tmp_path / "other.parquet", ["1", "2", "3"]).files + bad.files))

    with pytest.raises(BadBill) as refused:
        engine.rollup(both, [], tmp_path / "charges.parquet")
    with pytest.raises(BadBill) as empty:
        engine.rollup(good, [], tmp_path / "charges.parquet")

    assert refused.value.message == (
        "s3://bills/bad.parquet was not loaded: its column line_item_unblended_cost holds 'n/a', "
        "which is not an amount."
    )
    assert "good.parquet was not loaded: its column line_item_unblended_cost is empty in 1 rows" in str(
        empty.value
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e30])
def test_no_number_of_a_double_counts_as_nothing(engine: SparkEngine, tmp_path: Path, value: float) -> None:
    odd = three_lines(tmp_path / "odd.parquet", [1.0, value, 2.0])

    with pytest.raises(BadBill, match="odd.parquet was not loaded: its column line_item_unblended_cost"):
        engine.rollup(odd, [], tmp_path / "charges.parquet")


@pytest.mark.parametrize("day", ["n/a", "2026-13-01", "10/31/2026"])
def test_a_text_that_is_no_day_is_named_and_not_the_cluster(
    engine: SparkEngine, tmp_path: Path, day: str
) -> None:
    days = pa.array(["2026-10-01T00:00:00Z", day, None])
    odd = three_lines(tmp_path / "odd.parquet", [1.0, 2.0, 3.0], line_item_usage_start_date=days)

    problem = f"its column line_item_usage_start_date holds '{day}', which is not a point in time"
    with pytest.raises(BadBill, match=f"odd.parquet was not loaded: {problem}"):
        engine.rollup(odd, [], tmp_path / "charges.parquet")


def test_a_type_that_spark_has_not_is_the_fault_of_the_file(engine: SparkEngine, tmp_path: Path) -> None:
    odd = three_lines(tmp_path / "odd.parquet", [1.0] * 3, odd=pa.array([1, 2, 3], pa.timestamp("ns")))
    pq.write_table(pq.read_table(tmp_path / "odd.parquet"), tmp_path / "odd.parquet")

    with pytest.raises(BadBill, match=r"odd.parquet was not loaded: its columns cannot be read \(Illegal"):
        engine.rollup(odd, [], tmp_path / "charges.parquet")


def test_a_column_that_is_not_there_is_named(engine: SparkEngine, tmp_path: Path) -> None:
    pq.write_table(pa.table({"line_item_unblended_costs": [1.0]}), tmp_path / "thin.parquet")
    thin = bill("cur", CUR, [tmp_path / "thin.parquet"], RawFormat.PARQUET)

    with pytest.raises(BadBill, match="lacks the required column line_item_usage_start_date"):
        engine.rollup(thin, [], tmp_path / "charges.parquet")


@pytest.mark.parametrize("make", [focus_parquet, cur_csv, cost_explorer])
def test_a_file_that_broke_off_is_named(engine: SparkEngine, tmp_path: Path, make: object) -> None:
    whole: RawBill = make(tmp_path)  # type: ignore[operator]
    first = whole.files[0]
    content = first.path.read_bytes()
    first.path.write_bytes(content[: len(content) * 2 // 3 - 1])

    with pytest.raises(BadBill, match=f"{first.path.name} was not loaded"):
        engine.rollup(whole, [], tmp_path / "charges.parquet")


def test_a_line_with_too_few_cells_is_no_line(engine: SparkEngine, tmp_path: Path) -> None:
    made = cur_csv(tmp_path)
    lines = gzip.decompress(made.files[0].path.read_bytes()) + b"1,2,3\n"
    made.files[0].path.write_bytes(gzip.compress(lines))

    with pytest.raises(BadBill, match="report-00001.csv.gz was not loaded"):
        engine.rollup(made, [], tmp_path / "charges.parquet")


def test_days_are_utc_days_whatever_the_clock_of_the_cluster(engine: SparkEngine, tmp_path: Path) -> None:
    int96 = three_lines(tmp_path / "int96.parquet", [1.0, 2.0, 3.0])

    engine.rollup(int96, [], tmp_path / "charges.parquet")

    with duckdb.connect() as connection:
        days = connection.execute(
            'SELECT "ChargePeriodStart"::VARCHAR FROM read_parquet($1) ORDER BY 1',
            [str(tmp_path / "charges.parquet")],
        ).fetchall()
    assert [day for (day,) in days] == ["2026-10-01", "2026-10-15", "2026-10-31"]


def test_a_bill_is_read_in_s3_where_it_lies(spark: SparkSession, s3_of_spark: Path, tmp_path: Path) -> None:
    made = focus_parquet(tmp_path)
    local = DuckDBEngine()
    expected = local.rollup(made, ["team"], tmp_path / "here.parquet")
    shutil.move(made.files[0].path, s3_of_spark / made.files[0].path.name)

    in_place = SparkEngine(local, session=spark, read_in_place=True)
    charges = in_place.rollup(made, ["team"], tmp_path / "there.parquet")

    assert charges.totals == expected.totals
    with pytest.raises(BadBill, match="its copy in the cache is gone"):
        replace(in_place, read_in_place=False).rollup(made, [], tmp_path / "charges.parquet")


def test_the_callers_session_stays_as_it_was(
    engine: SparkEngine, spark: SparkSession, tmp_path: Path
) -> None:
    before = spark.conf.get("spark.sql.caseSensitive"), spark.conf.get("spark.sql.session.timeZone")

    engine.rollup(cost_explorer(tmp_path), [], tmp_path / "charges.parquet")

    assert spark.catalog.listTables() == []
    assert (spark.conf.get("spark.sql.caseSensitive"), spark.conf.get("spark.sql.session.timeZone")) == before


def test_the_settings_build_it_and_want_an_address() -> None:
    settings = Settings.model_validate({"engine": {"kind": "spark", "remote": "sc://host:15002"}})

    built = kinds.engine(settings)

    assert isinstance(built, SparkEngine)
    here = DuckDBEngine(temp_dir=settings.database.cache_dir / "scratch")
    assert (built.remote, built.local, built.read_in_place) == ("sc://host:15002", here, False)
    with pytest.raises(SettingsError, match="needs the address of a Spark"):
        kinds.engine(Settings.model_validate({"engine": {"kind": "spark"}}))


def test_the_view_of_line_items_stays_with_the_engine_of_this_machine(
    engine: SparkEngine, tmp_path: Path
) -> None:
    made = cost_explorer(tmp_path)

    assert engine.line_items_sql([made], []) == DuckDBEngine().line_items_sql([made], [])
