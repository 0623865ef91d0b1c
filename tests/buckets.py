"""Exports as AWS delivers them, into a folder or into a bucket of the double."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from cur_lines import Line, legacy_csv, parquet

from aws_cost_anomalies.objects import open_location
from aws_cost_anomalies.objects.location import Location

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

BUCKET = "bills"


def opened(place: object, cache: Path) -> Location:
    """A folder or a bucket, nobody's profile, files of a bucket kept in this cache."""
    return open_location(str(place), cache_dir=cache, profile=None, region=None)


def put(s3: S3Client, key: str, body: bytes) -> None:
    """One object of the bucket."""
    s3.put_object(Bucket=BUCKET, Key=key, Body=body)


def put_all(folder: Path, prefix: str = "", *, bucket: str = BUCKET) -> None:
    """Every file of a folder as an object of the bucket, which is made if need be."""
    s3 = boto3.client("s3")
    if bucket not in {entry["Name"] for entry in s3.list_buckets()["Buckets"]}:
        s3.create_bucket(Bucket=bucket)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        key = f"{prefix}{path.relative_to(folder).as_posix()}"
        s3.put_object(Bucket=bucket, Key=key, Body=path.read_bytes())


def data_export(
    folder: Path,
    month: str,
    lines: Iterable[Line],
    *,
    name: str = "daily",
    prefix: str = "exports",
    execution: str = "",
) -> Path:
    """One month of a Data Export in two Parquet files, with its manifest; returns the manifest.

    With an `execution` the files lie in a folder of their own ("create new"), without one they keep their
    names ("overwrite").
    """
    rows = list(lines)
    data = folder / prefix / name / "data" / f"BILLING_PERIOD={month}" / execution
    half = (len(rows) + 1) // 2
    parts = [part for part in (rows[:half], rows[half:]) if part]
    files = [parquet(data / f"{name}-0000{i + 1}.snappy.parquet", part) for i, part in enumerate(parts)]
    keys = [f"s3://{BUCKET}/{file.relative_to(folder).as_posix()}" for file in files]
    manifest = folder / prefix / name / "metadata" / f"BILLING_PERIOD={month}" / f"{name}-Manifest.json"
    manifest.parent.mkdir(parents=True, exist_ok=True)
    content = {"executionId": execution or f"run {len(rows)}", "dataFiles": keys, "columns": [{"name": "x"}]}
    manifest.write_text(json.dumps(content))
    return manifest


def legacy_report(
    folder: Path, month: str, lines: Iterable[Line], *, name: str = "hourly", assembly: str = "11-22"
) -> Path:
    """One month of a legacy report as gzipped CSV, with the manifest of its assembly; returns the top one."""
    year, number = month.split("-")
    following = f"{int(year) + int(number) // 12}{int(number) % 12 + 1:02d}"
    period = folder / "reports" / name / f"{year}{number}01-{following}01"
    file = legacy_csv(period / assembly / f"{name}-1.csv.gz", list(lines))
    content = {
        "assemblyId": assembly,
        "account": "999999999999",
        "bucket": BUCKET,
        "compression": "GZIP",
        "contentType": "text/csv",
        "reportName": name,
        "billingPeriod": {"start": f"{year}{number}01T000000.000Z", "end": f"{following}01T000000.000Z"},
        "reportKeys": [file.relative_to(folder).as_posix()],
    }
    for place in (period / assembly, period):
        (place / f"{name}-Manifest.json").write_text(json.dumps(content))
    return period / f"{name}-Manifest.json"
