"""Folders that nobody but their owner may look into, and why one could not be written.

Knows modes and what the operating system says; knows nothing of what lies in them.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from aws_cost_anomalies.errors import DiskFull, SettingsError

OWNER_ONLY = 0o700
SPILLED = f".{'[0-9a-f]' * 16}.spill"
"""How the folders of `room_to_spill` are called: no folder of anybody else's is."""
A_DAY = 86_400.0
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {
    *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST),
    *(errno.ELOOP, errno.ENAMETOOLONG, errno.ENOENT),
}


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for the owner alone.

    One that is there stays as it is. Raises: OSError: as the operating system refuses.
    """
    missing = [each for each in folder.parents if not each.exists()]
    for each in (*reversed(missing), folder):
        each.mkdir(mode=OWNER_ONLY, exist_ok=True)


@contextmanager
def room_to_spill(parent: Path) -> Iterator[str]:
    """A folder for what a database cannot hold in memory, for a block; empty where none can be made.

    Left to itself DuckDB makes one where the program was called, for everybody to read.
    """
    folder = parent / f".{os.urandom(8).hex()}.spill"
    try:
        make_folder(folder)
    except OSError:
        yield ""
        return
    try:
        yield str(folder)
    finally:
        with suppress(OSError):
            folder.rmdir()


def remove_leftovers(folder: Path, pattern: str, *, made_now: Path) -> None:
    """Remove what killed processes left in a folder a day ago or longer: what is in use is younger.

    Args:
        folder: where they worked.
        pattern: of the names of what they made there.
        made_now: something just made in the same folder; its age tells the time as that disk knows it.
    """
    now = made_now.stat().st_mtime
    for leftover in folder.glob(pattern):
        with suppress(OSError):
            if now - leftover.stat().st_mtime > A_DAY:
                shutil.rmtree(leftover)


@contextmanager
def cache_told(folder: Path, step: str) -> Iterator[None]:
    """A block that writes below the cache's folder; `step` says what was being done.

    Raises:
        DiskFull: no room for it.
        SettingsError: nobody may write there.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull(folder, step) from error
        if error.errno not in _REFUSED:
            raise
        problem = f"The cache folder {folder} cannot be written: {(error.strerror or 'refused').lower()}."
        raise SettingsError(problem, "Let `database.cache_dir` name a folder you may write to.") from error
