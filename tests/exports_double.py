"""Data Exports and legacy reports on loopback: lists what it was given, page by page.

with ExportsDouble() as double:
    double.export("daily", "bills", query="SELECT … FROM COST_AND_USAGE_REPORT")
    monkeypatch.setenv("AWS_ENDPOINT_URL_BCM_DATA_EXPORTS", double.url)
    monkeypatch.setenv("AWS_ENDPOINT_URL_COST_AND_USAGE_REPORT_SERVICE", double.url)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cost_explorer_double import CostExplorerDouble, Refused

CUR = "SELECT line_item_unblended_cost FROM COST_AND_USAGE_REPORT"
FOCUS = "SELECT BilledCost FROM FOCUS_1_2_AWS"
DELIVERED = 1_795_000_000.0


class ExportsDouble(CostExplorerDouble):
    """The two services; it shares the manners of its sister: failures, pages, `requests`."""

    def __init__(self, *, page_size: int = 1) -> None:
        super().__init__(page_size=page_size)
        self.exports: dict[str, dict[str, Any]] = {}
        self.reports: list[dict[str, Any]] = []

    def export(
        self, name: str, bucket: str, *, query: str = CUR, prefix: str = "exports", **status: str
    ) -> None:
        """Add a Data Export; `status` is healthy unless it is given."""
        output = {"OutputType": "CUSTOM", "Format": "PARQUET", "Compression": "PARQUET"}
        place = {
            "S3Bucket": bucket,
            "S3Prefix": prefix,
            "S3Region": "eu-west-1",
            "S3OutputConfigurations": {**output, "Overwrite": "OVERWRITE_REPORT"},
        }
        arn = f"arn:aws:bcm-data-exports:us-east-1:123456789012:export/{name}"
        self.exports[arn] = {
            "Export": {
                "ExportArn": arn,
                "Name": name,
                "DataQuery": {"QueryStatement": query},
                "DestinationConfigurations": {"S3Destination": place},
                "RefreshCadence": {"Frequency": "SYNCHRONOUS"},
            },
            "ExportStatus": {"StatusCode": "HEALTHY", "LastRefreshedAt": DELIVERED, **status},
        }

    def report(self, name: str, bucket: str, *, prefix: str = "reports") -> None:
        """Add a legacy report."""
        self.reports.append(
            {
                "ReportName": name,
                "TimeUnit": "DAILY",
                "Format": "Parquet",
                "Compression": "Parquet",
                "AdditionalSchemaElements": ["RESOURCES"],
                "S3Bucket": bucket,
                "S3Prefix": prefix,
                "S3Region": "us-east-1",
            }
        )

    def list_exports(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """ListExports."""
        named = [
            {"ExportArn": arn, "ExportName": each["Export"]["Name"], "ExportStatus": each["ExportStatus"]}
            for arn, each in self.exports.items()
        ]
        return self._paged(body, "Exports", named)

    def get_export(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """GetExport."""
        if body["ExportArn"] not in self.exports:
            raise Refused("ResourceNotFoundException", message="no such export")
        return self.exports[body["ExportArn"]]

    def describe_report_definitions(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """DescribeReportDefinitions."""
        return self._paged(body, "ReportDefinitions", self.reports)

    def _paged(self, body: Mapping[str, Any], key: str, entries: Sequence[Any]) -> dict[str, Any]:
        start = int(body.get("NextToken", "page-0").removeprefix("page-"))
        end = start + self.page_size
        more = {"NextToken": self._token(end)} if end < len(entries) else {}
        return {key: list(entries[start:end]), **more}
