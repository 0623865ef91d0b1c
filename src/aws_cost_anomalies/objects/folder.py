"""Files in a folder of this disk. They are read where they lie; nothing is copied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aws_cost_anomalies.errors import MissingLocation
from aws_cost_anomalies.objects.location import StoredObject


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder, or a single file."""

    path: Path

    def objects(self) -> Sequence[StoredObject]:
        """Every file below it, by key; hidden ones are left out. Raises: MissingLocation."""
        if self.path.is_file():
            return [_listed(self.path, self.path.name)]
        if not self.path.is_dir():
            raise MissingLocation("folder", str(self.path))
        below = ((path, path.relative_to(self.path)) for path in self.path.rglob("*") if path.is_file())
        shown = ((path, name) for path, name in below if not any(p.startswith(".") for p in name.parts))
        return sorted((_listed(path, name.as_posix()) for path, name in shown), key=lambda o: o.key)

    def fetch(self, wanted: StoredObject) -> Path:
        """The file itself. Raises: MissingLocation."""
        path = self.path if self.path.is_file() else self.path / wanted.key
        if not path.is_file():
            raise MissingLocation("file", wanted.origin, "It has gone since the folder was listed.")
        if _listed(path, wanted.key).etag != wanted.etag:
            raise MissingLocation("file", wanted.origin, "It has changed since the folder was listed.")
        return path


def _listed(path: Path, key: str) -> StoredObject:
    """Size and time of the last change stand for the content: reading it all to be sure would cost more."""
    status = path.stat()
    return StoredObject(key, str(path), f"{status.st_mtime_ns:x}-{status.st_size:x}", status.st_size)
