"""Athena: the statements it gets, what it makes of them, and what it cannot read.

The double runs the very statements in DuckDB's words over a moto S3; moto's own Athena checks the API.
"""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import duckdb
import numpy as np
import pytest
from athena_double import AthenaDouble
from raw_bills import BILLS, QUERIES, cur_parquet

from aws_cost_anomalies import App, Settings, kinds
from aws_cost_anomalies.engines.athena.queries import Athena
from aws_cost_anomalies.engines.duckdb import DuckDBEngine
from aws_cost_anomalies.errors import (
    BadBill,
    MissingLocation,
    QueryFailed,
    ServiceUnavailable,
    SettingsError,
)
from aws_cost_anomalies.model.answers import Wanted
from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Dimension
from aws_cost_anomalies.raw_bills import bills_of, is_intact

TAGS = ["team", "Cost Center's"]


def rows(path: Path) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet($1) ORDER BY ALL", [str(path)]).fetchall()
    return [tuple(str(value) if isinstance(value, dict) else value for value in row) for row in found]


@pytest.mark.parametrize("name", [name for name in BILLS if name.endswith("parquet")])
def test_daily_charges_are_those_of_this_machine(athena: AthenaDouble, name: str, tmp_path: Path) -> None:
    bill = BILLS[name](tmp_path)
    files = tmp_path / "here.parquet", tmp_path / "there.parquet"
    here = DuckDBEngine().rollup(bill, TAGS, files[0])

    there = athena.engine.rollup(athena.in_s3(bill), TAGS, files[1])

    assert rows(files[1]) == rows(files[0])
    assert (there.rows, there.line_items, there.covered) == (here.rows, here.line_items, here.covered)
    assert there.totals == here.totals
    assert athena.tables == {}


@pytest.mark.parametrize("asked", QUERIES)
def test_panels_are_those_of_this_machine(athena: AthenaDouble, asked: str, tmp_path: Path) -> None:
    whole = cur_parquet("cur 2.0", tmp_path)
    part = replace(whole, export="part", only=Period(date(2026, 10, 2), date(2026, 10, 4)))
    one = DuckDBEngine().panel([whole, part], QUERIES[asked])

    moved = athena.in_s3(whole)
    other = athena.engine.panel([moved, replace(moved, export="part", only=part.only)], QUERIES[asked])

    assert other.scopes == one.scopes
    assert (other.currency, other.metric, other.period) == (one.currency, one.metric, one.period)
    np.testing.assert_allclose(other.costs, one.costs, rtol=1e-12)


def test_only_the_files_of_the_bill_are_read(athena: AthenaDouble, tmp_path: Path) -> None:
    bill = cur_parquet("cur 2.0", tmp_path)
    moved = athena.in_s3(bill)
    for file in moved.files:
        key = file.origin.removeprefix("s3://bills/")
        source = {"Bucket": "bills", "Key": key}
        athena.s3.copy_object(Bucket="bills", Key=f"{key}-older.parquet", CopySource=source)

    done = athena.engine.rollup(moved, [], tmp_path / "charges.parquet")

    assert done.line_items == 1200
    made = [statement for statement in athena.statements if "CREATE EXTERNAL" in statement]
    assert len(made) == 2
    assert all("discount" not in statement.lower() for statement in made)


def test_the_whole_line_leaves_bills_where_they_lie(athena: AthenaDouble, tmp_path: Path) -> None:
    moved = athena.in_s3(cur_parquet("cur 2.0", tmp_path))
    keys = []
    for number, file in enumerate(moved.files):
        key = f"exports/daily/data/BILLING_PERIOD=2026-10/{number}.snappy.parquet"
        source = {"Bucket": "bills", "Key": file.origin.removeprefix("s3://bills/")}
        athena.s3.copy_object(Bucket="bills", Key=key, CopySource=source)
        keys.append(f"s3://bills/{key}")
    manifest = json.dumps({"executionId": "1", "dataFiles": keys}).encode()
    place = "exports/daily/metadata/BILLING_PERIOD=2026-10/daily-Manifest.json"
    athena.s3.put_object(Bucket="bills", Key=place, Body=manifest)
    settings = Settings.model_validate({
        "engine": {"kind": "athena", "output": "s3://results/athena/"},
        "s3": {"bucket": "bills", "prefix": "exports"},
        "database": {"path": tmp_path / "store" / "costs.duckdb", "cache_dir": tmp_path / "cache"},
    })  # fmt: skip
    app = App(settings, as_of=date(2026, 11, 5), now=datetime(2026, 11, 5, tzinfo=UTC))

    loaded = list(app.ingest(app.plan_ingest(Wanted())))

    assert [(bill.status, bill.line_items) for bill in loaded] == [("loaded", 1200)]
    assert list((tmp_path / "cache").rglob("*.parquet")) == []
    (load,) = app.store.loads()
    assert is_intact(load, settings)
    query = PanelQuery(load.period, "cur", (Dimension("resource"),), metric="BilledCost")
    panel = kinds.engine(settings).panel(bills_of([load], [load]), query)
    assert len(panel.scopes) == 11
    assert panel.costs.sum() == pytest.approx(float(load.totals["USD"]["BilledCost"]))
    assert [bill.status for bill in app.ingest(app.plan_ingest(Wanted()))] == ["unchanged"]


def test_what_athena_cannot_read_is_a_bad_bill(athena: AthenaDouble, tmp_path: Path) -> None:
    moved = athena.in_s3(cur_parquet("cur 2.0", tmp_path))
    athena.fails["SUM("] = ("HIVE_BAD_DATA: Field line_item_unblended_cost is BINARY", False)
    with pytest.raises(BadBill, match="Athena cannot read this bill .HIVE_BAD_DATA"):
        athena.engine.rollup(moved, [], tmp_path / "charges.parquet")
    with pytest.raises(BadBill, match="HIVE_BAD_DATA"):
        athena.engine.panel([moved], QUERIES["resources"])
    assert athena.tables == {}
    assert not (tmp_path / "charges.parquet").exists()


