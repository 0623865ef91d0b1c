"""SNS, as a subscriber of moto's topic hears it, and what its failures mean."""

from __future__ import annotations

import json
from dataclasses import replace

import boto3
import messages
import pytest
from http_double import HttpDouble, Reply
from hypothesis import given
from hypothesis import strategies as st

from aws_cost_anomalies.model.alert import Delivery, Receipt
from aws_cost_anomalies.notifiers.sns import Sns, subject

ABSENT = "arn:aws:sns:us-east-1:123456789012:absent"


def heard(web: HttpDouble) -> list[dict[str, object]]:
    bodies: list[dict[str, object]] = [json.loads(asked.body) for asked in web.asked]
    return [body for body in bodies if body.get("Type") == "Notification"]


def test_a_subscriber_hears_it(aws: str, web: HttpDouble) -> None:
    topic = boto3.client("sns").create_topic(Name="costs")["TopicArn"]
    boto3.client("sns").subscribe(TopicArn=topic, Protocol="http", Endpoint=web.url)
    receipt = Sns(topic).send(messages.rich(), may_repeat=True)
    assert receipt.delivery is Delivery.SENT
    (told,) = heard(web)
    assert receipt.reference == told["MessageId"]
    assert str(told["Subject"]).endswith("(may repeat)")
    assert "Amazon Relational Database Service" in str(told["Message"])


@pytest.mark.parametrize(
    ("policy", "hears"),
    [
        ({"severity": ["critical"], "subscription": ["databases"], "reason": ["new"]}, True),
        ({"key": ["5f0c2a9d1b7e4c33"]}, True),
        ({"severity": ["info"]}, False),
        ({"subscription": ["other"]}, False),
    ],
)
def test_a_subscriber_filters_by_attributes(
    aws: str, web: HttpDouble, policy: dict[str, list[str]], *, hears: bool
) -> None:
    topic = boto3.client("sns").create_topic(Name="costs")["TopicArn"]
    wanted = {"FilterPolicy": json.dumps(policy)}
    boto3.client("sns").subscribe(TopicArn=topic, Protocol="http", Endpoint=web.url, Attributes=wanted)
    Sns(topic).send(messages.rich())
    assert len(heard(web)) == int(hears)


def test_a_fifo_topic_drops_the_second(aws: str) -> None:
    attributes = {"FifoTopic": "true"}
    topic = boto3.client("sns").create_topic(Name="costs.fifo", Attributes=attributes)["TopicArn"]
    assert Sns(topic).send(messages.rich()).delivery is Delivery.SENT
    hostile = replace(messages.hostile(), key="ключ <x>", thread="")
    assert Sns(topic).send(hostile).delivery is Delivery.SENT


def test_a_topic_that_is_not_there_is_final(aws: str) -> None:
    assert Sns(ABSENT).send(messages.rich()).delivery is Delivery.FAILED


def test_without_credentials_it_waits() -> None:
    assert Sns(ABSENT).send(messages.rich()).delivery is Delivery.PENDING


def error(code: str) -> bytes:
    return f"<ErrorResponse><Error><Code>{code}</Code><Message>No.</Message></Error></ErrorResponse>".encode()


@pytest.mark.parametrize(
    ("reply", "delivery"),
    [
        (Reply(400, error("Throttling")), Delivery.PENDING),
        (Reply(403, error("AuthorizationError")), Delivery.FAILED),
        (Reply(403, error("ExpiredToken")), Delivery.PENDING),
        (Reply(500, error("InternalFailure")), Delivery.AMBIGUOUS),
        (Reply(503, error("ServiceUnavailable")), Delivery.PENDING),
        (Reply(manner="reset"), Delivery.AMBIGUOUS),
    ],
    ids=["throttled", "denied", "expired", "500", "503", "reset"],
)
def test_a_failure_means_and_is_not_asked_twice(
    credentials: None, monkeypatch: pytest.MonkeyPatch, web: HttpDouble, reply: Reply, delivery: Delivery
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_SNS", web.url)
    web.reply(reply)
    receipt: Receipt = Sns(ABSENT).send(messages.rich())
    assert receipt.delivery is delivery, receipt
    assert len(web.asked) == 1


@given(st.text(max_size=300))
def test_a_subject_is_one_that_sns_takes(title: str) -> None:
    made = subject(title)
    assert 1 <= len(made) <= 100
    assert made.isascii()
    assert made.isprintable()
    assert made[0].isalnum()
