"""The door of AWS: whatever boto3 raises inside it leaves as one of this program's errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from aws_cost_anomalies.aws.call import Call
from aws_cost_anomalies.aws.refusals import refusal_of
from aws_cost_anomalies.errors import ServiceUnavailable

_PROXY = "A proxy may have answered in its place: check HTTPS_PROXY and the network, then try again."


@contextmanager
def translated(
    action: str, resource: str = "", *, profile: str | None = None, region: str | None = None
) -> Iterator[None]:
    """A block in which every failure of AWS or boto3 is raised as an error of `errors.py`.

    Args:
        action: the IAM action the block needs, e.g. `s3:GetObject`; named when AWS denies it.
        resource: what it is about, e.g. `s3://bucket/key`.
        profile: the profile in use, for the hint how to sign in again.
        region: the region asked, named when a bucket lives elsewhere.
    """
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError
    from botocore.parsers import ResponseParserError

    from aws_cost_anomalies.aws.breakdowns import breakdown_of

    call = Call(action, resource, profile=profile, region=region)
    try:
        yield
    except ClientError as error:
        raise refusal_of(call, error.response) from error
    except BotoCoreError as error:
        raise breakdown_of(call, error) from error
    except ResponseParserError as error:
        raise ServiceUnavailable(call.service, "what came is no answer of AWS", _PROXY) from error
    except Boto3Error as error:
        # A managed transfer wraps what it met; the wrapper itself says nothing.
        met = getattr(error, "last_exception", None) or error.__context__
        if isinstance(met, ClientError):
            raise refusal_of(call, met.response) from error
        raise ServiceUnavailable(call.service, "a transfer was broken off") from error


def is_spoilt_on_its_way(error: Exception) -> bool:
    """Whether the body of an answer broke off, or came with another checksum: none was asked for again."""
    from botocore import exceptions as boto

    return isinstance(
        error,
        boto.ResponseStreamingError
        | boto.ReadTimeoutError
        | boto.IncompleteReadError
        | boto.ChecksumError
        | boto.FlexibleChecksumError,
    )
