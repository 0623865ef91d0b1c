"""Where bills come from, where they rest, and who reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator

from aws_cost_anomalies.settings.section import Section


class S3(Section):
    """Where the Cost and Usage Report lies: legacy CUR or CUR 2.0."""

    bucket: str = Field("", description="bucket of the export; empty means none is configured")
    prefix: str = Field("", description="prefix below which the export lies")
    report_name: str = Field("", description="report or export name; empty means every one below the prefix")
    region: str = Field("", description="region of the bucket; empty means the profile's")

    @field_validator("bucket")
    @classmethod
    def _bare_name(cls, value: str) -> str:
        if "/" in value and not value.startswith("arn:"):
            raise ValueError("it must be the name alone; what follows it in an address is the `prefix`")
        return value

    @property
    def location(self) -> str:
        """`s3://bucket/prefix`, empty when no bucket is set."""
        return f"s3://{self.bucket}/{self.prefix.strip('/')}".rstrip("/") if self.bucket else ""


class FocusExport(S3):
    """Where a FOCUS export lies."""


class CostExplorer(Section):
    """How Cost Explorer is asked."""

    region: str = Field("us-east-1", description="region of the Cost Explorer endpoint")
    lookback_days: Annotated[int, Field(ge=1, le=365)] = Field(
        14, description="days imported when `--days` is not given; at most 365"
    )
    group_by: str = Field(
        "service+account", description="what Cost Explorer groups by; a third dimension multiplies requests"
    )
    max_paid_requests: Annotated[int, Field(ge=1)] = Field(
        100, description="paid requests (0.01 USD each, pages and retries counted) one ingest may make"
    )


class Database(Section):
    """Where the data rests on this disk."""

    path: Path = Field(Path("data/costs.duckdb"), description="the store: one DuckDB file")
    cache_dir: Path = Field(Path("data/cache"), description="raw files as delivered")
    remote: str = Field(
        "", description="of a Lambda function: s3://bucket/prefix where the store rests between its runs"
    )
    settle_hours: Annotated[int, Field(ge=0, le=240)] = Field(
        24, description="a day is settled when it was loaded this long after it ended"
    )


class Engine(Section):
    """Who turns raw bills into daily charges."""

    kind: Literal["duckdb", "spark", "athena"] = Field(
        "duckdb", description="duckdb: this machine; spark: a cluster; athena: Amazon Athena"
    )
    remote: str = Field(
        "", description="of spark: a Spark Connect address sc://host:15002, or a master spark://host:7077"
    )
    read_in_place: bool = Field(
        default=False, description="of spark: workers read what lies in S3 there, not this machine's copy"
    )
    output: str = Field("", description="of athena: s3://bucket/prefix where it puts its results")
    database: str = Field(
        "aws_cost_anomalies", description="of athena: database of the Glue catalog, made when it is not there"
    )
    workgroup: str = Field("primary", description="of athena: the workgroup that queries run in")
    memory_limit: str = Field("", description="e.g. 2GB; empty means DuckDB's own limit")
    threads: Annotated[int, Field(ge=0)] = Field(0, description="0 means all cores")
