"""What Parquet files in S3 say of their columns, read from their footers alone."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from sqlglot import exp

from aws_cost_anomalies import aws, sql
from aws_cost_anomalies.errors import BadBill, MissingLocation
from aws_cost_anomalies.model.bill import RawFile
from aws_cost_anomalies.sql.tables import TRINO, FileColumn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_cost_anomalies.engines.athena.queries import Athena

MAGIC = b"PAR1"
FIRST_LOOK = 256 * 1024
"""Bytes of a file's end that nearly always hold its whole footer."""
ENDING = 8
"""A Parquet file ends with the length of its footer, in four bytes, and four letters."""
_AT_ONCE = 8
_MOVED_ON = {"404", "412", "NoSuchKey", "PreconditionFailed"}
_PLAIN = (
    *exp.DataType.TEXT_TYPES,
    *exp.DataType.NUMERIC_TYPES,
    *exp.DataType.TEMPORAL_TYPES,
    exp.DType.BOOLEAN,
)


def schemas(athena: Athena, files: Sequence[RawFile]) -> list[tuple[FileColumn, ...]]:
    """The columns of each file that Athena can be asked for: plain ones, and maps of plain ones.

    Raises:
        BadBill: a file is no Parquet file, or its footer is garbled.
        MissingLocation: one is gone, or was replaced since its bucket was listed.
    """
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        ends = list(pool.map(lambda file: _end(athena, file), files))
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        return [
            _columns(connection, file, _hollow(Path(folder) / f"{place}.parquet", file, end))
            for place, (file, end) in enumerate(zip(files, ends, strict=True))
        ]


def _end(athena: Athena, file: RawFile) -> bytes:
    """The end of a file with all of its footer."""
    end = _last(athena, file, FIRST_LOOK)
    if end[-len(MAGIC) :] != MAGIC or len(end) < ENDING + len(MAGIC):
        raise BadBill(file.origin, "it does not end as a Parquet file does")
    footer = int.from_bytes(end[-ENDING : -len(MAGIC)], "little") + ENDING
    if footer > file.size:
        raise BadBill(file.origin, "its footer is garbled")
    return end if footer <= len(end) else _last(athena, file, footer)


def _last(athena: Athena, file: RawFile, size: int) -> bytes:
    """The last bytes of the very version that was listed."""
    bucket, _, key = file.origin.removeprefix("s3://").partition("/")
    s3 = athena.s3()
    with aws.translated("s3:GetObject", file.origin, profile=athena.profile, region=athena.region):
        try:
            answer = s3.get_object(Bucket=bucket, Key=key, Range=f"bytes=-{size}", IfMatch=f'"{file.etag}"')
        except s3.exceptions.ClientError as error:
            if error.response.get("Error", {}).get("Code", "") in _MOVED_ON:
                hint = "It has gone or changed since the bucket was listed."
                raise MissingLocation("object", file.origin, hint) from error
            raise
        return answer["Body"].read()


def _hollow(path: Path, file: RawFile, end: bytes) -> Path:
    """A file as long as the one in S3 that holds nothing but its end; it takes no more room than that."""
    with path.open("wb") as content:
        content.write(MAGIC)
        content.seek(file.size - len(end))
        content.write(end)
    return path


def _columns(connection: duckdb.DuckDBPyConnection, file: RawFile, hollow: Path) -> tuple[FileColumn, ...]:
    try:
        described = connection.execute(sql.read(__package__, "describe", path=sql.literal(hollow))).fetchall()
    except duckdb.Error as error:
        raise BadBill(file.origin, "its footer is garbled") from error
    typed = ((name, exp.DataType.build(kind, dialect="duckdb")) for name, kind, *_ in described)
    # The catalog keeps names in lower case, and reads columns of files by name whatever their case.
    return tuple(
        FileColumn(name.lower(), _type(kind).sql(TRINO), name) for name, kind in typed if _is_readable(kind)
    )


def _is_readable(kind: exp.DataType) -> bool:
    if kind.is_type(exp.DType.MAP):
        return all(inner.is_type(*_PLAIN) for inner in kind.expressions)
    return kind.is_type(*_PLAIN)


def _type(kind: exp.DataType) -> exp.DataType:
    """The type that a table of Athena's can have: every moment there is UTC's, without saying so."""
    moments = (exp.DType.TIMESTAMPTZ, exp.DType.TIMESTAMP_NS, exp.DType.TIMESTAMP_MS, exp.DType.TIMESTAMP_S)
    return exp.DataType.build("TIMESTAMP") if kind.is_type(*moments) else kind
