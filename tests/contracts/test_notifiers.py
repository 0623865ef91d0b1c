"""What every notifier promises, over the family's list and against what it really talks to."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import boto3
import messages
import pytest
from http_double import HttpDouble, Reply
from smtp_double import SmtpDouble

from aws_cost_anomalies import kinds
from aws_cost_anomalies.model.alert import Delivery
from aws_cost_anomalies.model.message import Message
from aws_cost_anomalies.model.ports import Notifier
from aws_cost_anomalies.notifiers import KINDS
from aws_cost_anomalies.settings import Settings

SECRET = "B0G7XyZsecretSecret"
SLACK_YES = Reply(body=b'{"ok": true, "ts": "1762300000.000100", "channel": "C012ABCDEF"}')


def built(**channel: Any) -> Notifier:
    """The notifier of a channel as the settings name it."""
    settings = Settings.model_validate({"channels": [{"name": "it", **channel}]})
    return kinds.notifier(settings, "it")


@dataclass(frozen=True)
class Way:
    """A kind that speaks HTTP.

    Attributes:
        channel: its settings, of the server's address.
        yes: how its platform says yes.
        path: where the message itself goes, as far as other things go elsewhere.
    """

    channel: Callable[[str], dict[str, Any]]
    yes: Reply
    path: str = ""


WAYS = {
    "slack": Way(
        lambda url: {"kind": "slack", "url": f"{url}/services/T0/B0/{SECRET}", "allow_private": True},
        Reply(body=b"ok"),
    ),
    "slack-bot": Way(
        lambda url: {
            "kind": "slack",
            "url": f"{url}/api",
            "token": f"xoxb-{SECRET}",
            "conversation": "C012ABCDEF",
            "allow_private": True,
        },
        SLACK_YES,
        "/api/chat.postMessage",
    ),
    "teams": Way(
        lambda url: {"kind": "teams", "url": f"{url}/workflows/{SECRET}?sig={SECRET}", "allow_private": True},
        Reply(202, b""),
    ),
    "webhook": Way(
        lambda url: {
            "kind": "webhook",
            "url": f"{url}/in/{SECRET}",
            "token": f"t-{SECRET}",
            "signing_secret": f"s-{SECRET}",
            "allow_private": True,
        },
        Reply(204, b""),
    ),
    "apprise": Way(
        lambda url: {"kind": "apprise", "url": f"{url.replace('http', 'json')}/in/{SECRET}"},
        Reply(200, b""),
    ),
}
ADDRESSED = [name for name in WAYS if name != "apprise"]
"""Those whose connections are this program's own."""


@pytest.fixture
def web() -> Iterator[HttpDouble]:
    with HttpDouble() as double:
        yield double


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> Way:
    return WAYS[request.param]


@pytest.fixture(params=[*WAYS, "email", "sns", "stdout"])
def anyone(request: pytest.FixtureRequest, web: HttpDouble, aws: str) -> Iterator[Notifier]:
    """Each kind, before a platform that says yes."""
    with ExitStack() as stack:
        if request.param in WAYS:
            way = WAYS[request.param]
            web.reply(way.yes)
            yield built(**way.channel(web.url))
        elif request.param == "email":
            server = stack.enter_context(SmtpDouble())
            place = {"host": "127.0.0.1", "port": server.port, "security": "none"}
            yield built(kind="email", sender="Costs <costs@corp.example>", to=["ops@corp.example"], **place)
        elif request.param == "sns":
            topic = boto3.client("sns").create_topic(Name="costs")["TopicArn"]
            yield built(kind="sns", topic_arn=topic)
        else:
            yield built(kind="stdout")


def test_every_kind_is_tried() -> None:
    tried = {way.channel("")["kind"] for way in WAYS.values()} | {"email", "sns", "stdout"}
    assert tried == set(KINDS)


@pytest.mark.parametrize(
    "message", [messages.rich(), messages.hostile(), messages.endless()], ids=lambda m: m.key
)
def test_whatever_it_holds_a_message_is_sent(anyone: Notifier, message: Message) -> None:
    assert anyone.send(message).delivery is Delivery.SENT
    assert anyone.send(message, reply_to="<first@corp.example>", may_repeat=True).delivery is Delivery.SENT


