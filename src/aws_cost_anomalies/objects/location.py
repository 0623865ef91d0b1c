"""What a place with files offers, whichever kind of place it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One file as it was listed.

    Attributes:
        key: where it lies: the whole key in a bucket, the path below a folder; parts joined by `/`.
        origin: the same for people: an s3:// URL or a path.
        etag: identifies its content; differs as soon as the content does.
        size: bytes.
        modified_at: when it was put there, aware; None where that is not known.
    """

    key: str
    origin: str
    etag: str
    size: int
    modified_at: datetime | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """The last part of its key."""
        return self.key.rpartition("/")[2]


class Location(Protocol):
    """A folder, a single file, or a prefix in a bucket."""

    def objects(self) -> Sequence[StoredObject]:
        """Every file below it, by key.

        Raises:
            MissingLocation: there is no such folder or bucket.
            WrongRegion, AccessDenied, CredentialsError: AWS says so.
        """

    def fetch(self, wanted: StoredObject, given_up: Event | None = None) -> Path:
        """The file on this disk, whole, and exactly the one that was listed.

        Args:
            wanted: one of `objects`.
            given_up: once it is set nobody wants the file any more, and the rest of it is not waited for.

        Raises:
            MissingLocation: it is gone, or another one has taken its place.
            DiskFull: there is no room for it.
            CancelledError: it was given up.
        """
