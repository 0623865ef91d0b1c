"""Slack: its limits, its marks, its errors, and the chart as a picture."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import messages
import pytest
from http_double import HttpDouble, Reply
from hypothesis import given
from hypothesis import strategies as st

from aws_cost_anomalies.model.alert import Delivery
from aws_cost_anomalies.model.message import Facts, Message, Paragraph, Step, Steps, Table
from aws_cost_anomalies.notifiers.slack import Slack
from aws_cost_anomalies.notifiers.slack.blocks import escaped, inert, payload
from aws_cost_anomalies.secret import Secret
from aws_cost_anomalies.sending.door import Door

OWN_MARKS = re.compile(r"<https://[^<>|\s]+\|Open>")
INSIDE = Door(allow_private=True, seconds=2)


def texts(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict):
        yield from (text for value in held.values() for text in texts(value))
    elif isinstance(held, list):
        yield from (text for value in held for text in texts(value))


def yes(**more: object) -> Reply:
    return Reply(body=json.dumps({"ok": True, **more}).encode())


def no(error: str, **headers: str) -> Reply:
    return Reply(body=json.dumps({"ok": False, "error": error}).encode(), headers=headers)


def bot(web: HttpDouble, *, png: bytes | None = b"\x89PNG") -> Slack:
    web.reply(yes(ts="1762300000.000100"), path="/api/chat.postMessage")
    web.reply(yes(file_id="F01", upload_url=f"{web.url}/upload"), path="/api/files.getUploadURLExternal")
    web.reply(Reply(body=b"OK - 4"), path="/upload")
    web.reply(yes(files=[{"id": "F01"}]), path="/api/files.completeUploadExternal")
    url, token = Secret(f"{web.url}/api"), Secret("xoxb-1")
    return Slack(url=url, token=token, conversation="C01", door=INSIDE, draw=lambda chart: png)


def webhook(web: HttpDouble) -> Slack:
    return Slack(url=Secret(f"{web.url}/services/T0/B0/secret"), door=INSIDE)


@pytest.mark.parametrize(
    "message", [messages.rich(), messages.hostile(), messages.endless()], ids=lambda m: m.key
)
def test_a_payload_is_within_slacks_limits(message: Message) -> None:
    told = payload(message, may_repeat=True, file_id="F0123456789")
    blocks = told["blocks"]
    assert len(blocks) <= 50
    assert sum(map(len, texts(blocks))) <= 12_000
    assert all(len(block["text"]["text"]) <= 150 for block in blocks if block["type"] == "header")
    sections = [block for block in blocks if block["type"] == "section"]
    assert all(1 <= len(block["text"]["text"]) <= 3000 for block in sections if "text" in block)
    assert all(len(block.get("fields", ())) <= 10 for block in sections)
    assert all(len(field["text"]) <= 2000 for block in sections for field in block.get("fields", ()))
    assert blocks[0]["text"]["text"].endswith("(may repeat)")
    assert told["text"]


def test_what_does_not_fit_is_said_and_the_small_print_stays() -> None:
    blocks = payload(messages.endless(), may_repeat=False)["blocks"]
    assert "shortened" in blocks[-2]["elements"][0]["text"]
    assert blocks[-1]["elements"][0]["text"] == "The end."
    table = next(block for block in blocks if "```" in block.get("text", {}).get("text", ""))
    assert re.search(r"\+3\d\d more$", table["text"]["text"])


@given(st.text(alphabet=st.sampled_from("<>&!@#|`*_~ :/abchtps.\n\u202e") | st.characters(), max_size=300))
def test_no_text_of_the_bill_is_a_mark(text: str) -> None:
    told = payload(
        Message(
            "k",
            text,
            text,
            "t",
            blocks=(
                Paragraph(text, title=text),
                Facts(((text, text),), title=text),
                Table((text,), ((text,),), title=text),
                Steps((Step(text, text, f"https://a.test/{text}"),), title=text),
            ),
        ),
        may_repeat=False,
    )
    for said in texts(told):
        left = OWN_MARKS.sub("", said)
        assert "<" not in left
        assert ">" not in left
        assert re.sub(r"&(amp|lt|gt);", "", left).count("&") == 0
    marks = [block["text"] for block in told["blocks"] if block["type"] == "section" and "text" in block]
    assert all(mark["verbatim"] for mark in marks)


@given(st.text(alphabet="<>&a"), st.integers(1, 40))
def test_an_escaped_text_is_cut_between_characters(text: str, limit: int) -> None:
    cut = escaped(text, limit)
    assert len(cut) <= limit
    assert re.fullmatch(r"(?:a|&amp;|&lt;|&gt;)*…?", cut)


@pytest.mark.parametrize(
    ("mention", "shown"),
    [
        ("<@U012ABCDEF>", "<@U012ABCDEF>"),
        ("U012ABCDEF", "<@U012ABCDEF>"),
        ("S012ABCDEF", "<!subteam^S012ABCDEF>"),
        ("<!here>", "<!here>"),
        ("team <search>", "team &lt;search&gt;"),
    ],
)
def test_people_are_called_by_the_configuration_alone(mention: str, shown: str) -> None:
    told = payload(replace(messages.rich(), mentions=(mention,)), may_repeat=False)
    assert told["blocks"][1]["text"]["text"] == shown


def test_a_bot_posts_to_its_conversation_and_keeps_the_thread(web: HttpDouble) -> None:
    notifier = bot(web)
    first = notifier.send(messages.rich())
    assert (first.delivery, first.reference) == (Delivery.SENT, "1762300000.000100")
    notifier.send(messages.rich(), reply_to=first.reference)
    posts = [asked for asked in web.asked if asked.path.endswith("chat.postMessage")]
    assert [post.json.get("thread_ts") for post in posts] == [None, "1762300000.000100"]
    assert posts[0].json["channel"] == "C01"
    assert posts[0].headers["Authorization"] == "Bearer xoxb-1"
    assert posts[0].json["metadata"]["event_payload"] == {"key": messages.rich().key}


def test_a_bot_shows_the_chart(web: HttpDouble) -> None:
    assert bot(web).send(messages.rich()).detail == "Slack took it"
    assert [asked.path for asked in web.asked] == [
        "/api/files.getUploadURLExternal",
        "/upload",
        "/api/files.completeUploadExternal",
        "/api/chat.postMessage",
    ]
    assert web.asked[0].body.startswith(b"filename=chart.png&length=4&")
    assert web.asked[1].body == b"\x89PNG"
    assert "Authorization" not in web.asked[1].headers
    images = [block for block in web.asked[3].json["blocks"] if block["type"] == "image"]
    assert [image["slack_file"] for image in images] == [{"id": "F01"}]


@pytest.mark.parametrize(
    ("path", "reply", "why"),
    [
        ("/api/files.getUploadURLExternal", no("missing_scope"), "missing_scope"),
        ("/upload", Reply(500), "500"),
        ("/upload", Reply(301, headers={"Location": "/"}), "301"),
        ("/api/files.completeUploadExternal", no("file_not_found"), "file_not_found"),
    ],
)
def test_without_its_picture_a_message_goes_all_the_same(
    web: HttpDouble, path: str, reply: Reply, why: str
) -> None:
    notifier = bot(web)
    web.reply(reply, path=path)
    receipt = notifier.send(messages.rich())
    assert receipt.delivery is Delivery.SENT
    assert "without its chart" in receipt.detail
    assert why in receipt.detail
    assert "image" not in [block["type"] for block in web.asked[-1].json["blocks"]]


def test_a_message_refused_for_its_picture_goes_without(web: HttpDouble) -> None:
    notifier = bot(web)
    web.reply(no("invalid_blocks"), yes(ts="2.2"), path="/api/chat.postMessage")
    receipt = notifier.send(messages.rich())
    assert (receipt.delivery, receipt.reference) == (Delivery.SENT, "2.2")
    assert "without its chart" in receipt.detail


def test_where_nothing_can_be_drawn_nothing_is_uploaded(web: HttpDouble) -> None:
    assert bot(web, png=None).send(messages.rich()).detail == "Slack took it"
    assert len(web.asked) == 1


@pytest.mark.parametrize(
    ("error", "delivery"),
    [
        ("not_in_channel", Delivery.FAILED),
        ("invalid_auth", Delivery.FAILED),
        ("some_new_error", Delivery.FAILED),
        ("ratelimited", Delivery.PENDING),
        ("internal_error", Delivery.AMBIGUOUS),
    ],
)
def test_a_no_in_an_answer_of_200(web: HttpDouble, error: str, delivery: Delivery) -> None:
    notifier = bot(web, png=None)
    web.reply(no(error, **{"Retry-After": "9"}), path="/api/chat.postMessage")
    receipt = notifier.send(messages.rich())
    assert receipt.delivery is delivery
    assert error in receipt.detail
    assert receipt.retry_after == (9.0 if delivery is Delivery.PENDING else None)


@pytest.mark.parametrize(
    ("reply", "delivery", "detail"),
    [
        (Reply(200, b"ok"), Delivery.SENT, "took it"),
        (Reply(200, b"no_service"), Delivery.FAILED, "no_service (the webhook was removed"),
        (Reply(404, b"no_service"), Delivery.FAILED, "no_service (the webhook was removed"),
        (Reply(403, b"invalid_token"), Delivery.FAILED, "invalid_token"),
        (Reply(200, b"<html>Please log in</html>"), Delivery.FAILED, "not Slack's"),
        (Reply(200, b""), Delivery.FAILED, "not Slack's"),
    ],
)
def test_only_ok_is_a_yes_of_a_webhook(
    web: HttpDouble, reply: Reply, delivery: Delivery, detail: str
) -> None:
    web.reply(reply)
    receipt = webhook(web).send(messages.rich())
    assert receipt.delivery is delivery
    assert detail in receipt.detail


@pytest.mark.parametrize("body", [b"<html>Please log in</html>", b"[]", b"{}"])
def test_an_answer_that_is_not_slacks_is_no_success(web: HttpDouble, body: bytes) -> None:
    notifier = bot(web, png=None)
    web.reply(Reply(200, body), path="/api/chat.postMessage")
    assert notifier.send(messages.rich()).delivery is Delivery.FAILED


def test_a_webhook_threads_where_it_is_told_to(web: HttpDouble) -> None:
    web.reply(Reply(body=b"ok"))
    webhook(web).send(messages.rich(), reply_to="1.2")
    assert web.asked[0].json["thread_ts"] == "1.2"


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("my_bucket_name i-0*", "my_bucket_name i-0∗"),
        ("~a cost 5.00 USD, most of it b~", "∼a cost 5.00 USD, most of it b∼"),
        ("*b* _i_ `c`", "∗b∗ ˍiˍ ˋcˋ"),
        ("a*b <x>", "a*b &lt;x&gt;"),
    ],
)
def test_no_name_styles_what_stands_beside_it(text: str, sent: str) -> None:
    assert inert(text, 100) == sent
