"""The whole line with bills that stay in S3: listed by this program, read by Spark, drilled into by Spark."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import boto3
import pytest
from pyspark.sql import SparkSession
from raw_bills import cur_parquet

from aws_cost_anomalies import App, Settings, kinds
from aws_cost_anomalies.model.answers import Wanted
from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.model.scope import Dimension
from aws_cost_anomalies.raw_bills import bills_of, is_intact

pytestmark = pytest.mark.spark


@pytest.fixture
def delivered(aws: str, s3_of_spark: Path, tmp_path: Path) -> list[str]:
    """A CUR 2.0 in a bucket, and the same keys where Spark looks for that bucket; its sizes are known."""
    assert aws
    client = boto3.client("s3")
    client.create_bucket(Bucket="bills")
    keys = []
    for number, file in enumerate(cur_parquet("cur 2.0", tmp_path).files):
        key = f"exports/daily/data/BILLING_PERIOD=2026-10/{number}.snappy.parquet"
        content = file.path.read_bytes()
        client.put_object(Bucket="bills", Key=key, Body=content)
        (s3_of_spark / key).parent.mkdir(parents=True, exist_ok=True)
        (s3_of_spark / key).write_bytes(content)
        keys.append(key)
    manifest = json.dumps({"executionId": "1", "dataFiles": [f"s3://bills/{key}" for key in keys]})
    place = "exports/daily/metadata/BILLING_PERIOD=2026-10/daily-Manifest.json"
    client.put_object(Bucket="bills", Key=place, Body=manifest.encode())
    return keys


def test_bills_stay_where_they_lie(
    delivered: list[str], spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert spark.version
    settings = Settings.model_validate({
        "engine": {"kind": "spark", "remote": "local[2]", "read_in_place": True},
        "s3": {"bucket": "bills", "prefix": "exports"},
        "database": {"path": tmp_path / "store" / "costs.duckdb", "cache_dir": tmp_path / "cache"},
    })  # fmt: skip
    app = App(settings, as_of=date(2026, 11, 5), now=datetime(2026, 11, 5, tzinfo=UTC))

    loaded = list(app.ingest(app.plan_ingest(Wanted())))

    assert [(bill.status, bill.line_items) for bill in loaded] == [("loaded", 1200)]
    assert list((tmp_path / "cache").rglob("*.parquet")) == []
    (load,) = app.store.loads()
    assert [file.origin for file in load.files] == [f"s3://bills/{key}" for key in delivered]
    assert is_intact(load, settings)
    query = PanelQuery(load.period, "cur", (Dimension("resource"),), metric="BilledCost")
    panel = kinds.engine(settings).panel(bills_of([load], [load]), query)
    assert len(panel.scopes) == 11
    assert panel.costs.sum() == pytest.approx(float(load.totals["USD"]["BilledCost"]))
