"""What an answer, or the lack of one, means for an attempt to send.

2xx sent · 429 and 503 not taken, again later · other 5xx, or no answer, may have arrived · the rest is final.
"""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from aws_cost_anomalies.errors import CostAnomaliesError, CredentialsError, Unanswered
from aws_cost_anomalies.model.alert import Delivery, Receipt
from aws_cost_anomalies.sending.texts import line

LONGEST_DETAIL = 300
UNTIL_PUT_RIGHT = 150.0
"""Seconds; longer than a run waits, so the next one tries."""
LONGEST_WAIT = 24 * 3600.0
"""Seconds; no platform is waited for longer, whatever it asks."""


def sent(detail: str, reference: str = "") -> Receipt:
    """It arrived."""
    return Receipt(Delivery.SENT, line(detail, LONGEST_DETAIL), reference)


def failed(detail: str) -> Receipt:
    """It did not arrive, and trying again is of no use."""
    return Receipt(Delivery.FAILED, line(detail, LONGEST_DETAIL))


def pending(detail: str, retry_after: float | None = None) -> Receipt:
    """It surely did not arrive; again later."""
    return Receipt(Delivery.PENDING, line(detail, LONGEST_DETAIL), retry_after=retry_after)


def ambiguous(detail: str) -> Receipt:
    """It may have arrived."""
    return Receipt(Delivery.AMBIGUOUS, line(detail, LONGEST_DETAIL))


def of_secret(error: CostAnomaliesError) -> Receipt:
    """The secret could not be had, so nothing left: again when somebody may have put it in its place."""
    return pending(f"{error.message} {error.hint}", UNTIL_PUT_RIGHT)


def of_error(error: CostAnomaliesError) -> Receipt:
    """What an error of this program means; credentials can be renewed before the next attempt."""
    detail = f"{error.message} {error.hint}"
    if isinstance(error, Unanswered):
        return ambiguous(detail)
    return pending(detail) if error.transient or isinstance(error, CredentialsError) else failed(detail)


def of_status(platform: str, status: int, *, said: str = "", retry_after: float | None = None) -> Receipt:
    """What an HTTP status means.

    Args:
        platform: who answered, for people.
        status: of the answer.
        said: the answer's words, without a secret in them.
        retry_after: seconds it asked to wait.
    """
    words = line(said, 200)
    detail = f"{platform} answered {status}{_phrase(status)}" + (f": {words}" if words else "")
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return sent(f"{platform} took it ({status})")
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        return pending(detail, retry_after)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ambiguous(f"{detail}; it may have arrived")
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return failed(
            f"{platform} answered {status}: a redirect, which is not followed; set the final address"
        )
    return failed(detail)


def seconds_of(retry_after: str, date: str) -> float | None:
    """Seconds to wait as a `Retry-After` header has them; None where it says nothing of use.

    Args:
        retry_after: seconds, or an HTTP date.
        date: the answer's own `Date`, which a date is measured from: the clocks of two machines differ.
    """
    asked = retry_after.strip()
    if re.fullmatch(r"\d{1,9}(\.\d+)?", asked):
        return min(float(asked), LONGEST_WAIT)
    try:
        wait = (parsedate_to_datetime(asked) - parsedate_to_datetime(date)).total_seconds()
    except (TypeError, ValueError):
        return None
    return min(max(wait, 0.0), LONGEST_WAIT)


def _phrase(status: int) -> str:
    known = {member.value: member.phrase for member in HTTPStatus}
    return f" {known[status]}" if status in known else ""
