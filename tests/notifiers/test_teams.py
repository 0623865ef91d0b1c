"""Teams: the size of a card, and that nothing from the bill is Markdown or a mention."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import messages
import pytest
from http_double import HttpDouble, Reply

from aws_cost_anomalies.model.alert import Delivery
from aws_cost_anomalies.model.message import Message, SmallPrint, Step, Steps
from aws_cost_anomalies.notifiers.teams import Teams
from aws_cost_anomalies.notifiers.teams.card import envelope
from aws_cost_anomalies.secret import Secret
from aws_cost_anomalies.sending.door import Door

REFUSED = b"Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error "


def elements(held: Any) -> Iterator[dict[str, Any]]:
    if isinstance(held, dict):
        yield held
        held = list(held.values())
    if isinstance(held, list):
        for value in held:
            yield from elements(value)


def card(message: Message) -> dict[str, Any]:
    (attachment,) = envelope(message)["attachments"]
    content: dict[str, Any] = attachment["content"]
    return content


@pytest.mark.parametrize(
    "message",
    [
        messages.rich(),
        messages.hostile(),
        messages.endless(),
        Message("k", "é" * 900, "é" * 9000, "t", blocks=tuple(SmallPrint("é" * 9000) for _ in range(9))),
        Message(
            "k",
            "t",
            "t",
            "t",
            blocks=(Steps(tuple(Step("x", "y", f"https://a.test/{'z' * 1900}") for _ in range(9))),),
        ),
    ],
    ids=["rich", "hostile", "endless", "small print", "links"],
)
def test_a_card_is_within_teams_limit(message: Message) -> None:
    assert len(json.dumps(envelope(message, may_repeat=True)).encode()) <= 28 * 1024


def test_no_text_of_the_bill_is_read_for_marks() -> None:
    found = [
        each for each in elements(card(messages.hostile())) if each.get("type") in {"TextBlock", "FactSet"}
    ]
    assert found == []
    assert "actions" in card(messages.hostile())
    assert [a["url"][:30] for a in card(messages.hostile())["actions"]] == ["https://console.aws.amazon.com"]


def test_people_are_called_by_the_configuration_alone() -> None:
    called = ("Ada <ada@corp.example>", "ops@corp.example", "U012ABCDEF")
    made = card(replace(messages.rich(), mentions=called))
    assert made["msteams"]["entities"] == [
        {"type": "mention", "text": "<at>Ada</at>", "mentioned": {"id": "ada@corp.example", "name": "Ada"}},
        {
            "type": "mention",
            "text": "<at>ops@corp.example</at>",
            "mentioned": {"id": "ops@corp.example", "name": "ops@corp.example"},
        },
    ]
    assert made["body"][1]["text"] == "<at>Ada</at> <at>ops@corp.example</at>"
    assert made["body"][2]["inlines"][0]["text"] == "For: U012ABCDEF"


@pytest.mark.parametrize(
    ("reply", "delivery"),
    [
        (Reply(202, b""), Delivery.SENT),
        (Reply(200, b"1"), Delivery.SENT),
        (
            Reply(
                200,
                REFUSED + b"429",
            ),
            Delivery.PENDING,
        ),
        (
            Reply(
                200,
                REFUSED + b"413",
            ),
            Delivery.FAILED,
        ),
    ],
)
def test_a_no_in_an_answer_of_200(web: HttpDouble, reply: Reply, delivery: Delivery) -> None:
    web.reply(reply)
    notifier = Teams(Secret(f"{web.url}/workflows/x"), Door(allow_private=True, seconds=2))
    assert notifier.send(messages.rich()).delivery is delivery
    assert web.asked[0].json["attachments"][0]["content"]["version"] == "1.5"
