"""One object in S3 that several may write: each replaces only the version it has seen.

Knows S3's conditional requests; knows nothing of what the object holds. Source: Amazon S3 user guide, "How to
prevent object overwrites with conditional writes".
"""

from __future__ import annotations

import shutil
import tempfile
import uuid
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypedDict
from urllib.parse import urlsplit

from aws_cost_anomalies import aws
from aws_cost_anomalies.errors import InvalidArgument, StoreBusy

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef

_OVERTAKEN = {"412", "409", "PreconditionFailed", "ConditionalRequestConflict"}
_ABSENT = {"404", "NoSuchKey"}
_WRITER = "writer"
"""Key of the metadata that tells one's own write from another's."""


class Condition(TypedDict, total=False):
    """On which a write depends."""

    IfMatch: str
    IfNoneMatch: str


class SharedFile:
    """An object, and the version of it that was last read or written here."""

    def __init__(self, url: str, *, profile: str | None = None, region: str | None = None) -> None:
        """Ask nothing of S3 yet. Raises: InvalidArgument when the URL is no `s3://bucket/key`."""
        split = urlsplit(url)
        self.url = url
        self._bucket, self._key = split.netloc, split.path.strip("/")
        if split.scheme != "s3" or not self._bucket or not self._key:
            raise InvalidArgument("The place of a shared file", url, "s3://bucket/key")
        self._profile = profile
        self._region = region
        self._version: str | None = None
        self._client: S3Client | None = None

    def beside(self, name: str) -> SharedFile:
        """The file of that name in the same place; the two share a client."""
        other = SharedFile(
            f"{self.url.rpartition('/')[0]}/{name}", profile=self._profile, region=self._region
        )
        other._client = self._s3()
        return other

    def read(self) -> bytes | None:
        """What it holds now; None when it is not there."""
        with self._translated("s3:GetObject"):
            answer = self._seen()
            return answer["Body"].read() if answer else None

    def fetch(self, path: Path) -> bool:
        """Whether it is there; then it is at `path`, whole."""
        with self._translated("s3:GetObject"):
            answer = self._seen()
            if answer is None:
                return False
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
                shutil.copyfileobj(answer["Body"], part)
            Path(part.name).replace(path)
        return True

    def replace(self, content: bytes | IO[bytes]) -> None:
        """Write it in place of the version last seen, or for the first time.

        Raises:
            StoreBusy: somebody else has written it since.
        """
        mark = uuid.uuid4().hex
        with self._translated("s3:PutObject"):
            self._version = self._written(content, mark)

    def _written(self, content: bytes | IO[bytes], mark: str) -> str:
        s3 = self._s3()
        condition: Condition = {"IfMatch": self._version} if self._version else {"IfNoneMatch": "*"}
        try:
            return s3.put_object(
                Bucket=self._bucket, Key=self._key, Body=content, Metadata={_WRITER: mark}, **condition
            )["ETag"]
        except s3.exceptions.ClientError as error:
            if error.response.get("Error", {}).get("Code", "") not in _OVERTAKEN:
                raise
            # A write whose answer was lost is tried again, and then overtaken by nobody but itself.
            held = s3.head_object(Bucket=self._bucket, Key=self._key)
            if held["Metadata"].get(_WRITER) == mark:
                return held["ETag"]
            raise StoreBusy(self.url, None, held["LastModified"]) from error

    def _seen(self) -> GetObjectOutputTypeDef | None:
        s3 = self._s3()
        try:
            answer = s3.get_object(Bucket=self._bucket, Key=self._key)
        except s3.exceptions.ClientError as error:
            if error.response.get("Error", {}).get("Code", "") not in _ABSENT:
                raise
            self._version = None
            return None
        self._version = answer["ETag"]
        return answer

    def _translated(self, action: str) -> AbstractContextManager[None]:
        return aws.translated(action, self.url, profile=self._profile, region=self._region)

    def _s3(self) -> S3Client:
        if self._client is None:
            self._client = aws.client("s3", profile=self._profile, region=self._region)
        return self._client
