"""From the name of a place, as people write it, to the place."""

from __future__ import annotations

from pathlib import Path

from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.objects.bucket import Bucket
from aws_cost_anomalies.objects.folder import Folder
from aws_cost_anomalies.objects.location import Location

S3 = "s3://"


def open_location(text: str, *, cache_dir: Path, profile: str | None, region: str | None) -> Location:
    """The place that `s3://bucket/prefix` or a path names; nothing is asked of it yet.

    Args:
        text: as people write it.
        cache_dir: where objects of a bucket are kept on this disk.
        profile: of the AWS configuration; None means the standard chain.
        region: of the bucket; None means the configured one.

    Raises:
        InvalidArgument: an s3:// URL without a bucket, or a URL of another kind.
    """
    if not text.startswith(S3):
        if "://" in text:
            raise InvalidArgument("The place of an export", text, "a path or s3://bucket/prefix")
        return Folder(Path(text).expanduser())
    bucket, _, prefix = text.removeprefix(S3).partition("/")
    if not bucket:
        raise InvalidArgument("The place of an export", text, "s3://bucket/prefix")
    return Bucket(bucket, prefix.strip("/"), cache_dir=cache_dir, profile=profile, region=region)
