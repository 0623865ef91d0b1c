"""Messages to Microsoft Teams: an Adaptive Card to a Workflows webhook."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from aws_cost_anomalies.errors import CostAnomaliesError
from aws_cost_anomalies.model.alert import Receipt
from aws_cost_anomalies.model.message import Message
from aws_cost_anomalies.notifiers.teams.card import envelope
from aws_cost_anomalies.secret import Secret, redacted
from aws_cost_anomalies.sending.door import Door
from aws_cost_anomalies.sending.post import Answer, post
from aws_cost_anomalies.sending.receipts import failed, of_secret, of_status, pending

_REFUSED = re.compile(r"Webhook message delivery failed.*?\b(\d{3})\b", re.DOTALL)
"""What an older connector puts into an answer whose status is 200."""


@dataclass(frozen=True, slots=True)
class Teams:
    """A Workflows webhook, made with "Post to a channel when a webhook request is received"."""

    url: Secret
    door: Door = Door()

    def send(self, message: Message, *, reply_to: str = "", may_repeat: bool = False) -> Receipt:
        """What Teams answered; a webhook knows no threads."""
        try:
            url = self.url.read()
        except CostAnomaliesError as error:
            return of_secret(error)
        body = json.dumps(envelope(message, may_repeat=may_repeat), separators=(",", ":")).encode()
        answer = post(url, body, headers={"Content-Type": "application/json"}, door=self.door)
        return answer if isinstance(answer, Receipt) else _receipt(answer, url)


def _receipt(answer: Answer, url: str) -> Receipt:
    said = redacted(answer.text, url)
    refused = _REFUSED.search(said)
    if answer.status == 200 and refused:  # noqa: PLR2004
        detail = f"Teams answered 200, but: {refused[0]}"
        return pending(detail, answer.retry_after) if refused[1] == "429" else failed(detail)
    return of_status("Teams", answer.status, said=said, retry_after=answer.retry_after)
