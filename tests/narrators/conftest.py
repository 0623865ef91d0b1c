"""An explanation made by hand: small enough to check every number in one's head."""

from __future__ import annotations

import pytest
from october_step import OCTOBER_31, PROD, below, october, step_up

from aws_cost_anomalies.model.explanation import Breakdown, Effects, Explanation, KnownCause, Meter
from aws_cost_anomalies.model.scope import Scope

EC2 = Scope((("ServiceName", "Amazon Elastic Compute Cloud"),))
COMMAND = "aws ec2 describe-instances --filters Name=instance-type,Values=m5.4xlarge --region eu-west-1"
LINK = "https://console.aws.amazon.com/ec2/home?region=eu-west-1#Instances:"


@pytest.fixture
def explanation() -> Explanation:
    boxes = below(EC2, "x_UsageType", "EUW1-BoxUsage:m5.4xlarge", 4000.0)
    meter = Meter(boxes.scope, "Hrs", 720, 24, 0.8, 0.8, 4000.0)
    return Explanation(
        anomaly=step_up(EC2, rest_of_month=120.0),
        currency="USD",
        data_source="cur",
        metric="EffectiveCost",
        through=OCTOBER_31,
        days=october(1250.28),
        breakdowns=(
            Breakdown(
                "usage-type", (boxes, below(EC2, "x_UsageType", "EUW1-EBS:VolumeUsage.gp3", 500.0)), 37.12
            ),
            Breakdown("account", (below(EC2, "SubAccountId", PROD, 4537.12),), 0.0),
            Breakdown("resource", (below(EC2, "ResourceId", "i-0abc12345678", 2000.0),), 2537.12),
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
