"""Which bills an account has AWS deliver: Data Exports and legacy Cost and Usage Reports. Free to ask.

Source: the AWS Data Exports and the AWS Cost and Usage Reports API references.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from aws_cost_anomalies.aws.failures import translated
from aws_cost_anomalies.aws.pages import pages
from aws_cost_anomalies.aws.session import HOME_REGION, client

LIST, GET = "bcm-data-exports:ListExports", "bcm-data-exports:GetExport"
NAME = "AWS Data Exports"
REPORTS = "cur:DescribeReportDefinitions"
_FOCUS, _CUR = re.compile(r"\bFROM\s+FOCUS_", re.I), re.compile(r"\bFROM\s+COST_AND_USAGE_REPORT\b", re.I)


@dataclass(frozen=True, slots=True)
class Export:
    """A bill that AWS delivers into a bucket.

    Attributes:
        source: cur or focus: how its columns are read.
        called: what AWS calls such exports, for people.
        prefix: below which it lies, its own name included.
        region: of the bucket.
        refreshed_at: when it was last delivered, aware; None where AWS does not say.
        trouble: what AWS says is wrong with it; empty for nothing.
    """

    name: str
    source: Literal["cur", "focus"]
    called: str
    bucket: str
    prefix: str
    region: str
    refreshed_at: datetime | None = None
    trouble: str = ""

    @property
    def location(self) -> str:
        """`s3://bucket/prefix`."""
        return f"s3://{self.bucket}/{self.prefix}"


def data_exports(*, profile: str | None = None) -> tuple[Export, ...]:
    """The Data Exports that hold a bill. Raises: AccessDenied, CredentialsError, ServiceUnavailable."""
    asked: Any = client("bcm-data-exports", profile=profile, region=HOME_REGION)
    found = []
    with translated(LIST, profile=profile, region=HOME_REGION):
        told = pages(asked.list_exports, {}, of=NAME)
        arns = [each["ExportArn"] for page in told for each in page.get("Exports", [])]
    for arn in arns:
        with translated(GET, arn, profile=profile, region=HOME_REGION):
            answer = asked.get_export(ExportArn=arn)
        found.append(_data_export(answer["Export"], answer.get("ExportStatus", {})))
    return tuple(each for each in found if each)


def legacy_reports(*, profile: str | None = None) -> tuple[Export, ...]:
    """The legacy reports. Raises: AccessDenied, CredentialsError, ServiceUnavailable."""
    asked: Any = client("cur", profile=profile, region=HOME_REGION)
    with translated(REPORTS, profile=profile, region=HOME_REGION):
        told = [
            each
            for page in pages(asked.describe_report_definitions, {}, of=NAME)
            for each in page.get("ReportDefinitions", [])
        ]
    return tuple(_legacy_report(each) for each in told)


def _data_export(export: Mapping[str, Any], status: Mapping[str, Any]) -> Export | None:
    """What an export is; None for one that holds no bill, e.g. recommendations."""
    query = export["DataQuery"]["QueryStatement"]
    is_focus = bool(_FOCUS.search(query))
    if not is_focus and not _CUR.search(query):
        return None
    place = export["DestinationConfigurations"]["S3Destination"]
    is_well = status.get("StatusCode", "HEALTHY") == "HEALTHY"
    return Export(
        name=export["Name"],
        source="focus" if is_focus else "cur",
        called="FOCUS export" if is_focus else "CUR 2.0",
        bucket=place["S3Bucket"],
        prefix=_below(place["S3Prefix"], export["Name"]),
        region=place["S3Region"],
        refreshed_at=status.get("LastRefreshedAt"),
        trouble="" if is_well else str(status.get("StatusReason") or status["StatusCode"]),
    )


def _legacy_report(report: Mapping[str, Any]) -> Export:
    return Export(
        name=report["ReportName"],
        source="cur",
        called="legacy CUR",
        bucket=report["S3Bucket"],
        prefix=_below(report["S3Prefix"], report["ReportName"]),
        region=report["S3Region"],
    )


def _below(prefix: str, name: str) -> str:
    return "/".join(part for part in (prefix.strip("/"), name) if part)
