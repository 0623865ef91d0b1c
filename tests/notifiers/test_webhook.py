"""The generic webhook: what a receiver can rely on."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace

import messages
from http_double import HttpDouble, Reply

from aws_cost_anomalies.model.alert import Delivery
from aws_cost_anomalies.notifiers.webhook import SIGNATURE, Webhook
from aws_cost_anomalies.secret import Secret
from aws_cost_anomalies.sending.door import Door

INSIDE = Door(allow_private=True, seconds=2)


def test_a_receiver_can_tell_the_sender_and_drop_repeats(web: HttpDouble) -> None:
    notifier = Webhook(Secret(f"{web.url}/in"), signing_secret=Secret("hush"), door=INSIDE)
    receipt = notifier.send(messages.rich())
    assert (receipt.delivery, receipt.reference) == (Delivery.SENT, messages.rich().key)
    notifier.send(messages.rich(), reply_to=receipt.reference, may_repeat=True)
    first, second = web.asked
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"] == messages.rich().key
    assert first.headers[SIGNATURE] == "sha256=" + hmac.new(b"hush", first.body, hashlib.sha256).hexdigest()
    assert "Authorization" not in first.headers
    assert first.json["anomalies"] == messages.rich().payload["anomalies"]
    assert (first.json["key"], first.json["severity"], first.json["may_repeat"]) == (
        messages.rich().key,
        "critical",
        False,
    )
    assert (second.json["reply_to"], second.json["may_repeat"]) == (receipt.reference, True)


def test_a_token_is_a_bearer(web: HttpDouble) -> None:
    Webhook(Secret(f"{web.url}/in"), token=Secret("t0k3n"), door=INSIDE).send(messages.rich())
    assert web.asked[0].headers["Authorization"] == "Bearer t0k3n"
    assert SIGNATURE not in web.asked[0].headers


def test_a_payload_cannot_forge_the_key(web: HttpDouble) -> None:
    forged = replace(messages.rich(), payload={"key": "other", "may_repeat": "no", "title": "its own"})
    Webhook(Secret(f"{web.url}/in"), door=INSIDE).send(forged)
    assert (web.asked[0].json["key"], web.asked[0].json["title"]) == (forged.key, "its own")
    assert web.asked[0].json["may_repeat"] is False


def test_what_is_no_json_is_final(web: HttpDouble) -> None:
    receipt = Webhook(Secret(f"{web.url}/in"), door=INSIDE).send(
        replace(messages.rich(), payload={"impact": float("nan")})
    )
    assert receipt.delivery is Delivery.FAILED
    assert web.asked == []


def test_an_echo_of_the_address_is_not_passed_on(web: HttpDouble) -> None:
    web.reply(Reply(404, b"no route /in/s3cr3t-path?sig=abcdefgh for s3cr3t-token-1"))
    url = Secret(f"{web.url}/in/s3cr3t-path?sig=abcdefgh")
    receipt = Webhook(url, token=Secret("s3cr3t-token-1"), door=INSIDE).send(messages.rich())
    assert receipt.delivery is Delivery.FAILED
    assert "s3cr3t" not in receipt.detail
    assert "abcdefgh" not in receipt.detail
    assert "no route" in receipt.detail


def test_a_token_with_a_line_end_in_it_is_not_sent(web: HttpDouble) -> None:
    receipt = Webhook(Secret(f"{web.url}/in"), token=Secret("a\r\nX-Other: b"), door=INSIDE).send(
        messages.rich()
    )
    assert receipt.delivery is Delivery.FAILED
    assert "X-Other" not in receipt.detail
    assert web.asked == []
