"""Raw files as relations, grouped by schema. Knows where workers find them, and how Spark reads a format."""

from __future__ import annotations

import csv
import json
import uuid
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import DataType, StringType, StructField, StructType

from aws_cost_anomalies import sql
from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.model.bill import FocusMapping, RawBill, RawFile, RawFormat
from aws_cost_anomalies.sql.tables import FileColumn, RawTable

S3 = "s3://"
_AT_ONCE = 8
"""Files whose columns are asked for at the same time."""
_FAIL = {"mode": "FAILFAST"}
_CSV = {
    **_FAIL,
    "quote": '"',
    "escape": '"',
    # Else Spark takes a null character for one, and drops it from a name that holds a quote, too.
    "charToEscapeQuoteEscaping": "\ufdd0",
    # Else a quote within a quoted cell may end it, and what follows is guessed.
    "unescapedQuoteHandling": "RAISE_ERROR",
    "multiLine": "true",
    "nullValue": "NULL",
    # A line with too few cells must fail even where the missing ones are not asked for.
    "columnPruning": "false",
}
Columns = tuple[FileColumn, ...]


class Reader:
    """Raw files in one session: each group of files alike is a temporary view until `forget`."""

    def __init__(self, session: SparkSession, *, in_place: bool) -> None:
        """Read nothing yet."""
        self.session = session
        self._in_place = in_place
        self._views: list[str] = []

    def tables(self, bill: RawBill) -> list[RawTable]:
        """The files of a bill as relations, one per schema. Raises: BadBill."""
        for file in bill.files:
            if not self._is_remote(file) and not file.path.is_file():
                hint = "Run `ingest --full-refresh` to fetch it again."
                raise BadBill(file.origin, "its copy in the cache is gone", hint)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            columns = list(pool.map(lambda file: self._columns(bill, file), bill.files))
        alike: dict[Columns, list[RawFile]] = {}
        for file, found in zip(bill.files, columns, strict=True):
            alike.setdefault(found, []).append(file)
        return [self._table(bill.format, found, files) for found, files in alike.items()]

    def location(self, file: RawFile) -> str:
        """Where the workers find a file: an s3a:// URL, or a path that they see as this machine does."""
        if self._is_remote(file):
            return "s3a://" + file.origin.removeprefix(S3)
        return f"file://{file.path.absolute()}"

    def forget(self) -> None:
        """Take the views away again."""
        for view in self._views:
            self.session.catalog.dropTempView(view)
        self._views.clear()

    def _is_remote(self, file: RawFile) -> bool:
        return self._in_place and file.origin.startswith(S3)

    def _columns(self, bill: RawBill, file: RawFile) -> Columns:
        path = self._patterns([file])
        match bill.format:
            case RawFormat.PARQUET:
                fields = self.session.read.parquet(*path).schema.fields
                return tuple(FileColumn(f.name, _type(f.dataType), f.name) for f in fields)
            case RawFormat.CSV:
                # Asked for the header itself, Spark would rename what occurs twice.
                first = self.session.read.text(path).head(1)
                return _csv_columns([row[0] for row in first], file)
            case RawFormat.JSON:
                first = self.session.read.text(path).head(1)
                return _json_columns(bill.mapping, [row[0] for row in first], file)

    def _table(self, form: RawFormat, columns: Columns, files: Sequence[RawFile]) -> RawTable:
        rows = self._rows(form, columns, self._patterns(files))
        view = f"raw_{uuid.uuid4().hex}"
        rows.createTempView(view)
        self._views.append(view)
        relation = sql.read(__package__, "files", view=view)
        return RawTable(relation, columns, files[0].origin, is_text=form is RawFormat.CSV)

    def _rows(self, form: RawFormat, columns: Columns, paths: list[str]) -> DataFrame:
        match form:
            case RawFormat.PARQUET:
                return self.session.read.parquet(*paths)
            case RawFormat.CSV:
                return self.session.read.schema(_texts(columns)).options(header="true", **_CSV).csv(paths)
            case RawFormat.JSON:
                return self.session.read.schema(_texts(columns)).options(**_FAIL).json(paths)

    def _patterns(self, files: Iterable[RawFile]) -> list[str]:
        """Paths as Spark takes them: patterns, so a sign that would stand for others is escaped."""
        return [
            "".join(f"\\{sign}" if sign in "*?[]{}\\" else sign for sign in self.location(file))
            for file in files
        ]


def _type(kind: DataType) -> str:
    """A type in Spark's words; of structs and lists, which no mapping reads, the outer one is enough."""
    name = kind.typeName()
    return name if name in {"struct", "array"} else kind.simpleString()


def _texts(columns: Columns) -> StructType:
    return StructType([StructField(column.name, StringType()) for column in columns])


def _csv_columns(first: list[str], file: RawFile) -> Columns:
    if any(line.startswith("\ufffd") for line in first):
        hint = "Its text is not UTF-8: have it written so."
        raise BadBill(file.origin, "its first line cannot be read (it is in another encoding)", hint)
    header = next(csv.reader(line.removeprefix("\ufeff") for line in first), [])
    if not any(header):
        raise BadBill(file.origin, "its first line cannot be read (not even column names are there)")
    return tuple(
        # A second column of the same name gets a mark of its own.
        FileColumn(f"{name}~{position}" if name in header[:position] else name or "~", "STRING", name)
        for position, name in enumerate(header)
    )


def _json_columns(mapping: FocusMapping, first: list[str], file: RawFile) -> Columns:
    try:
        keys = json.loads(first[0]) if first else {}
    except ValueError as error:
        raise BadBill(file.origin, f"its first line cannot be read ({error})") from error
    if not isinstance(keys, dict):
        raise BadBill(file.origin, "its first line cannot be read (it is not an object)")
    names = dict.fromkeys((*(column.name for column in mapping.columns), *keys))
    return tuple(FileColumn(name, "STRING", name) for name in names)
