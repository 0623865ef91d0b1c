"""Mail: encryption, logins, replies, threads, and headers nobody can add to."""

from __future__ import annotations

import smtplib
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import messages
import pytest
from certificates import Authority
from hypothesis import given
from hypothesis import strategies as st
from smtp_double import SmtpDouble

from aws_cost_anomalies.model.alert import Delivery
from aws_cost_anomalies.notifiers.email import Email
from aws_cost_anomalies.notifiers.email.letter import Envelope, letter, message_id
from aws_cost_anomalies.secret import Secret
from aws_cost_anomalies.sending.door import Door

TO = ("ops@corp.example", "dba@corp.example")


def mailbox(server: SmtpDouble, **more: Any) -> Email:
    known: dict[str, Any] = {"security": "none", "to": TO, "door": Door(seconds=3), "host": "localhost"}
    return Email(sender="Costs <costs@corp.example>", port=server.port, **{**known, **more})


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Authority:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    return authority


def test_a_mail_is_text_html_and_chart() -> None:
    with SmtpDouble() as server:
        receipt = mailbox(server, draw=lambda chart: b"\x89PNG").send(messages.rich())
    assert (receipt.delivery, receipt.reference) == (Delivery.SENT, "<5f0c2a9d1b7e4c33@corp.example>")
    (mail,) = server.mails
    assert (mail.sender, mail.recipients) == ("costs@corp.example", list(TO))
    kinds = [part.get_content_type() for part in mail.parsed.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png"]
    image = next(part for part in mail.parsed.walk() if part.get_content_type() == "image/png")
    page = mail.parsed.get_body(("html",))
    assert page is not None
    assert f"cid:{image['Content-ID'][1:-1]}" in page.get_content()
    assert mail.parsed["Message-ID"] == receipt.reference
    assert mail.parsed["Date"].datetime.year >= 2026


def test_a_follow_up_is_in_the_thread() -> None:
    with SmtpDouble() as server:
        first = mailbox(server).send(messages.rich())
        mailbox(server).send(replace(messages.rich(), key="other"), reply_to=first.reference)
    later = server.mails[1].parsed
    assert later["In-Reply-To"] == later["References"] == first.reference
    assert later["Message-ID"] == "<other@corp.example>"


def test_an_owner_with_an_address_gets_a_copy() -> None:
    with SmtpDouble() as server:
        mailbox(server, to=TO[:1]).send(messages.rich())
    (mail,) = server.mails
    assert mail.recipients == ["ops@corp.example", "dba@corp.example"]
    assert mail.parsed["Cc"] == "dba@corp.example"


def test_starttls_then_a_login(trusted: Authority) -> None:
    with SmtpDouble(tls=trusted.context("localhost"), login={"costs": "pa55word"}) as server:
        notifier = mailbox(server, security="starttls", username="costs", password=Secret("pa55word"))
        assert notifier.send(messages.rich()).delivery is Delivery.SENT
    assert len(server.mails) == 1


def test_tls_from_the_first_byte(trusted: Authority) -> None:
    with SmtpDouble(tls=trusted.context("localhost"), is_wrapped=True) as server:
        assert mailbox(server, security="tls").send(messages.rich()).delivery is Delivery.SENT


def test_a_wrong_password_is_final_and_not_told(trusted: Authority) -> None:
    with SmtpDouble(tls=trusted.context("localhost"), login={"costs": "pa55word"}) as server:
        notifier = mailbox(server, security="starttls", username="costs", password=Secret("wr0ngword"))
        receipt = notifier.send(messages.rich())
    assert receipt.delivery is Delivery.FAILED
    assert "535" in receipt.detail
    assert "wr0ngword" not in repr((receipt, notifier))
    assert server.mails == []


def test_a_server_without_starttls_gets_nothing() -> None:
    with SmtpDouble() as server:
        receipt = mailbox(server, security="starttls", username="costs", password=Secret("x")).send(
            messages.rich()
        )
    assert receipt.delivery is Delivery.FAILED
    assert "starttls" in receipt.detail
    assert server.mails == []


def test_a_certificate_nobody_vouches_for_is_not_trusted(authority: Authority) -> None:
    with SmtpDouble(tls=authority.context("localhost"), is_wrapped=True) as server:
        receipt = mailbox(server, security="tls").send(messages.rich())
    assert receipt.delivery is Delivery.PENDING
    assert "certificate" in receipt.detail


def test_a_certificate_of_another_name_is_not_trusted(trusted: Authority) -> None:
    with SmtpDouble(tls=trusted.context("mail.other.example"), is_wrapped=True) as server:
        receipt = mailbox(server, security="tls").send(messages.rich())
    assert receipt.delivery is Delivery.PENDING
    assert "certificate" in receipt.detail


@pytest.mark.parametrize(
    ("replies", "delivery", "told"),
    [
        ({"MAIL": "451 busy"}, Delivery.PENDING, "451 busy"),
        ({"MAIL": "550 no such sender"}, Delivery.FAILED, "550"),
        (dict.fromkeys(TO, "450 greylisted"), Delivery.PENDING, "450"),
        (dict.fromkeys(TO, "550 unknown"), Delivery.FAILED, "550"),
        ({TO[0]: "550 unknown"}, Delivery.SENT, "not for 1 of the recipients"),
        ({"DATA": "452 disk full"}, Delivery.PENDING, "452"),
        ({"DATA": "554 spam"}, Delivery.FAILED, "554 spam"),
        ({"DATA": "hang"}, Delivery.AMBIGUOUS, "may have arrived"),
        ({"DATA": "reset"}, Delivery.AMBIGUOUS, "may have arrived"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_reply_means(replies: dict[str, str], delivery: Delivery, told: str) -> None:
    with SmtpDouble(replies=replies) as server:
        receipt = mailbox(server, door=Door(seconds=1)).send(messages.rich())
    assert receipt.delivery is delivery
    assert told in receipt.detail


def test_nobody_there_means_again_later() -> None:
    receipt = Email(host="127.0.0.1", sender="a@corp.example", to=TO, port=9, security="none").send(
        messages.rich()
    )
    assert receipt.delivery is Delivery.PENDING


def test_a_password_elsewhere_that_is_not_there(tmp_path: Path) -> None:
    notifier = Email(
        host="127.0.0.1", sender="a@corp.example", to=TO, password=Secret(f"file:{tmp_path}/none")
    )
    assert notifier.send(messages.rich()).delivery is Delivery.PENDING


@given(st.text(max_size=200))
def test_no_text_adds_a_header(text: str) -> None:
    message = replace(messages.hostile(), title=text, key=text, mentions=(text,))
    envelope = Envelope("Costs <costs@corp.example>", TO)
    mail = letter(message, envelope, reply_to=text, may_repeat=False, png=None)
    head = mail.as_bytes().split(b"\r\n\r\n", 1)[0]
    allowed = {
        "From",
        "To",
        "Subject",
        "Message-ID",
        "Auto-Submitted",
        "X-Auto-Response-Suppress",
        "MIME-Version",
    }
    assert {*mail.keys()} <= allowed | {"Content-Type", "Cc", "In-Reply-To", "References"}
    assert b"\nBcc" not in head
    assert isinstance(mail, EmailMessage)
    assert smtplib.quoteaddr(envelope.sender_address) == "<costs@corp.example>"


def test_an_id_is_of_the_key() -> None:
    assert message_id("a b>\r\n", "x@corp.example") == "<a-b---@corp.example>"
