"""Messages to Slack, by an incoming webhook or as a bot, which also knows threads and shows the chart."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from aws_cost_anomalies.errors import CostAnomaliesError
from aws_cost_anomalies.model.alert import Receipt
from aws_cost_anomalies.model.message import Chart, Message
from aws_cost_anomalies.notifiers.slack.api import ADDRESS, Api, refused
from aws_cost_anomalies.notifiers.slack.blocks import payload
from aws_cost_anomalies.notifiers.slack.picture import uploaded
from aws_cost_anomalies.secret import Secret, redacted
from aws_cost_anomalies.sending.door import Door
from aws_cost_anomalies.sending.post import Answer, post
from aws_cost_anomalies.sending.receipts import failed, of_secret, of_status, sent
from aws_cost_anomalies.sending.texts import line

LONGEST_ALT = 200


@dataclass(frozen=True, slots=True)
class Slack:
    """One channel of a workspace.

    Attributes:
        url: of the incoming webhook; with a token, another address of the Web API than Slack's own.
        token: of a bot with the scopes `chat:write` and `files:write`; none means the webhook.
        conversation: id of the channel a bot writes to.
        draw: a chart as PNG, None where it cannot; without it charts are left out.
    """

    url: Secret = Secret()
    token: Secret = Secret()
    conversation: str = ""
    door: Door = Door()
    draw: Callable[[Chart], bytes | None] | None = None

    def send(self, message: Message, *, reply_to: str = "", may_repeat: bool = False) -> Receipt:
        """What Slack answered; a bot's reference is the message's `ts`, to which follow-ups are threaded."""
        try:
            url, token = self.url.read(), self.token.read()
        except CostAnomaliesError as error:
            return of_secret(error)
        if token:
            api = Api(url.rstrip("/") or ADDRESS, token, self.door)
            return self._as_bot(message, api, reply_to=reply_to, may_repeat=may_repeat)
        told = payload(message, may_repeat=may_repeat)
        if reply_to:
            told["thread_ts"] = reply_to
        body = json.dumps(told).encode()
        answer = post(url, body, headers={"Content-Type": "application/json"}, door=self.door)
        return answer if isinstance(answer, Receipt) else _of_webhook(answer, url)

    def _as_bot(self, message: Message, api: Api, *, reply_to: str, may_repeat: bool) -> Receipt:
        """Post, with the chart if it can be had; a message that Slack refuses for its chart goes without."""
        file_id, problem = self._picture(message, api)
        fields = {
            "channel": self.conversation,
            "mrkdwn": False,
            "link_names": False,
            "parse": "none",
            "metadata": {"event_type": "cost_anomaly", "event_payload": {"key": line(message.key)}},
            **({"thread_ts": reply_to} if reply_to else {}),
        }
        told = api.asked(
            "chat.postMessage", fields | payload(message, may_repeat=may_repeat, file_id=file_id)
        )
        if file_id and isinstance(told, Receipt) and "invalid_blocks" in told.detail:
            problem = "Slack would not show it"
            told = api.asked("chat.postMessage", fields | payload(message, may_repeat=may_repeat))
        if isinstance(told, Receipt):
            return told
        without = f", without its chart ({problem})" if problem else ""
        return sent(f"Slack took it{without}", str(told.get("ts", "")))

    def _picture(self, message: Message, api: Api) -> tuple[str, str]:
        """The id of the chart's picture, and why there is none although there should be one."""
        chart = next((block for block in message.blocks if isinstance(block, Chart)), None)
        if chart is None or self.draw is None:
            return "", ""
        png = self.draw(chart)
        return uploaded(png, line(chart.title, LONGEST_ALT), api) if png else ("", "")


def _of_webhook(answer: Answer, url: str) -> Receipt:
    """What a webhook's answer means: its errors are words, and only `ok` is a yes."""
    said = redacted(line(answer.text, 200), url)
    if said == "ok" and answer.status == HTTPStatus.OK:
        return sent("Slack took it")
    is_word = bool(re.fullmatch("[a-z]+(_[a-z]+)+", said))
    is_final = answer.status == HTTPStatus.OK or 400 <= answer.status < 500  # noqa: PLR2004
    if is_word and is_final and answer.status != HTTPStatus.TOO_MANY_REQUESTS:
        return refused(said, answer.retry_after)
    if answer.status == HTTPStatus.OK:
        return failed("The answer is not Slack's; check `url` and any proxy")
    return of_status("Slack", answer.status, said=said, retry_after=answer.retry_after)
