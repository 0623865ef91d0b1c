"""Alerts come back as they were put in, and are put in once."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from daily_bills import LATER

from aws_cost_anomalies.model.alert import Delivery, OutboxEntry, Reason, Run, Told
from aws_cost_anomalies.model.anomaly import Severity
from aws_cost_anomalies.model.explanation import DayVerdict
from aws_cost_anomalies.model.message import (
    Chart,
    Facts,
    Message,
    Paragraph,
    SmallPrint,
    Step,
    Steps,
    Table,
)
from aws_cost_anomalies.store import Store

HOSTILE = "it's {{x}} [/x] <!channel> \0 \u202e \"}"
DAY = DayVerdict(date(2026, 3, 3), 120.5, 20.25, 10.0, 30.0, is_anomalous=True, is_settled=False)
MESSAGE = Message(
    key="0123456789abcdef",
    title=HOSTILE,
    text="EC2 cost 100.25 USD more than expected.",
    thread="abc",
    blocks=(
        Paragraph(HOSTILE, title="Why"),
        Facts((("actual", "120.50 USD"), (HOSTILE, HOSTILE))),
        Table(("cause", "USD"), (("a", "1.00"), (HOSTILE, "-2.00")), numbers=(1,), title="Root causes"),
        Steps((Step("Look", command="aws ec2 describe-instances", url="https://console.example/x"),)),
        Chart("Amazon EC2", "USD", (DAY, replace(DAY, upper=20.0)), date(2026, 3, 4)),
        SmallPrint("data through 2026-03-04"),
    ),
    mentions=("<@U1>",),
    severity=Severity.CRITICAL,
    payload={"schema": 1, "anomalies": [{"anomaly_id": "abc", "impact": None}]},
)
ENTRY = OutboxEntry(
    alert_id=MESSAGE.key,
    subscription="all",
    channel=HOSTILE,
    reason=Reason.NEW,
    because="first seen",
    told=(Told("abc", 100.25, "i-0123"), Told("def", -5.0, is_over=True)),
    message=MESSAGE,
    created_at=LATER,
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "costs.duckdb")


def test_alerts_come_back_as_they_were_put_in(store: Store) -> None:
    other = replace(ENTRY, alert_id="ffff", told=(), message=Message("ffff", "quiet", "Nothing new.", ""))
    with store.writing(LATER) as writer:
        writer.save_findings([], [ENTRY, other])
    assert store.alerts() == (ENTRY, other)


def test_a_day_of_which_nothing_is_known_comes_back(store: Store) -> None:
    unknown = replace(DAY, actual=math.nan)
    chart = Chart("EC2", "USD", (unknown,), date(2026, 3, 4))
    with store.writing(LATER) as writer:
        writer.save_findings([], [replace(ENTRY, message=replace(MESSAGE, blocks=(chart,)))])
    (block,) = store.alerts()[0].message.blocks
    assert isinstance(block, Chart)
    assert math.isnan(block.days[0].actual)


def test_an_alert_is_decided_once(store: Store) -> None:
    sent = replace(ENTRY, delivery=Delivery.SENT, attempts=2, sent_at=LATER, may_repeat=True, reference="ts1")
    sent = replace(sent, not_before=LATER + timedelta(minutes=1), detail="200 ok")
    with store.writing(LATER) as writer:
        writer.save_findings([], [ENTRY])
        writer.save_alerts([sent])
        writer.save_findings([], [ENTRY])
        assert writer.alerts() == (sent,)
    assert store.alerts() == (sent,)


def test_runs_are_on_record(store: Store) -> None:
    runs = [Run(LATER, is_good=True, summary="all's well"), Run(LATER + timedelta(days=1), False, "")]  # noqa: FBT003
    with store.writing(LATER) as writer:
        for run in reversed(runs):
            writer.record_run(run)
    assert store.runs() == tuple(runs)
