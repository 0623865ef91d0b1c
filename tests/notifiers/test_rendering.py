"""What each platform is sent, as committed files; `WRITE_GOLDEN=1` writes them anew: read the diff."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import messages
import pytest

from aws_cost_anomalies.model.message import Message
from aws_cost_anomalies.notifiers.email.letter import Envelope, letter
from aws_cost_anomalies.notifiers.slack.blocks import payload
from aws_cost_anomalies.notifiers.teams.card import envelope
from aws_cost_anomalies.notifiers.webhook import json_body
from aws_cost_anomalies.sending.plain import plain_text

GOLDEN = Path(__file__).parents[1] / "golden" / "messages"
MESSAGES = {"rich": messages.rich, "hostile": messages.hostile}


def indented(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, sort_keys=False) + "\n"


def mail(message: Message) -> str:
    """Headers, text and page of a mail with a one-byte picture; its boundaries are random and left out."""
    to = Envelope("Costs <costs@corp.example>", ("ops@corp.example",))
    made = letter(message, to, reply_to="<first@corp.example>", may_repeat=False, png=b"\x89")
    headers = [f"{name}: {value}" for name, value in made.items() if name != "Content-Type"]
    parts = [part for part in made.walk() if not part.is_multipart()]
    told = [f"--- {part.get_content_type()} {part['Content-ID'] or ''}".rstrip() for part in parts]
    texts = [part.get_content() if part.get_content_maintype() == "text" else "" for part in parts]
    body = "\n".join(f"{head}\n{text}" for head, text in zip(told, texts, strict=True))
    return "\n".join(headers) + "\n" + body.replace("\r\n", "\n").replace("><", ">\n<") + "\n"


RENDERED: dict[str, Callable[[Message], str]] = {
    "slack.json": lambda message: indented(payload(message, may_repeat=False)),
    "slack-bot.json": lambda message: indented(payload(message, may_repeat=True, file_id="F012345")),
    "teams.json": lambda message: indented(envelope(message)),
    "webhook.json": lambda message: indented(json.loads(json_body(message, reply_to="", may_repeat=False))),
    "email.txt": mail,
    "plain.txt": lambda message: plain_text(message, may_repeat=True),
}


@pytest.mark.parametrize("name", MESSAGES)
@pytest.mark.parametrize("platform", RENDERED)
def test_a_message_looks_as_committed(platform: str, name: str) -> None:
    file = GOLDEN / f"{name}-{platform}"
    made = RENDERED[platform](MESSAGES[name]()).encode("utf-8", "backslashreplace").decode()
    if os.environ.get("WRITE_GOLDEN"):
        file.write_text(made, encoding="utf-8")
    assert made == file.read_text(encoding="utf-8"), f"{file} differs; read the diff, then WRITE_GOLDEN=1"
