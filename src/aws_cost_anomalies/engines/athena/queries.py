"""One statement at a time: started, waited for, and its rows read from where Athena put them.

Knows Athena's API and the CSV of its results; knows nothing of bills.
"""

from __future__ import annotations

import codecs
import csv
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aws_cost_anomalies import aws
from aws_cost_anomalies.errors import QueryFailed, ServiceUnavailable

if TYPE_CHECKING:
    from mypy_boto3_athena.client import AthenaClient
    from mypy_boto3_athena.type_defs import QueryExecutionTypeDef
    from mypy_boto3_s3.client import S3Client

FIRST_WAIT = 0.2
LONGEST_WAIT = 5.0
"""Seconds between two looks at a query; each wait is half as long again as the one before."""
RUNNING = frozenset({"QUEUED", "RUNNING"})
Row = list[str | None]


@dataclass(frozen=True, slots=True)
class Athena:
    """A workgroup of Athena, and where it puts results.

    Attributes:
        output: s3://bucket/prefix for results.
        database: of the Glue catalog.
        workgroup: as Athena calls it.
        profile: of the AWS configuration.
        region: of bucket and workgroup.
    """

    output: str
    database: str
    workgroup: str
    profile: str | None = None
    region: str | None = None
    _clients: dict[str, object] = field(default_factory=dict, compare=False, repr=False)

    def run(self, statement: str, *, in_database: bool = True) -> str:
        """The place of its result, once the statement is done.

        Raises:
            QueryFailed: it is wrong, or met data that it cannot read.
            AccessDenied, CredentialsError, ServiceUnavailable: Athena refused.
        """
        client = self._athena()
        context = {"Database": self.database} if in_database else {}
        with self._translated("athena:StartQueryExecution"):
            started = client.start_query_execution(
                QueryString=statement,
                QueryExecutionContext={"Catalog": "AwsDataCatalog", **context},  # type: ignore[typeddict-item]
                ResultConfiguration={"OutputLocation": f"{self.output.rstrip('/')}/"},
                WorkGroup=self.workgroup,
            )
        return self._done(started["QueryExecutionId"])

    def rows(self, statement: str) -> Iterator[Row]:
        """Its rows as texts; what is empty is None. Raises: as `run`."""
        place = self.run(statement)
        bucket, _, key = place.removeprefix("s3://").partition("/")
        with self._translated("s3:GetObject", place):
            body = self.s3().get_object(Bucket=bucket, Key=key)["Body"]
            lines = csv.reader(codecs.getreader("utf-8")(body))
            next(lines, None)
            for row in lines:
                yield [cell or None for cell in row]

    def s3(self) -> S3Client:
        """The client of S3 in the same place."""
        if "s3" not in self._clients:
            self._clients["s3"] = aws.client("s3", profile=self.profile, region=self.region)
        return self._clients["s3"]  # type: ignore[return-value]

    def _athena(self) -> AthenaClient:
        if "athena" not in self._clients:
            self._clients["athena"] = aws.client("athena", profile=self.profile, region=self.region)
        return self._clients["athena"]  # type: ignore[return-value]

    def _done(self, execution_id: str) -> str:
        """The place of the result; a query nobody waits for any longer is stopped."""
        wait = FIRST_WAIT
        try:
            while (execution := self._look(execution_id))["Status"]["State"] in RUNNING:
                time.sleep(wait)
                wait = min(wait * 1.5, LONGEST_WAIT)
        except KeyboardInterrupt:
            with self._translated("athena:StopQueryExecution"):
                self._athena().stop_query_execution(QueryExecutionId=execution_id)
            raise
        status = execution["Status"]
        if status["State"] != "SUCCEEDED":
            reason = status.get("StateChangeReason", status["State"].lower()).strip().rstrip(".")
            if status.get("AthenaError", {}).get("Retryable"):
                raise ServiceUnavailable("Amazon Athena", reason)
            raise QueryFailed(reason)
        return execution["ResultConfiguration"]["OutputLocation"]

    def _look(self, execution_id: str) -> QueryExecutionTypeDef:
        with self._translated("athena:GetQueryExecution"):
            return self._athena().get_query_execution(QueryExecutionId=execution_id)["QueryExecution"]

    def _translated(self, action: str, resource: str = "") -> AbstractContextManager[None]:
        named = resource or f"workgroup {self.workgroup}"
        return aws.translated(action, named, profile=self.profile, region=self.region)
