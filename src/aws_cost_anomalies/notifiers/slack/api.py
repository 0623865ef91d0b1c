"""Slack's Web API: what it is asked and what its answers mean. Knows no message."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from aws_cost_anomalies.model.alert import Receipt
from aws_cost_anomalies.secret import redacted
from aws_cost_anomalies.sending.door import Door
from aws_cost_anomalies.sending.post import post
from aws_cost_anomalies.sending.receipts import ambiguous, failed, of_status, pending

ADDRESS = "https://slack.com/api"

_LATER = frozenset({"rate_limited", "ratelimited", "service_unavailable", "team_added_to_org"})
_UNSURE = frozenset({"fatal_error", "internal_error", "request_timeout"})
"""Slack's own words: part of it may have been done."""

_REMEDIES = {
    "not_in_channel": "invite the bot to the channel",
    "channel_not_found": "check `conversation`; a private channel must have the bot in it",
    "is_archived": "the channel is archived",
    "invalid_auth": "check `token`",
    "token_revoked": "make a new token",
    "account_inactive": "the token's bot was removed",
    "missing_scope": "give the app the scopes chat:write and files:write",
    "no_service": "the webhook was removed; make a new one",
    "no_team": "the workspace is gone",
    "invalid_token": "the webhook's address is not complete",
    "action_prohibited": "an administrator forbids this webhook",
    "channel_is_archived": "the channel is archived",
}


@dataclass(frozen=True, slots=True)
class Api:
    """Slack as one bot sees it."""

    address: str
    token: str = field(repr=False)
    door: Door

    def asked(self, method: str, fields: Mapping[str, Any]) -> dict[str, Any] | Receipt:
        """The answer to a method that takes JSON, or what the lack of a good one means."""
        return self._answer(method, json.dumps(fields).encode(), "application/json; charset=utf-8")

    def asked_by_form(self, method: str, fields: Mapping[str, str]) -> dict[str, Any] | Receipt:
        """The same of a method that takes a form."""
        return self._answer(method, urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def _answer(self, method: str, body: bytes, kind: str) -> dict[str, Any] | Receipt:
        headers = {"Content-Type": kind, "Authorization": f"Bearer {self.token}"}
        answer = post(f"{self.address}/{method}", body, headers=headers, door=self.door)
        if isinstance(answer, Receipt):
            return answer
        said = redacted(answer.text, self.token)
        if answer.status != 200:  # noqa: PLR2004
            return of_status("Slack", answer.status, said=said, retry_after=answer.retry_after)
        try:
            told = json.loads(answer.text)
        except ValueError:
            told = None
        if not isinstance(told, dict) or "ok" not in told:
            return failed("The answer is not Slack's; check `url` and any proxy")
        return told if told["ok"] is True else refused(str(told.get("error", "")), answer.retry_after)


def refused(error: str, retry_after: float | None = None) -> Receipt:
    """What one of Slack's error words means."""
    remedy = _REMEDIES.get(error)
    detail = f"Slack refused it: {error or 'no reason given'}" + (f" ({remedy})" if remedy else "")
    if error in _LATER:
        return pending(detail, retry_after)
    return ambiguous(f"{detail}; it may have arrived") if error in _UNSURE else failed(detail)
