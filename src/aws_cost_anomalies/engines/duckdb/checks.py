"""Raw files looked over before a row of them is read.

A file that is cut short, garbled or claims what it cannot hold is refused here, by the name it was delivered
under.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb

from aws_cost_anomalies import sql
from aws_cost_anomalies.engines.duckdb.files import is_compressed
from aws_cost_anomalies.engines.duckdb.schemas import absolute, paths
from aws_cost_anomalies.engines.duckdb.session import reason
from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.model.bill import RawBill, RawFile, RawFormat

MAGIC = b"PAR1"
ROWS_PER_BYTE = 500
"""More rows than this per byte of a Parquet file are a lie: a column that never changes has about 350."""
_CHUNK = 1 << 20


def check_files(bill: RawBill) -> None:
    """Refuse files that are gone, cut short or garbled. Raises: BadBill."""
    for file in bill.files:
        if not file.path.is_file():
            hint = "Run `ingest --full-refresh` to fetch it again."
            raise BadBill(file.origin, "its copy in the cache is gone", hint)
        if bill.format is RawFormat.PARQUET:
            _check_parquet_ends(file)
        elif is_compressed(file.path):
            _check_gzip(file)


@contextmanager
def unchanged(bill: RawBill) -> Iterator[None]:
    """Steps that read a bill's files more than once. Raises: BadBill where one was written to meanwhile."""
    before = [_version(file) for file in bill.files]
    try:
        yield
    except BadBill:
        _refuse_changed(bill, before)  # which is why it could not be read
        raise
    _refuse_changed(bill, before)


def _refuse_changed(bill: RawBill, before: Sequence[tuple[int, int] | None]) -> None:
    for file, version in zip(bill.files, before, strict=True):
        if _version(file) != version:
            hint = "Try again once nothing writes to it."
            raise BadBill(file.origin, "it changed while it was read", hint)


def _version(file: RawFile) -> tuple[int, int] | None:
    try:
        status = file.path.stat()
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_size


def announced_rows(connection: duckdb.DuckDBPyConnection, bill: RawBill) -> int | None:
    """The rows that the files say they hold; None where their format does not say.

    Raises:
        BadBill: a file cannot hold what it says.
    """
    if bill.format is not RawFormat.PARQUET or not bill.files:
        return None
    files = {absolute(file): file for file in bill.files}
    counts = _counts(connection, bill.files)
    for path, rows in counts:
        size = files[path].path.stat().st_size
        if not 0 <= rows <= ROWS_PER_BYTE * size:
            raise BadBill(files[path].origin, f"it claims to hold {rows:,} rows in {size:,} bytes")
    return sum(int(rows) for _, rows in counts)


def _counts(connection: duckdb.DuckDBPyConnection, files: Sequence[RawFile]) -> list[tuple[str, int]]:
    try:
        return connection.execute(sql.read(__package__, "parquet_rows", paths=paths(files))).fetchall()
    except duckdb.Error as error:
        if len(files) == 1:
            raise BadBill(files[0].origin, f"its footer is garbled ({reason(error)})") from error
        return [count for file in files for count in _counts(connection, [file])]


def _check_parquet_ends(file: RawFile) -> None:
    with file.path.open("rb") as content:
        head = content.read(len(MAGIC))
        size = content.seek(0, 2)
        content.seek(max(size - len(MAGIC), 0))
        tail = content.read()
    if head != MAGIC:
        raise BadBill(file.origin, "it is not a Parquet file")
    if tail != MAGIC or size < 3 * len(MAGIC):
        raise BadBill(file.origin, f"it is cut short: {size:,} bytes that do not end as a Parquet file does")


def _check_gzip(file: RawFile) -> None:
    """Read it to its end, where its checksum is; DuckDB takes what is there for the whole."""
    try:
        with gzip.open(file.path) as content:
            while content.read(_CHUNK):
                pass
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BadBill(file.origin, f"it is cut short or garbled ({error})") from error
