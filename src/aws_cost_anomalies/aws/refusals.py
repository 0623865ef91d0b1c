"""What a refusal of AWS means: error codes and HTTP statuses become this program's errors.

Source: the "Common errors" pages of the Cost Explorer, Organizations and STS API references, and the S3 API
reference, "Error responses".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aws_cost_anomalies.aws.call import Call
from aws_cost_anomalies.errors import (
    AccessDenied,
    CostAnomaliesError,
    CredentialsError,
    MissingLocation,
    NoData,
    ServiceUnavailable,
    UsageError,
    WrongRegion,
)

_ASKED_REGION = re.compile(r"the region '([\w-]+)' is wrong")


@dataclass(frozen=True, slots=True)
class _Refusal:
    call: Call
    code: str
    status: int
    message: str
    bucket_region: str


def refusal_of(call: Call, answer: Mapping[str, Any]) -> CostAnomaliesError:
    """The error that an answer of AWS stands for.

    Args:
        call: what was asked.
        answer: the parsed answer, with `Error` and `ResponseMetadata`.
    """
    told = answer.get("Error", {})
    meta = answer.get("ResponseMetadata", {})
    headers = meta.get("HTTPHeaders", {})
    refusal = _Refusal(
        call=call,
        code=told.get("Code", ""),
        status=meta.get("HTTPStatusCode", 0),
        message=told.get("Message", ""),
        bucket_region=headers.get("x-amz-bucket-region") or told.get("Region", ""),
    )
    for codes, statuses, meaning in _MEANINGS:
        if refusal.code in codes.split() or refusal.status in statuses:
            return meaning(refusal)
    on = f" on {call.resource}" if call.resource else ""
    return UsageError(f"AWS refuses {call.action}{on}: {refusal.message or refusal.code}")


def _expired(refusal: _Refusal) -> CostAnomaliesError:
    hint = f"Run `{refusal.call.sign_in}`, or set new access keys."
    return CredentialsError("The AWS credentials have expired.", hint)


def _invalid(refusal: _Refusal) -> CostAnomaliesError:
    return CredentialsError(
        f"AWS does not accept these credentials ({refusal.code or refusal.status}).",
        "Check the access key, the secret and the session token, or choose another `aws_profile`.",
    )


def _clock(refusal: _Refusal) -> CostAnomaliesError:
    problem = f"AWS refuses the signature because the clock of this machine is off ({refusal.code})."
    return CredentialsError(problem, "Set the clock and try again.")


def _elsewhere(refusal: _Refusal) -> CostAnomaliesError:
    told = _ASKED_REGION.search(refusal.message)
    asked = refusal.call.region or (told.group(1) if told else "")
    return WrongRegion(refusal.call.bucket, asked, refusal.bucket_region)


def _denied(refusal: _Refusal) -> CostAnomaliesError:
    denied = AccessDenied(refusal.call.action, refusal.call.resource)
    if "not enabled for cost explorer" in refusal.message.lower():
        denied.hint = (
            "Turn Cost Explorer on in the Billing console of the management account; "
            "figures follow within 24 hours."
        )
    return denied


def _absent(refusal: _Refusal) -> CostAnomaliesError:
    if refusal.code == "NoSuchBucket" or refusal.call.resource.rstrip("/") == f"s3://{refusal.call.bucket}":
        return MissingLocation("bucket", refusal.call.bucket)
    what = "object" if refusal.call.resource.startswith("s3://") else "resource"
    return MissingLocation(what, refusal.call.resource or f"that {refusal.call.action} asks for")


def _busy(refusal: _Refusal) -> CostAnomaliesError:
    return ServiceUnavailable(refusal.call.service, f"{refusal.code or 'error'} (HTTP {refusal.status})")


def _too_old(refusal: _Refusal) -> CostAnomaliesError:
    hint = "Ask for later days: Cost Explorer keeps those of the last 13 months and of the current one."
    return NoData(f"in {refusal.call.service} for these days any more", hint)


def _not_yet(refusal: _Refusal) -> CostAnomaliesError:
    hint = "Cost Explorer prepares its figures within 24 hours of being turned on."
    return NoData(f"in {refusal.call.service} for these days yet", hint)


_Meaning = Callable[[_Refusal], CostAnomaliesError]
_MEANINGS: tuple[tuple[str, tuple[int, ...], _Meaning], ...] = (
    ("ExpiredToken ExpiredTokenException TokenRefreshRequired", (), _expired),
    ("RequestTimeTooSkewed RequestExpired RequestInTheFuture", (), _clock),
    (
        "AuthFailure IncompleteSignature InvalidAccessKeyId InvalidClientTokenId InvalidSignatureException "
        "InvalidToken MissingAuthenticationToken MissingAuthenticationTokenException "
        "SignatureDoesNotMatch UnrecognizedClientException",
        (401,),
        _invalid,
    ),
    (
        "AuthorizationHeaderMalformed IllegalLocationConstraintException PermanentRedirect TemporaryRedirect",
        (301, 307),
        _elsewhere,
    ),
    (
        "BandwidthLimitExceeded InvalidNextTokenException LimitExceededException RequestChangedException "
        "RequestLimitExceeded RequestThrottled RequestThrottledException RequestTimeout SlowDown "
        "Throttling ThrottlingException ThrottledException TooManyRequestsException",
        (429, 500, 502, 503, 504),
        _busy,
    ),
    ("BillExpirationException", (), _too_old),
    ("DataUnavailableException", (), _not_yet),
    (
        "AccessDenied AccessDeniedException AllAccessDisabled OptInRequired "
        "SubscriptionRequiredException UnauthorizedOperation",
        (403,),
        _denied,
    ),
    ("NoSuchBucket NoSuchKey NotFound", (404,), _absent),
)
"""Error codes, HTTP statuses, meaning; the first row that fits holds."""
