"""Two engines, one bill, equal daily charges: DuckDB and a real Spark over every source and shape."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from pyspark.sql import SparkSession
from raw_bills import BILLS, QUERIES

from aws_cost_anomalies.engines.duckdb import DuckDBEngine
from aws_cost_anomalies.engines.spark import SparkEngine
from aws_cost_anomalies.model.bill import RawBill
from aws_cost_anomalies.model.period import Period

pytestmark = pytest.mark.spark
TAGS = ["team", "Cost Center's"]


@pytest.fixture(scope="module")
def engines(spark: SparkSession) -> tuple[DuckDBEngine, SparkEngine]:
    here = DuckDBEngine()
    return here, SparkEngine(here, session=spark)


@pytest.fixture(params=BILLS)
def bill(request: pytest.FixtureRequest, tmp_path: Path) -> RawBill:
    folder = tmp_path / "bill of {a} month"
    folder.mkdir()
    return BILLS[request.param](folder)


def rows(path: Path) -> list[tuple[Any, ...]]:
    """What a file of daily charges holds, in one order."""
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet($1) ORDER BY ALL", [str(path)]).fetchall()
    return [tuple(str(value) if isinstance(value, dict) else value for value in row) for row in found]


def columns(path: Path) -> list[tuple[str, str]]:
    with duckdb.connect() as connection:
        described = connection.execute("DESCRIBE FROM read_parquet($1)", [str(path)]).fetchall()
    return [(name, kind) for name, kind, *_ in described]


def test_the_same_bill_gives_equal_daily_charges(
    engines: tuple[DuckDBEngine, SparkEngine], bill: RawBill, tmp_path: Path
) -> None:
    files = tmp_path / "duckdb.parquet", tmp_path / "spark.parquet"

    one, other = (engine.rollup(bill, TAGS, into) for engine, into in zip(engines, files, strict=True))

    assert columns(files[1]) == columns(files[0])
    assert rows(files[1]) == rows(files[0])
    assert (other.rows, other.line_items) == (one.rows, one.line_items)
    assert other.totals == one.totals
    assert other.covered == one.covered


def test_the_real_focus_sample_gives_equal_daily_charges(
    engines: tuple[DuckDBEngine, SparkEngine], shared_data: Path, tmp_path: Path
) -> None:
    from raw_bills import FOCUS, RawFormat
    from raw_bills import bill as bill_of

    sample = bill_of("focus", FOCUS, [shared_data / "focus_sample.csv"], RawFormat.CSV)
    files = tmp_path / "duckdb.parquet", tmp_path / "spark.parquet"

    totals = [engine.rollup(sample, TAGS, into).totals for engine, into in zip(engines, files, strict=True)]

    assert totals[0] == totals[1]
    assert rows(files[1]) == rows(files[0])


@pytest.mark.parametrize("asked", QUERIES)
def test_the_same_question_gives_equal_panels(
    engines: tuple[DuckDBEngine, SparkEngine], asked: str, tmp_path: Path
) -> None:
    whole, part = BILLS["cur 2.0 parquet"](tmp_path), BILLS["cur csv.gz"](tmp_path)
    bills = [whole, replace(part, only=Period(date(2026, 10, 2), date(2026, 10, 4)))]

    one, other = (engine.panel(bills, QUERIES[asked]) for engine in engines)

    assert other.scopes == one.scopes
    assert (other.currency, other.metric, other.period) == (one.currency, one.metric, one.period)
    np.testing.assert_array_equal(other.costs, one.costs)
    np.testing.assert_array_equal(other.settled, one.settled)
