"""Exports in S3: an old delivery, one that is not complete, a bucket that is not there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from buckets import data_export, put_all
from cur_lines import line

from aws_cost_anomalies.checkup.bills import checks
from aws_cost_anomalies.checkup.credentials import Credentials
from aws_cost_anomalies.model.checkup import Check, State
from aws_cost_anomalies.settings import Settings

PRESENT = datetime.now(UTC)  # noqa: TID251 - the double of S3 dates what is put there by the clock


@pytest.fixture
def looked_at(aws: str, tmp_path: Path) -> tuple[Settings, Credentials]:
    assert aws
    data_export(tmp_path / "made", "2026-08", [line(day=day) for day in range(1, 5)])
    put_all(tmp_path / "made")
    database = {"cache_dir": tmp_path / "cache"}
    settings = Settings.model_validate({"s3": {"bucket": "bills", "prefix": "exports"}, "database": database})
    return settings, Credentials.of(settings, is_offline=False)


def found(settings: Settings, credentials: Credentials, *, days: int = 0) -> Check:
    (check,) = checks(settings, credentials, now=PRESENT + timedelta(days=days))
    return check


def test_an_export_that_is_delivered_no_more_is_warned_of(looked_at: tuple[Settings, Credentials]) -> None:
    assert found(*looked_at, days=1).state is State.OK
    old = found(*looked_at, days=3)
    assert (old.state, "longer ago than it should be" in old.said) == (State.WARNING, True)
    assert "Data Exports" in old.remedy


def test_a_delivery_under_way_is_no_trouble_of_ours(looked_at: tuple[Settings, Credentials]) -> None:
    s3 = boto3.client("s3")
    (key, *_) = [
        entry["Key"]
        for entry in s3.list_objects_v2(Bucket="bills")["Contents"]
        if entry["Key"].endswith(".parquet")
    ]
    s3.delete_object(Bucket="bills", Key=key)
    assert found(*looked_at).state is State.WARNING


def test_a_place_without_a_bill_says_what_was_looked_for(looked_at: tuple[Settings, Credentials]) -> None:
    settings, credentials = looked_at
    elsewhere = settings.model_copy(update={"s3": settings.s3.model_copy(update={"prefix": "typo"})})
    check = found(elsewhere, credentials)
    assert (check.state, check.exit_code) == (State.PROBLEM, 6)
    assert "Looked for Data Exports" in check.remedy
    gone = settings.model_copy(update={"s3": settings.s3.model_copy(update={"bucket": "no-such-bucket"})})
    assert found(gone, credentials).exit_code == 2
