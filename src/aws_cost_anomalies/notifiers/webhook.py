"""Messages as JSON to an address of one's own. Knows how a body is signed; knows no platform.

The body is the message's payload with `key`, `thread`, `title`, `text`, `severity`, `reply_to` and
`may_repeat` beside it. The header `Idempotency-Key` is the same at every attempt. With a `signing_secret`,
the header `X-Cost-Anomalies-Signature` is `sha256=` and the hexadecimal HMAC-SHA256 of the body's bytes.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, replace

from aws_cost_anomalies.errors import CostAnomaliesError
from aws_cost_anomalies.model.alert import Delivery, Receipt
from aws_cost_anomalies.model.message import Message
from aws_cost_anomalies.secret import Secret, redacted
from aws_cost_anomalies.sending.door import Door
from aws_cost_anomalies.sending.post import post
from aws_cost_anomalies.sending.receipts import failed, of_secret, of_status
from aws_cost_anomalies.sending.texts import line, lines, title_of

SIGNATURE = "X-Cost-Anomalies-Signature"


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that takes JSON.

    Attributes:
        url: where to.
        token: sent as `Authorization: Bearer …` when there is one.
        signing_secret: with which the body is signed when there is one.
    """

    url: Secret
    token: Secret = Secret()
    signing_secret: Secret = Secret()
    door: Door = Door()

    def send(self, message: Message, *, reply_to: str = "", may_repeat: bool = False) -> Receipt:
        """What the address answered; follow-ups name the reference, the message's key, in `reply_to`."""
        try:
            url, token, key = self.url.read(), self.token.read(), self.signing_secret.read()
        except CostAnomaliesError as error:
            return of_secret(error)
        try:
            body = json_body(message, reply_to=reply_to, may_repeat=may_repeat)
        except (TypeError, ValueError):
            return failed("The message holds a value that JSON has no word for")
        headers = {"Content-Type": "application/json", "Idempotency-Key": line(message.key)}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if key:
            headers[SIGNATURE] = "sha256=" + hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
        answer = post(url, body, headers=headers, door=self.door)
        if isinstance(answer, Receipt):
            return answer
        said = redacted(answer.text, url, token, key)
        receipt = of_status("The webhook", answer.status, said=said, retry_after=answer.retry_after)
        return replace(receipt, reference=message.key) if receipt.delivery is Delivery.SENT else receipt


def json_body(message: Message, *, reply_to: str, may_repeat: bool) -> bytes:
    """The bytes that are sent. Raises: TypeError, ValueError for what is no JSON."""
    told: dict[str, object] = {
        "title": title_of(message, may_repeat=may_repeat),
        "text": lines(message.text),
        "severity": message.severity.value if message.severity else None,
        "thread": message.thread,
        **message.payload,
        "key": message.key,
        "reply_to": reply_to,
        "may_repeat": may_repeat,
    }
    return json.dumps(told, allow_nan=False, ensure_ascii=True, separators=(",", ":")).encode("ascii")
