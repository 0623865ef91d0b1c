"""What DuckDB and the file system say when the store cannot be read or written, in our own words.

The only place of the store that knows their messages.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from aws_cost_anomalies.errors import CostAnomaliesError, DiskFull, StoreBusy, StoreUnreadable

_FULL = re.compile(r"no space left|file too large|disk quota|max_temp_directory_size", re.IGNORECASE)
_LOCKED = re.compile(r"could not set lock|conflicting lock", re.IGNORECASE)
_HOLDER = re.compile(r"\(PID (\d+)\)")
_FOREIGN = re.compile(r"not a valid duckdb database", re.IGNORECASE)
_NEWER = re.compile(r"newer version|version number|storage version", re.IGNORECASE)
_DAMAGED = re.compile(r"corrupt|checksum|failed to (de)?serialize|could not read enough bytes", re.IGNORECASE)
_DENIED = re.compile(r"permission denied|read-only file system", re.IGNORECASE)
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {
    *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR, errno.EEXIST),
    *(errno.ELOOP, errno.ENAMETOOLONG, errno.ENOENT),
}

_OTHER_PATH = "Choose another file with `database.path`, or move this one away."


@contextmanager
def told_plainly(path: Path, step: str) -> Iterator[None]:
    """Turn what goes wrong inside into errors about the store at `path`; `step` says what was being done.

    Raises:
        DiskFull, StoreBusy, StoreUnreadable: as the case may be; anything unforeseen passes as it is.
    """
    try:
        yield
    except duckdb.Error as error:
        known = _told_by_duckdb(str(error), path, step)
        if known is None:
            raise
        raise known from error
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull(path.parent, step) from error
        if error.errno in _REFUSED:
            problem = (error.strerror or "refused").lower()
            raise StoreUnreadable(path, problem, "Check who may write there.") from error
        raise


def _told_by_duckdb(text: str, path: Path, step: str) -> CostAnomaliesError | None:
    if _FULL.search(text):
        return DiskFull(path.parent, step)
    if _LOCKED.search(text):
        holder = _HOLDER.search(text)
        return StoreBusy(path, int(holder[1]) if holder else None, None)
    for pattern, problem, hint in (
        (_FOREIGN, "it is not a DuckDB file", _OTHER_PATH),
        (_NEWER, "a newer version of DuckDB wrote it", "Upgrade this program, or the package duckdb."),
        (_DAMAGED, "it is damaged", "Move it away and run `aws-cost-anomalies ingest` again."),
        (_DENIED, "permission denied", "Check who may read and write there."),
    ):
        if pattern.search(text):
            return StoreUnreadable(path, problem, hint)
    return None