def test_what_athena_may_do_later_is_told_so(athena: AthenaDouble, tmp_path: Path) -> None:
    moved = athena.in_s3(cur_parquet("cur 2.0", tmp_path))
    athena.fails["CREATE EXTERNAL"] = ("Query exhausted resources", True)
    with pytest.raises(ServiceUnavailable, match="exhausted resources"):
        athena.engine.rollup(moved, [], tmp_path / "charges.parquet")
    athena.fails = {"CREATE EXTERNAL": ("Insufficient Lake Formation permission", False)}
    with pytest.raises(QueryFailed, match="Lake Formation"):
        athena.engine.rollup(moved, [], tmp_path / "charges.parquet")


def test_a_file_replaced_since_it_was_listed_is_not_read(athena: AthenaDouble, tmp_path: Path) -> None:
    moved = athena.in_s3(cur_parquet("cur 2.0", tmp_path))
    key = moved.files[0].origin.removeprefix("s3://bills/")
    athena.s3.put_object(Bucket="bills", Key=key, Body=b"another")
    with pytest.raises(MissingLocation, match="first"):
        athena.engine.rollup(moved, [], tmp_path / "charges.parquet")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"PAR1" + bytes(40), "does not end as a Parquet file"),
        (b"PAR1" + bytes(40) + (9_999).to_bytes(4, "little") + b"PAR1", "its footer is garbled"),
        (b"PAR1" + bytes(40) + (30).to_bytes(4, "little") + b"PAR1", "its footer is garbled"),
    ],
)
def test_a_garbled_file_is_named(athena: AthenaDouble, content: bytes, problem: str, tmp_path: Path) -> None:
    bill = cur_parquet("cur 2.0", tmp_path)
    bill.files[0].path.write_bytes(content)
    moved = athena.in_s3(replace(bill, files=(replace(bill.files[0], size=len(content)),)))
    with pytest.raises(BadBill, match=problem) as bad:
        athena.engine.rollup(moved, [], tmp_path / "charges.parquet")
    assert "first [1].parquet" in str(bad.value)


def test_line_items_without_a_cost_are_refused(athena: AthenaDouble, tmp_path: Path) -> None:
    bill = cur_parquet("cur 2.0", tmp_path)
    path, holes = bill.files[0].path, tmp_path / "holes.parquet"
    free = "* REPLACE (NULL::DOUBLE AS line_item_unblended_cost)"
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT {free} FROM '{path.parent}/first [[]1].parquet') TO '{holes}' (FORMAT parquet)"
        )
    holes.replace(path)
    moved = athena.in_s3(replace(bill, files=(replace(bill.files[0], size=path.stat().st_size),)))
    with pytest.raises(BadBill, match="lack a day, a currency or a cost"):
        athena.engine.rollup(moved, [], tmp_path / "charges.parquet")


@pytest.mark.parametrize("asked", QUERIES)
def test_bills_of_both_places_are_one_panel(athena: AthenaDouble, asked: str, tmp_path: Path) -> None:
    here = cur_parquet("cur 2.0", tmp_path)
    part = replace(here, export="part", only=Period(date(2026, 10, 2), date(2026, 10, 4)))
    one = DuckDBEngine().panel([here, part], QUERIES[asked])
    other = athena.engine.panel([athena.in_s3(here), part], QUERIES[asked])
    assert (other.scopes, other.currency) == (one.scopes, one.currency)
    np.testing.assert_allclose(other.costs, one.costs, rtol=1e-12)


def test_a_query_nobody_waits_for_is_stopped(athena: AthenaDouble, monkeypatch: pytest.MonkeyPatch) -> None:
    athena.s3.create_bucket(Bucket="results")
    athena.hangs = True

    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    # In that module alone: other threads sleep too.
    monkeypatch.setattr("aws_cost_anomalies.engines.athena.queries.time", SimpleNamespace(sleep=interrupted))
    with pytest.raises(KeyboardInterrupt):
        Athena("s3://results/", "costs", "primary").run("SELECT 1")
    assert [execution.state for execution in athena.executions.values()] == ["CANCELLED"]


def test_the_place_of_results_must_be_known() -> None:
    with pytest.raises(SettingsError, match="place for Athena's results"):
        kinds.engine(Settings.model_validate({"engine": {"kind": "athena"}}))


def test_the_calls_are_those_of_the_api(aws: str) -> None:
    """moto's Athena runs nothing, but takes and answers what AWS does; the result is put there by hand."""
    assert aws
    s3, service = boto3.client("s3"), boto3.client("athena")
    s3.create_bucket(Bucket="results")

    def answer() -> None:
        while not (started := service.list_query_executions()["QueryExecutionIds"]):
            time.sleep(0.01)
        s3.put_object(
            Bucket="results", Key=f"athena/{started[0]}.csv", Body=b'"a","b"\n"1",\n"two\nlines","x"\n'
        )

    worker = threading.Thread(target=answer)
    worker.start()
    found = list(Athena("s3://results/athena", "costs", "primary").rows("SELECT a, b FROM t"))
    worker.join()

    assert found == [["1", None], ["two\nlines", "x"]]
    (name,) = service.list_query_executions()["QueryExecutionIds"]
    execution = service.get_query_execution(QueryExecutionId=name)["QueryExecution"]
    assert (execution["Query"], execution["WorkGroup"]) == ("SELECT a, b FROM t", "primary")
    assert execution["QueryExecutionContext"] == {"Catalog": "AwsDataCatalog", "Database": "costs"}
