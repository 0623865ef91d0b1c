"""Apprise: what it hears, what it says, and that nobody is called by a tag."""

from __future__ import annotations

import sys

import messages
import pytest
from http_double import HttpDouble, Reply

from aws_cost_anomalies.model.alert import Delivery
from aws_cost_anomalies.notifiers.apprise import MISSING, Apprise
from aws_cost_anomalies.secret import Secret
from aws_cost_anomalies.sending.door import Door


def behind(web: HttpDouble, schema: str = "json") -> Apprise:
    return Apprise(Secret(f"{web.url.replace('http', schema)}/in"), Door(seconds=2))


def test_the_platform_is_told_how_grave_it_is(web: HttpDouble) -> None:
    web.reply(Reply(200, b""))
    assert behind(web).send(messages.rich(), may_repeat=True).delivery is Delivery.SENT
    told = web.asked[0].json
    assert told["type"] == "failure"
    assert told["title"].endswith("(may repeat)")
    assert "1,420.00 USD" in told["message"]


def test_a_tag_calls_nobody(web: HttpDouble) -> None:
    web.reply(Reply(200, b""))
    behind(web).send(messages.hostile())
    said = web.asked[0].json["title"] + web.asked[0].json["message"]
    assert "@everyone" not in said
    assert "<!channel>" not in said
    assert "everyone" in said


def test_an_unknown_address_is_final_and_not_told() -> None:
    receipt = Apprise(Secret("no-such-platform://s3cr3t")).send(messages.rich())
    assert receipt.delivery is Delivery.FAILED
    assert "s3cr3t" not in receipt.detail


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    receipt = Apprise(Secret("json://127.0.0.1:9")).send(messages.rich())
    assert (receipt.delivery, receipt.detail) == (Delivery.FAILED, MISSING)


def test_a_redirect_is_not_followed(web: HttpDouble) -> None:
    web.reply(Reply(307, b"", {"Location": f"{web.url}/elsewhere"}))
    assert behind(web).send(messages.rich()).delivery is Delivery.FAILED
    assert [asked.path for asked in web.asked] == ["/in"]
