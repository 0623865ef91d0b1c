"""Spark Connect on a standalone master with two workers, one of which is killed at work."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest
from raw_bills import BILLS, cur_csv
from spark_cluster import LoopbackCluster, loopback_cluster, wait_for

from aws_cost_anomalies.engines.duckdb import DuckDBEngine
from aws_cost_anomalies.engines.spark import SparkEngine
from aws_cost_anomalies.errors import ServiceUnavailable
from aws_cost_anomalies.model.bill import DailyCharges, RawBill

pytestmark = pytest.mark.spark


@pytest.fixture(scope="module")
def cluster(java: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoopbackCluster]:
    assert java
    with loopback_cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


def difference(one: Path, other: Path) -> list[tuple[object, ...]]:
    """Rows of either that the other has not."""
    files = {"one": str(one), "other": str(other)}
    with duckdb.connect() as connection:
        return connection.execute(
            """
            (FROM read_parquet($one) EXCEPT ALL FROM read_parquet($other))
            UNION ALL (FROM read_parquet($other) EXCEPT ALL FROM read_parquet($one))
            """,
            files,
        ).fetchall()


def killed_at_work(cluster: LoopbackCluster, bill: RawBill, into: Path) -> DailyCharges | None:
    """A roll-up during which a worker was killed; None where it was over before that."""
    before = cluster.finished_tasks("two")
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(SparkEngine(DuckDBEngine(), remote=cluster.remote).rollup, bill, ["team"], into)
        wait_for("a stage half done", lambda: asked.done() or cluster.finished_tasks("two") >= before + 6)
        if asked.done():
            return None
        cluster.kill("two")
        return asked.result()


def test_a_killed_worker_changes_nothing(cluster: LoopbackCluster, tmp_path: Path) -> None:
    here, there = tmp_path / "here.parquet", tmp_path / "there.parquet"
    # A warm cluster may be through with few files between two looks at it.
    for files in (24, 96, 384):
        folder = tmp_path / str(files)
        folder.mkdir()
        bill = cur_csv(folder, files=files)
        charges = killed_at_work(cluster, bill, there)
        if charges is not None:
            break
    assert charges is not None
    expected = DuckDBEngine().rollup(bill, ["team"], here)

    assert "Lost executor" in cluster.said("connect")
    assert (charges.line_items, charges.totals) == (expected.line_items, expected.totals)
    assert difference(here, there) == []


def test_the_worker_that_is_left_goes_on(cluster: LoopbackCluster, tmp_path: Path) -> None:
    bill = BILLS["cur 2.0 parquet"](tmp_path)
    here, there = tmp_path / "here.parquet", tmp_path / "there.parquet"
    local = DuckDBEngine()
    local.rollup(bill, [], here)

    SparkEngine(local, remote=cluster.remote).rollup(bill, [], there)

    assert difference(here, there) == []


def test_an_address_where_nobody_is_at_home_is_said_at_once(tmp_path: Path) -> None:
    engine = SparkEngine(DuckDBEngine(), remote="sc://127.0.0.1:1")

    with pytest.raises(ServiceUnavailable, match=r"Spark at sc://127.0.0.1:1 did not answer") as refused:
        engine.rollup(BILLS["cost explorer"](tmp_path), [], tmp_path / "charges.parquet")

    assert "engine.remote" in refused.value.hint
