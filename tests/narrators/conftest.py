"""An explanation made by hand: small enough to check every number in one's head."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from aws_cost_anomalies.model.anomaly import Anomaly, Impact, Kind, RootCause, Severity, Status
from aws_cost_anomalies.model.explanation import (
    Breakdown,
    DayVerdict,
    Effects,
    Explanation,
    KnownCause,
    Meter,
)
from aws_cost_anomalies.model.scope import Scope

EC2 = Scope((("ServiceName", "Amazon Elastic Compute Cloud"),))
PROD = "111122223333"
COMMAND = "aws ec2 describe-instances --filters Name=instance-type,Values=m5.4xlarge --region eu-west-1"
LINK = "https://console.aws.amazon.com/ec2/home?region=eu-west-1#Instances:"


def below(key: str, value: str, contribution: float) -> RootCause:
    return RootCause(Scope((*EC2.values, (key, value))), contribution)


@pytest.fixture
def explanation() -> Explanation:
    anomaly = Anomaly(
        anomaly_id="3f2a91c07b5d",
        monitor="default",
        scope=EC2,
        kind=Kind.STEP_UP,
        severity=Severity.CRITICAL,
        status=Status.ONGOING,
        score=11.25,
        start_date=date(2026, 10, 28),
        end_date=date(2026, 10, 31),
        detected_on=date(2026, 10, 28),
        impact=Impact(4537.12, 1200.5, 5001.12, 464.0, 977.8276, 120.0, 34028.4),
    )
    boxes = below("x_UsageType", "EUW1-BoxUsage:m5.4xlarge", 4000.0)
    meter = Meter(boxes.scope, "Hrs", 720, 24, 0.8, 0.8, 4000.0)
    days = tuple(
        DayVerdict(
            day=date(2026, 10, 1) + timedelta(n),
            actual=1250.28 if n >= 27 else 116.0,
            expected=116.0,
            lower=90.0,
            upper=140.0,
            is_anomalous=n >= 27,
            is_settled=True,
        )
        for n in range(31)
    )
    return Explanation(
        anomaly=anomaly,
        currency="USD",
        data_source="cur",
        metric="EffectiveCost",
        through=date(2026, 10, 31),
        days=days,
        breakdowns=(
            Breakdown("usage-type", (boxes, below("x_UsageType", "EUW1-EBS:VolumeUsage.gp3", 500.0)), 37.12),
            Breakdown("account", (below("SubAccountId", PROD, 4537.12),), 0.0),
            Breakdown("resource", (below("ResourceId", "i-0abc12345678", 2000.0),), 2537.12),
        ),
        summary="Amazon Elastic Compute Cloud cost 4,537.12 USD more than expected.",
        charge_categories=("Usage",),
        expected_from="last week's level",
        effects=Effects(4400.0, 100.0, 0.0, 37.12, 0.0, (meter,)),
    )


@pytest.fixture
def known_cause() -> KnownCause:
    return KnownCause(
        name="A new instance type",
        facts=("m5.4xlarge was first seen on 2026-10-28 and carries 88% of the impact",),
        check_first="Who started the m5.4xlarge instances, and whether they are still needed.",
        command=COMMAND,
        link=LINK,
    )