OUTCOMES = {
    "301": (Reply(301, b"", {"Location": "http://127.0.0.1:9/"}), Delivery.FAILED, None),
    "307": (Reply(307, b"", {"Location": "/elsewhere"}), Delivery.FAILED, None),
    "400": (Reply(400, b"invalid_payload"), Delivery.FAILED, None),
    "403": (Reply(403, b"action_prohibited"), Delivery.FAILED, None),
    "404": (Reply(404, b"no_service"), Delivery.FAILED, None),
    "410": (Reply(410, b"channel_is_archived"), Delivery.FAILED, None),
    "429": (Reply(429, b"slow down"), Delivery.PENDING, None),
    "429 with seconds": (Reply(429, b"", {"Retry-After": "37"}), Delivery.PENDING, 37.0),
    "429 with a date": (
        Reply(
            429,
            b"",
            {"Retry-After": "Sun, 22 Nov 2026 10:02:00 GMT", "Date": "Sun, 22 Nov 2026 10:00:30 GMT"},
        ),
        Delivery.PENDING,
        90.0,
    ),
    "503": (Reply(503, b"", {"Retry-After": "5"}), Delivery.PENDING, 5.0),
    "500": (Reply(500, b"rollup_error"), Delivery.AMBIGUOUS, None),
    "502": (Reply(502, b"<html>"), Delivery.AMBIGUOUS, None),
    "hang": (Reply(manner="hang"), Delivery.AMBIGUOUS, None),
    "reset": (Reply(manner="reset"), Delivery.AMBIGUOUS, None),
}


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_an_answer_means_the_same_to_all(way: Way, web: HttpDouble, outcome: str) -> None:
    reply, delivery, wait = OUTCOMES[outcome]
    web.reply(way.yes)
    web.reply(reply, path=way.path)
    seconds = 1 if reply.manner == "hang" else 15
    receipt = built(**way.channel(web.url), timeout_seconds=seconds).send(messages.rich())
    assert receipt.delivery is delivery, receipt
    assert receipt.retry_after == (None if way is WAYS["apprise"] else wait)
    assert SECRET not in repr(receipt)
    assert receipt.detail
    assert len([asked for asked in web.asked if asked.path.startswith(way.path)]) == 1


@pytest.mark.parametrize("name", ADDRESSED)
def test_a_server_that_drips_is_cut_off(name: str, web: HttpDouble) -> None:
    web.reply(WAYS[name].yes)
    web.reply(Reply(manner="drip"), path=WAYS[name].path)
    receipt = built(**WAYS[name].channel(web.url), timeout_seconds=1).send(messages.rich())
    assert receipt.delivery is Delivery.AMBIGUOUS
    assert "1 s" in receipt.detail


@pytest.mark.parametrize("name", ADDRESSED)
def test_nobody_there_means_again_later(name: str) -> None:
    receipt = built(**WAYS[name].channel("http://127.0.0.1:9")).send(messages.rich())
    assert receipt.delivery is Delivery.PENDING
    receipt = built(**WAYS[name].channel("http://nowhere.invalid")).send(messages.rich())
    assert receipt.delivery is Delivery.PENDING


def kept_elsewhere(name: str, address: str, monkeypatch: pytest.MonkeyPatch) -> Notifier:
    """A channel whose address the settings only refer to, so that it is known when a message is sent."""
    channel = WAYS[name].channel(address)
    monkeypatch.setenv("ITS_ADDRESS", channel["url"])
    return built(**{**channel, "url": "env:ITS_ADDRESS", "allow_private": False})


@pytest.mark.parametrize("name", ADDRESSED)
@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "127.1", "[::1]", "169.254.169.254", "10.0.0.7"],
)
def test_an_address_inside_is_refused(
    name: str, host: str, web: HttpDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = web.url.rpartition(":")[2]
    receipt = kept_elsewhere(name, f"https://{host}:{port}", monkeypatch).send(messages.rich())
    assert receipt.delivery is Delivery.FAILED
    assert "allow_private" in receipt.detail
    assert SECRET not in receipt.detail
    assert web.asked == []


@pytest.mark.parametrize("name", ADDRESSED)
def test_plain_http_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    receipt = kept_elsewhere(name, "http://hooks.corp.example", monkeypatch).send(messages.rich())
    assert receipt.delivery is Delivery.FAILED
    assert "encrypted" in receipt.detail


def test_that_it_may_repeat_is_seen(
    anyone: Notifier, web: HttpDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stdout", shown)
    assert anyone.send(messages.rich(), may_repeat=True).delivery is Delivery.SENT
    told = shown.getvalue() + "".join(asked.body.decode(errors="replace") for asked in web.asked)
    if told:
        assert "(may repeat)" in told


@pytest.mark.parametrize("outcome", ["200", "404", "500", "hang", "reset"])
def test_no_log_at_any_level_holds_a_secret(
    way: Way,
    web: HttpDouble,
    caplog: pytest.LogCaptureFixture,
    outcome: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(1)
    for library in ("httpx2", "httpcore2", "httpcore2.http11", "urllib3", "apprise", "requests", "botocore"):
        logging.getLogger(library).setLevel(1)
    web.reply(way.yes if outcome == "200" else OUTCOMES[outcome][0])
    notifier = built(**way.channel(web.url), timeout_seconds=1 if outcome == "hang" else 15)
    receipt = notifier.send(messages.rich())
    seen = [
        caplog.text,
        *(str(record.args) for record in caplog.records),
        repr(receipt),
        repr(notifier),
        *capfd.readouterr(),
    ]
    assert [text for text in seen if SECRET in text] == []
    for library in ("httpx2", "httpcore2", "httpcore2.http11", "urllib3", "apprise", "requests", "botocore"):
        assert logging.getLogger(library).level == 1
        logging.getLogger(library).setLevel(logging.NOTSET)


def test_a_secret_that_cannot_be_had_is_a_receipt() -> None:
    receipt = built(kind="webhook", url="env:NO_SUCH_VARIABLE").send(messages.rich())
    assert receipt.delivery is Delivery.PENDING, "nothing left, and somebody may set it before the next run"
    assert receipt.retry_after == 150.0
    assert "NO_SUCH_VARIABLE" in receipt.detail
    late = built(kind="teams", url="ssm:/alerts/teams").send(messages.rich())
    assert late.delivery is Delivery.PENDING
    assert "credentials" in late.detail
