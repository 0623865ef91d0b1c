"""ZIP files, as legacy reports may be delivered: the one CSV file in each is kept in the cache, as gzip.

Engines read gzip and no ZIP. Like a download it is named by what it came of, and gets its name only once it
is whole. Nothing that a ZIP says becomes a path.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import struct
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from aws_cost_anomalies import private
from aws_cost_anomalies.delivery.layout import is_zip
from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.objects import Location, StoredObject

BYTES_PER_BYTE = 250
"""More than this out of a byte of a ZIP is no bill: line items shrink to a tenth, seldom to a hundredth."""
HARMLESS = 1 << 30
"""Up to so many bytes it does not matter what they were."""
_CHUNK = 1 << 20
_ENCRYPTED = 1
_GARBLED = (BadZipFile, EOFError, zlib.error, struct.error, ValueError, RuntimeError, OSError)
"""What the standard library raises over a ZIP that is none, or not whole, or of a kind it does not know."""


@dataclass(frozen=True, slots=True)
class Unzipped:
    """A place whose ZIP files are fetched as what is in them.

    Attributes:
        location: the place.
        cache: the folder that keeps what was in them.
    """

    location: Location
    cache: Path

    def objects(self) -> Sequence[StoredObject]:
        """Every file of the place: a ZIP as it was delivered, since that is what changes."""
        return self.location.objects()

    def fetch(self, wanted: StoredObject, given_up: Event | None = None) -> Path:
        """The file, or what is in it.

        Raises:
            BadBill: a ZIP that is garbled, or not of one CSV file.
            MissingLocation, DiskFull, CancelledError: as the place does.
        """
        if not is_zip(wanted.key):
            return self.location.fetch(wanted, given_up)
        kept = self._kept(wanted)
        if not kept.is_file():
            archive = self.location.fetch(wanted, given_up)
            with private.cache_told(self.cache, f"the unpacking of {wanted.origin}"):
                self._unpack(wanted, archive, kept, given_up=given_up or Event())
            if wanted.origin.startswith("s3://"):  # then it is a copy, and of no more use
                archive.unlink(missing_ok=True)
        return kept

    def _kept(self, wanted: StoredObject) -> Path:
        """Named by the ZIP and its ETag."""
        is_remote = wanted.origin.startswith("s3://")
        place = wanted.origin if is_remote else str(Path(wanted.origin).absolute())
        digest = hashlib.sha256("\n".join(("unzipped", place, wanted.etag)).encode()).hexdigest()
        return self.cache / digest[:2] / f"{digest[2:32]}-{wanted.name[:-4][-76:]}.gz"

    def _unpack(self, wanted: StoredObject, archive: Path, kept: Path, *, given_up: Event) -> None:
        private.make_folder(kept.parent)
        with tempfile.NamedTemporaryFile(dir=kept.parent, prefix=".part-", delete=False) as part:
            try:
                _pack(_content(archive, wanted.origin), part, given_up)
                os.fsync(part.fileno())
                self.location.fetch(wanted, given_up)  # refuses what was written to meanwhile
                Path(part.name).replace(kept)
            finally:
                Path(part.name).unlink(missing_ok=True)


def _pack(content: Iterator[bytes], into: IO[bytes], given_up: Event) -> None:
    """Write it as gzip: as large as it was, since a month of line items can fill a disk."""
    with gzip.GzipFile(filename="", mode="wb", compresslevel=1, fileobj=into, mtime=0) as packed:
        for chunk in content:
            if given_up.is_set():
                raise CancelledError
            packed.write(chunk)
    into.flush()


def _content(archive: Path, origin: str) -> Iterator[bytes]:
    """What the one file in a ZIP holds, piece by piece, held against its length and checksum."""
    with _told(origin), ZipFile(archive) as packed:
        member = _only_csv(packed, origin)
        size = 0
        with packed.open(member) as content:
            while chunk := content.read(_CHUNK):
                size += len(chunk)
                yield chunk
        if size != member.file_size:
            raise EOFError(f"{size:,} of {member.file_size:,} bytes are there")


@contextmanager
def _told(origin: str) -> Iterator[None]:
    """A block that reads a ZIP. Raises: BadBill."""
    try:
        yield
    except _GARBLED as error:
        raise BadBill(origin, f"it is cut short or garbled ({error})") from error


def _only_csv(packed: ZipFile, origin: str) -> ZipInfo:
    """The one file in a ZIP. Raises: BadBill: there is none or several, or it is not to be read."""
    members = [each for each in packed.infolist() if _is_file(each)]
    if len(members) != 1:
        hint = "Unpack it, and give --path the folder."
        raise BadBill(origin, f"it is a ZIP of {len(members):,} files, not of one", hint)
    (member,) = members
    if not member.filename.lower().endswith(".csv"):
        raise BadBill(origin, "what is in the ZIP is no .csv file")
    if member.flag_bits & _ENCRYPTED:
        raise BadBill(origin, "it is encrypted", "Unpack it, or have it delivered without a password.")
    if member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        hint = "Pack it by deflate or gzip, or unpack it."
        raise BadBill(origin, "it is packed by a method that bills are not packed by", hint)
    if member.file_size > max(HARMLESS, BYTES_PER_BYTE * member.compress_size):
        claim = f"it claims to hold {member.file_size:,} bytes in {member.compress_size:,}"
        raise BadBill(origin, claim)
    return member


def _is_file(member: ZipInfo) -> bool:
    """Whether a folder would list it as a file: not what is hidden, as macOS packs one beside each file."""
    name = re.split(r"[/\\]", member.filename)[-1]
    return bool(name) and not name.startswith(".")
