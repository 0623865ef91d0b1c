"""Objects in S3, kept in a cache on this disk under a name made of what they are.

A cached object is never stale: its name carries the ETag it was listed with, and S3 is asked for exactly that
one. It is never half there either: it gets its name only once it is whole.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from threading import Event
from typing import IO, TYPE_CHECKING, TypedDict

from aws_cost_anomalies import aws, private
from aws_cost_anomalies.errors import MissingLocation, ServiceUnavailable
from aws_cost_anomalies.objects.location import StoredObject
from aws_cost_anomalies.objects.pieces import Pieces, etag_of

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef

_MD5 = re.compile("[0-9a-f]{32}")
_MD5_OF_PARTS = re.compile(r"[0-9a-f]{32}-\d+")
_MOVED_ON = {"404", "412", "NoSuchKey", "PreconditionFailed"}


class _NotTold(Exception):
    """In which parts an object was uploaded: by a service other than S3, or of one that has gone since."""


class _Range(TypedDict, total=False):
    Range: str


class Bucket:
    """A prefix in a bucket."""

    def __init__(
        self, bucket: str, prefix: str, *, cache_dir: Path, profile: str | None, region: str | None
    ) -> None:
        """Ask nothing of S3 yet."""
        self.bucket = bucket
        self.prefix = prefix
        self.cache = cache_dir / "objects"
        self._profile = profile
        self._region = region
        self._client: S3Client | None = None
        self._pieces = Pieces()

    def objects(self) -> Sequence[StoredObject]:
        """Every object below the prefix, by key; those without content are left out."""
        with aws.translated(
            "s3:ListBucket", self._url(self.prefix), profile=self._profile, region=self._region
        ):
            pages = self._s3().get_paginator("list_objects_v2")
            prefix = f"{self.prefix}/" if self.prefix else ""
            found = [
                StoredObject(
                    key=entry["Key"],
                    origin=self._url(entry["Key"]),
                    etag=entry["ETag"].strip('"'),
                    size=entry["Size"],
                    modified_at=entry.get("LastModified"),
                )
                for page in pages.paginate(Bucket=self.bucket, Prefix=prefix)
                for entry in page.get("Contents", [])
            ]
        return sorted((o for o in found if o.size or not o.key.endswith("/")), key=lambda o: o.key)

    def fetch(self, wanted: StoredObject, given_up: Event | None = None) -> Path:
        """The object in the cache, fetched unless it is there; CancelledError once it is given up."""
        cached = self._cached(wanted)
        if not cached.is_file():
            with private.cache_told(self.cache, f"the download of {wanted.origin}"):
                self._download(wanted, cached, given_up or Event())
        return cached

    def _cached(self, wanted: StoredObject) -> Path:
        """Named by bucket, key and ETag; what the key ends with stays, since it tells the format."""
        digest = hashlib.sha256("\n".join((self.bucket, wanted.key, wanted.etag)).encode()).hexdigest()
        return self.cache / digest[:2] / f"{digest[2:32]}-{wanted.name[-80:]}"

    def _download(self, wanted: StoredObject, cached: Path, given_up: Event) -> None:
        private.make_folder(cached.parent)
        with tempfile.NamedTemporaryFile(dir=cached.parent, prefix=".part-", delete=False) as part:
            try:
                self._receive(wanted, part, given_up)
                os.fsync(part.fileno())
                Path(part.name).replace(cached)
            finally:
                Path(part.name).unlink(missing_ok=True)

    def _receive(self, wanted: StoredObject, part: IO[bytes], given_up: Event) -> None:
        with aws.translated("s3:GetObject", wanted.origin, profile=self._profile, region=self._region):
            if self._came(wanted, part, given_up) or self._came(wanted, part, given_up):
                return
        raise ServiceUnavailable("Amazon S3", f"{wanted.origin} came with another checksum")

    def _came(self, wanted: StoredObject, part: IO[bytes], given_up: Event) -> bool:
        """Whether it is here with the checksum it should have. Raises: ServiceUnavailable: another length."""
        ask = partial(self._ask, wanted)
        received, is_plain = self._pieces.receive(ask, wanted.size, part, given_up=given_up)
        if received != wanted.size:
            came = f"{wanted.origin} came with {received} of {wanted.size} bytes"
            raise ServiceUnavailable("Amazon S3", came)
        return not is_plain or self._is_intact(wanted, part)

    def _ask(self, wanted: StoredObject, part: str) -> GetObjectOutputTypeDef:
        s3 = self._s3()
        only: _Range = {"Range": part} if part else {}
        try:
            return s3.get_object(Bucket=self.bucket, Key=wanted.key, IfMatch=f'"{wanted.etag}"', **only)
        except s3.exceptions.ClientError as error:
            if error.response.get("Error", {}).get("Code", "") in _MOVED_ON:
                hint = "It has gone or changed since the bucket was listed."
                raise MissingLocation("object", wanted.origin, hint) from error
            raise

    def _is_intact(self, wanted: StoredObject, received: IO[bytes]) -> bool:
        """Whether what came has the checksums that its ETag was made of, where it was made of them."""
        if _MD5.fullmatch(wanted.etag):
            return etag_of(received, ()) == wanted.etag
        if not _MD5_OF_PARTS.fullmatch(wanted.etag):
            return True
        try:
            sizes = self._part_sizes(wanted)
            first = max(next(sizes), 1)
            if etag_of(received, [first] * math.ceil(wanted.size / first)) == wanted.etag:
                return True
            return etag_of(received, [first, *sizes]) == wanted.etag
        except _NotTold:
            return True

    def _part_sizes(self, wanted: StoredObject) -> Iterator[int]:
        """The bytes of each part it was uploaded in. Raises: _NotTold."""
        parts = int(wanted.etag.partition("-")[2])
        s3 = self._s3()
        for number in range(1, parts + 1):
            try:
                part = s3.head_object(Bucket=self.bucket, Key=wanted.key, PartNumber=number)
            except s3.exceptions.ClientError as error:
                status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
                if status < 500 or status == 501:
                    raise _NotTold from error
                raise
            if part.get("PartsCount") != parts:
                raise _NotTold
            yield part["ContentLength"]

    def _s3(self) -> S3Client:
        if self._client is None:
            self._client = aws.client("s3", profile=self._profile, region=self._region)
        return self._client

    def _url(self, key: str) -> str:
        return f"s3://{self.bucket}/{key}".rstrip("/")
