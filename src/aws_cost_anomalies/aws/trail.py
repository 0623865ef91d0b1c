"""Changes that CloudTrail wrote down in one region: its LookupEvents, which AWS does not charge for.

Knows the API, its pace (two requests a second and region) and how an event says who asked; calls that failed
or only read are left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aws_cost_anomalies.aws.failures import translated
from aws_cost_anomalies.aws.pages import pages
from aws_cost_anomalies.aws.session import client
from aws_cost_anomalies.errors import ServiceUnavailable
from aws_cost_anomalies.model.activity import Event

ACTION, NAME = "cloudtrail:LookupEvents", "AWS CloudTrail"
PAGE = 50
PAUSE = 0.5
"""Seconds between two requests. Source: CloudTrail API reference, LookupEvents."""
MOST_PAGES = 40


@dataclass(frozen=True, slots=True)
class Changes:
    """Events of one region; `is_cut` when there were more."""

    events: tuple[Event, ...]
    is_cut: bool = False


def changes(
    start: datetime, end: datetime, *, region: str, profile: str | None, wait: Callable[[float], object]
) -> Changes:
    """The calls that changed something in a region, the newest first.

    Args:
        start: the first moment, aware.
        end: the last, aware.
        region: where.
        profile: of the AWS configuration.
        wait: lets seconds pass.

    Raises:
        AccessDenied, CredentialsError, SettingsError: as they happen.
        ServiceUnavailable: it does not answer, or its answer makes no sense.
    """
    asked: Any = client("cloudtrail", profile=profile, region=region)
    question = {
        "StartTime": start,
        "EndTime": end,
        "MaxResults": PAGE,
        "LookupAttributes": [{"AttributeKey": "ReadOnly", "AttributeValue": "false"}],
    }
    events: list[Event] = []
    try:
        with translated(ACTION, profile=profile, region=region):
            for count, page in enumerate(pages(asked.lookup_events, question, of=NAME), start=1):
                events += [event for told in page["Events"] if (event := _event(told, region))]
                if not page.get("NextToken"):
                    break
                if count == MOST_PAGES:
                    return Changes(tuple(events), is_cut=True)
                wait(PAUSE)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise ServiceUnavailable(NAME, "its answer cannot be read") from error
    return Changes(tuple(events))


def _event(told: Mapping[str, Any], region: str) -> Event | None:
    """The event, or None for a call that failed or only read."""
    detail = json.loads(told.get("CloudTrailEvent") or "{}")
    if detail.get("errorCode") or detail.get("readOnly") is True or told.get("ReadOnly") == "true":
        return None
    names = [each["ResourceName"] for each in told.get("Resources") or () if each.get("ResourceName")]
    return Event(
        event_id=told["EventId"],
        name=told["EventName"],
        source=told["EventSource"],
        actor=_actor(detail.get("userIdentity") or {}, told.get("Username") or ""),
        region=region,
        at=told["EventTime"].astimezone(UTC),
        resources=tuple(dict.fromkeys(names)),
    )


def _actor(identity: Mapping[str, Any], username: str) -> str:
    """Who asked: the role rather than its session, the service rather than its session name."""
    match identity.get("type"):
        case "AssumedRole":
            issuer = identity.get("sessionContext", {}).get("sessionIssuer", {})
            return f"role {issuer.get('userName') or username or 'unknown'}"
        case "Root":
            return "the root user"
        case "AWSService":
            return f"service {identity.get('invokedBy') or username or 'unknown'}"
        case "AWSAccount":
            return f"account {identity.get('accountId') or username or 'unknown'}"
    name = identity.get("userName") or username
    return f"user {name}" if name else "somebody unknown"
