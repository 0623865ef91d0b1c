"""Files in a folder of this disk. They are read where they lie; nothing is copied."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from aws_cost_anomalies.errors import MissingLocation, UsageError
from aws_cost_anomalies.objects.location import StoredObject


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder, or a single file."""

    path: Path

    def objects(self) -> Sequence[StoredObject]:
        """Every file below it, by key; hidden ones are left out. Raises: MissingLocation, UsageError."""
        with _readable(self.path):
            if self.path.is_file():
                return [_listed(self.path, self.path.name)]
            if not self.path.is_dir():
                raise MissingLocation("folder", str(self.path))
            below = [_listed(path, path.relative_to(self.path).as_posix()) for path in _files(self.path)]
            return sorted(below, key=lambda o: o.key)

    def fetch(self, wanted: StoredObject, given_up: Event | None = None) -> Path:  # noqa: ARG002 - it is here
        """The file itself. Raises: MissingLocation, UsageError."""
        with _readable(self.path):
            path = self.path if self.path.is_file() else self.path / wanted.key
            if not path.is_file():
                raise MissingLocation("file", wanted.origin, "It has gone since the folder was listed.")
            if _listed(path, wanted.key).etag != wanted.etag:
                raise MissingLocation("file", wanted.origin, "It has changed since the folder was listed.")
            path.open("rb").close()
            return path


def _files(folder: Path) -> Iterator[Path]:
    """The files below a folder; one that may not be looked into is an OSError and not an empty one."""

    def refuse(error: OSError) -> None:
        raise error

    for name, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = [each for each in folders if not each.startswith(".")]
        paths = (Path(name) / each for each in files if not each.startswith("."))
        yield from (path for path in paths if path.is_file())


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """A block that reads there. Raises: UsageError: the operating system refuses."""
    try:
        yield
    except OSError as error:
        problem = (error.strerror or "refused").lower()
        what = error.filename or path
        raise UsageError(f"{what} cannot be read: {problem}.", "Check who may read there.") from error


def _listed(path: Path, key: str) -> StoredObject:
    """Size and time of the last change stand for the content: reading it all to be sure would cost more."""
    status = path.stat()
    return StoredObject(key, str(path), f"{status.st_mtime_ns:x}-{status.st_size:x}", status.st_size)
