"""A CloudTrail on loopback: answers LookupEvents from a list of events, by time and one attribute, in pages.

with CloudTrailDouble() as double:
    double.happened("RunInstances", datetime(2026, 11, 14, 2, 10, tzinfo=UTC), role="ci-deploy")
    monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDTRAIL", double.url)
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cost_explorer_double import CostExplorerDouble, Refused


class CloudTrailDouble(CostExplorerDouble):
    """The service; it shares the manners of its sister: failures, pages, `requests`."""

    def __init__(self, *, page_size: int = 50) -> None:
        super().__init__(page_size=page_size)
        self.events: list[dict[str, Any]] = []

    def happened(
        self, name: str, at: datetime, *, source: str = "ec2.amazonaws.com", resources: Sequence[str] = (),
        role: str = "", identity: Mapping[str, Any] | None = None, error: str = "", reads: bool = False,
    ) -> None:  # fmt: skip
        """Add an event; who asked is a role, or the identity given."""
        issuer = {"sessionContext": {"sessionIssuer": {"userName": role}}}
        detail = {
            "userIdentity": identity or {"type": "AssumedRole", **issuer},
            "readOnly": reads,
            **({"errorCode": error} if error else {}),
        }
        self.events.append(
            {
                "EventId": f"{len(self.events):08}-1111-2222-3333-444455556666",
                "EventName": name,
                "ReadOnly": str(reads).lower(),
                "EventTime": at.timestamp(),
                "EventSource": source,
                "Username": f"{role or 'somebody'}-session",
                "Resources": [{"ResourceType": "AWS::EC2::Instance", "ResourceName": r} for r in resources],
                "CloudTrailEvent": json.dumps(detail),
            }
        )

    def lookup_events(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """LookupEvents, the newest first."""
        attributes = body.get("LookupAttributes", [])
        if len(attributes) > 1:
            raise Refused("InvalidLookupAttributesException", message="Only one attribute is allowed")
        found = [
            each
            for each in sorted(self.events, key=lambda each: -each["EventTime"])
            if body["StartTime"] <= each["EventTime"] <= body["EndTime"]
            and all(each[a["AttributeKey"]] == a["AttributeValue"] for a in attributes)
        ]
        token = body.get("NextToken")
        start = int(token.removeprefix("page-")) if token else 0
        end = start + min(self.page_size, body.get("MaxResults", self.page_size))
        answer: dict[str, Any] = {"Events": found[start:end]}
        if end < len(found):
            answer["NextToken"] = self._token(start if self.repeats_its_token and start else end)
        return answer
