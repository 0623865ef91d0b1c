"""What is wrong when Spark gives up: the file, the column and the value, or the cluster itself.

Looks only after something has failed, so it may take its time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pyspark.errors import PySparkException
from sqlglot import exp

from aws_cost_anomalies import sql
from aws_cost_anomalies.engines.spark import words
from aws_cost_anomalies.errors import BadBill, CostAnomaliesError, ServiceUnavailable, SettingsError
from aws_cost_anomalies.model.bill import BEYOND, RawBill, RawColumn, RawFile
from aws_cost_anomalies.sql.raw import nothing_in, read_column
from aws_cost_anomalies.sql.tables import RawTable

if TYPE_CHECKING:
    from aws_cost_anomalies.engines.spark.files import Reader

try:
    from py4j.protocol import Py4JError
except ImportError:  # Spark Connect's client talks to no Java of its own.
    SPARK_ERRORS: tuple[type[Exception], ...] = (PySparkException,)
else:
    SPARK_ERRORS = (PySparkException, Py4JError)

_SHOWN = 40
_OF_VALUES = ("CAST_", "CANNOT_PARSE", "INVALID_INPUT", "NUMERIC_", "ARITHMETIC", "OVERFLOW", "DATETIME")
"""What Spark's error conditions about a value contain."""
_OF_FILES = ("FAILED_READ_FILE", "MALFORMED_", "CANNOT_READ_FILE_FOOTER", "UNABLE_TO_INFER_SCHEMA")
_OF_COLUMNS = ("PARQUET_TYPE_", "DECIMAL_PRECISION_")
"""What begins those about a type of Parquet that Spark has none for."""
_CONDITION = re.compile(r"\[([A-Z][A-Z0-9_.]+)\]")


def told(reader: Reader, bills: Sequence[RawBill], error: Exception, *, where: str) -> CostAnomaliesError:
    """Spark's error as one of ours: the fault of a value, a file, the place of files, or the cluster."""
    text = str(error)
    condition = _CONDITION.search(text)
    name = condition[1] if condition else ""
    if name == "PATH_NOT_FOUND":
        return _unseen(reader, bills, text)
    if name.startswith(_OF_COLUMNS) and (origin := _of_unknown_type(reader, bills)):
        return BadBill(origin, f"its columns cannot be read ({reason(error)})")
    if any(sign in text for sign in _OF_VALUES):
        # Where even this look fails, the file itself or the cluster is to blame.
        with suppress(*SPARK_ERRORS):
            faults = (_fault_in_values(reader, bill) for bill in bills)
            if fault := next(filter(None, faults), None):
                return fault
    file = _named(reader, bills, text)
    if file and any(sign in text for sign in _OF_FILES):
        return BadBill(file.origin, f"it cannot be read ({reason(error)})")
    return ServiceUnavailable(where, reason(error))


def missing_value(reader: Reader, bill: RawBill) -> BadBill:
    """Which required column has rows without a value, in which file."""
    for table in reader.tables(bill):
        for column in (c for c in bill.mapping.columns if c.required):
            value = read_column(column, table, words.DIALECT).sql(dialect=words.DIALECT)
            statement = sql.read(__package__, "missing_values", relation=table.relation, value=value)
            found = reader.session.sql(statement).head(1)
            if found:
                path, rows = found[0]
                problem = f"its column {column.name} is empty in {rows:,} rows"
                return BadBill(_origin(reader, bill, path), problem)
    return BadBill(bill.files[0].origin, BEYOND)


def reason(error: Exception) -> str:
    """What Spark said, in one line without its own kind of error and its advice."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    # The bridge to Java begins with the call that failed; what Java said stands below it.
    said = lines[1] if len(lines) > 1 and lines[1].startswith(": ") else lines[0]
    return _CONDITION.sub("", said.removeprefix(": ")).strip().split(" SQLSTATE")[0].rstrip(".")


def _fault_in_values(reader: Reader, bill: RawBill) -> BadBill | None:
    """The first value that its column does not allow."""
    for table in reader.tables(bill):
        columns = [c for c in bill.mapping.columns if table.find(c) and c.type != "VARCHAR"]
        statement = sql.read(
            __package__,
            "first_fault",
            columns=[_check(column, table) for column in columns],
            relation=table.relation,
        )
        found = reader.session.sql(statement).head(1)[0]
        for column, fault in zip(columns, found, strict=True):
            if fault:
                path, value = fault
                problem = f"holds {value[:_SHOWN]!r}, which is not {column.meaning}"
                there = table.find(column)
                spelling = there.spelling if there else column.name
                return BadBill(_origin(reader, bill, path), f"its column {spelling} {problem}")
    return None


def _of_unknown_type(reader: Reader, bills: Sequence[RawBill]) -> str | None:
    """Where the first file came from whose columns cannot be asked for."""
    for bill in bills:
        for file in bill.files:
            try:
                reader.tables(replace(bill, files=(file,)))
            except SPARK_ERRORS:
                return file.origin
    return None


def _check(column: RawColumn, table: RawTable) -> str:
    there = table.find(column)
    value = read_column(column, table, words.DIALECT).transform(_tried)
    return sql.read(
        __package__,
        "first_fault_of",
        column=words.column(there.name if there else column.name),
        nothing=[words.literal(each) for each in nothing_in(column, table)],
        value=value.sql(dialect=words.DIALECT),
    )


def _tried(node: exp.Expr) -> exp.Expr:
    """A cast that gives NULL where it would fail, and those within it: a text is a moment, then a day."""
    if type(node) is not exp.Cast:
        return node
    return exp.TryCast(this=node.this.transform(_tried), to=node.args["to"], safe=True)


def _unseen(reader: Reader, bills: Sequence[RawBill], text: str) -> CostAnomaliesError:
    file = _named(reader, bills, text)
    if file and reader.location(file).startswith("file:"):
        problem = f"The workers of Spark do not see {file.path}"
        hint = "Put `database.cache_dir` where every worker sees it, or set `engine.read_in_place`."
        return SettingsError(f"{problem}.", hint)
    return BadBill(file.origin if file else bills[0].files[0].origin, "it is not there any more")


def _named(reader: Reader, bills: Sequence[RawBill], text: str) -> RawFile | None:
    """The file whose place an error names."""
    plain = unquote(text)
    return next((f for b in bills for f in b.files if _key(reader.location(f)) in plain), None)


def _origin(reader: Reader, bill: RawBill, path: str) -> str:
    """Where the file at a place Spark names came from."""
    found = (f.origin for f in bill.files if _key(reader.location(f)) == _key(unquote(path)))
    return next(found, bill.files[0].origin)


def _key(location: str) -> str:
    """A place without its scheme, which Spark writes with one slash or three."""
    address = urlsplit(location)
    return f"{address.netloc}{address.path}"
