"""A double of Amazon Athena on loopback: its API over HTTP, its queries run by DuckDB on what lies in S3.

Statements come in as the program sends them. The catalog's are read as Hive writes them; a query is read as
Trino's, so what Trino could not parse fails here too, and then runs in DuckDB's words. Results go to S3 as
CSV, everything in quotes but NULL.
"""

from __future__ import annotations

import json
import re
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import sqlglot
from sqlglot import exp

from aws_cost_anomalies.engines.athena import AthenaEngine
from aws_cost_anomalies.engines.duckdb import DuckDBEngine
from aws_cost_anomalies.model.bill import RawBill, RawFile, RawFormat

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

LOOKS = 2
"""A query is seen so often before it is done."""


@dataclass
class Execution:
    """One query."""

    output: str
    problem: str | None = None
    retryable: bool = False
    looks: int = 0
    state: str = ""


@dataclass
class AthenaDouble:
    """What the double knows: tables, queries, and how it should fail."""

    s3: S3Client
    folder: Path
    tables: dict[str, tuple[str, list[tuple[str, str]]]] = field(default_factory=dict)
    databases: set[str] = field(default_factory=set)
    executions: dict[str, Execution] = field(default_factory=dict)
    statements: list[str] = field(default_factory=list)
    fails: dict[str, tuple[str, bool]] = field(default_factory=dict)
    """Words in a statement → what Athena says of it, and whether trying again can help."""
    hangs: bool = False

    def start(self, asked: dict[str, Any]) -> dict[str, str]:
        """Run a statement at once; its result is told after some looks."""
        name = str(uuid.uuid4())
        statement = asked["QueryString"]
        assert len(statement) < 262_144
        self.statements.append(statement)
        execution = Execution(f"{asked['ResultConfiguration']['OutputLocation']}{name}.csv")
        self.executions[name] = execution
        failure = next((told for words, told in self.fails.items() if words in statement), None)
        try:
            if failure:
                execution.problem, execution.retryable = failure
            else:
                self._run(statement, execution.output)
        except (duckdb.Error, sqlglot.errors.SqlglotError) as error:
            execution.problem = f"SYNTAX_ERROR or worse: {error}".splitlines()[0]
        return {"QueryExecutionId": name}

    def look(self, name: str) -> dict[str, Any]:
        """How a query stands."""
        execution = self.executions[name]
        execution.looks += 1
        status: dict[str, Any] = {"State": execution.state or "QUEUED"}
        if not execution.state and execution.looks > LOOKS and not self.hangs:
            status = {"State": "FAILED" if execution.problem else "SUCCEEDED"}
            if execution.problem:
                status["StateChangeReason"] = execution.problem
                status["AthenaError"] = {"Retryable": execution.retryable}
        where = {"OutputLocation": execution.output}
        return {"QueryExecution": {"QueryExecutionId": name, "Status": status, "ResultConfiguration": where}}

    def _run(self, statement: str, output: str) -> None:
        if made := re.match(r"CREATE DATABASE IF NOT EXISTS `(\w+)`", statement):
            self.databases.add(made[1])
        elif statement.startswith("CREATE EXTERNAL TABLE"):
            self._make(sqlglot.parse_one(statement, read="hive"))
        elif dropped := re.match(r"DROP TABLE IF EXISTS `(\w+)`", statement):
            self.tables.pop(dropped[1])
        else:
            self._answer(sqlglot.parse_one(statement, read="trino"), output)

    def _make(self, made: exp.Expression) -> None:
        schema = made.this
        columns = [(c.name, c.args["kind"].sql("duckdb")) for c in schema.expressions]
        location = made.find(exp.LocationProperty)
        assert made.find(exp.FileFormatProperty).this.sql().upper() == "PARQUET"
        assert location.this.name.endswith("/")
        self.tables[schema.this.name] = location.this.name, columns

    def _answer(self, query: exp.Expression, output: str) -> None:
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            for table in list(query.find_all(exp.Table)):
                if table.name in self.tables:
                    assert table.db in self.databases
                    self._view(connection, table.name)
                    table.set("db", None)
            rows = connection.execute(query.sql("duckdb"))
            lines = [",".join(f'"{c[0]}"' for c in rows.description or ())]
            lines += [",".join(_cell(value) for value in row) for row in rows.fetchall()]
        self._put(output, "\n".join(lines) + "\n")

    def _view(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        """All Parquet files below the table's folder, read by the names and types of the catalog."""
        location, columns = self.tables[name]
        bucket, _, prefix = location.removeprefix("s3://").partition("/")
        parts = []
        # A column of text is bytes to Athena, whatever the file says of it.
        as_text = "binary_as_string = true"
        for number, entry in enumerate(self.s3.list_objects_v2(Bucket=bucket, Prefix=prefix)["Contents"]):
            file = self.folder / f"{name}-{number}.parquet"
            file.write_bytes(self.s3.get_object(Bucket=bucket, Key=entry["Key"])["Body"].read())
            there = {
                c.lower(): c
                for c, *_ in connection.execute(f"DESCRIBE FROM read_parquet('{file}', {as_text})").fetchall()
            }
            read = [
                f'CAST("{there[c]}" AS {kind}) AS "{c}"' if c in there else f'CAST(NULL AS {kind}) AS "{c}"'
                for c, kind in columns
            ]
            parts.append(
                f"SELECT {', '.join(read)}, 's3://{bucket}/{entry['Key']}' AS \"$path\" "
                f"FROM read_parquet('{file}', {as_text})"
            )
        connection.execute(f'CREATE OR REPLACE VIEW "{name}" AS {" UNION ALL ".join(parts)}')

    def _put(self, output: str, text: str) -> None:
        bucket, _, key = output.removeprefix("s3://").partition("/")
        self.s3.put_object(Bucket=bucket, Key=key, Body=text.encode())

    @property
    def engine(self) -> AthenaEngine:
        """An engine that asks this double."""
        local = DuckDBEngine()
        return AthenaEngine(local, local.write_parquet, "s3://results/athena", database="costs")

    def in_s3(self, bill: RawBill) -> RawBill:
        """The bill with its Parquet files in the bucket `bills` alone."""
        if bill.format is not RawFormat.PARQUET:
            return bill
        for bucket in ("bills", "results"):
            self.s3.create_bucket(Bucket=bucket)
        return replace(bill, files=tuple(self._moved(file) for file in bill.files))

    def _moved(self, file: RawFile) -> RawFile:
        key = f"{file.path.parent.name}/{file.path.name}"
        stored = self.s3.put_object(Bucket="bills", Key=key, Body=file.path.read_bytes())
        origin = f"s3://bills/{key}"
        return replace(file, path=Path(origin), origin=origin, etag=stored["ETag"].strip('"'))


def _cell(value: object) -> str:
    return "" if value is None else '"' + str(value).replace('"', '""') + '"'


@contextmanager
def athena_double(s3: S3Client, folder: Path) -> Iterator[tuple[str, AthenaDouble]]:
    """The double's address, and what it knows."""
    catalog = AthenaDouble(s3, folder)

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            match self.headers["X-Amz-Target"]:
                case "AmazonAthena.StartQueryExecution":
                    answer: dict[str, Any] = catalog.start(asked)
                case "AmazonAthena.GetQueryExecution":
                    answer = catalog.look(asked["QueryExecutionId"])
                case "AmazonAthena.StopQueryExecution":
                    catalog.executions[asked["QueryExecutionId"]].state = "CANCELLED"
                    answer = {}
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", catalog
    finally:
        server.shutdown()
        server.server_close()
