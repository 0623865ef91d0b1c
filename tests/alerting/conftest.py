"""An anomaly made by hand, everything known of it, and alerts about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from october_step import OCTOBER_31, PROD, below, october, step_up

from aws_cost_anomalies.model.alert import Alert, Reason
from aws_cost_anomalies.model.anomaly import Anomaly, Kind, Severity, Status
from aws_cost_anomalies.model.explanation import Breakdown, Explanation, Narrative
from aws_cost_anomalies.model.scope import Scope

DYNAMO = Scope((("ServiceName", "Amazon DynamoDB"),))
DEV = "444455556666"


@pytest.fixture
def anomaly() -> Anomaly:
    return step_up(DYNAMO, below(DYNAMO, "SubAccountId", PROD, 4537.12))


@pytest.fixture
def explanation(anomaly: Anomaly) -> Explanation:
    usage = [(f"WriteRequestUnits-{n}", part) for n, part in enumerate((4000.004, 300.0, 100.114, 30.0, 7.0))]
    causes = tuple(below(DYNAMO, "x_UsageType", name, part) for name, part in [*usage, ("Reads", 1.0)])
    rest = 4537.12 - sum(part for _, part in usage) - 1.0
    return Explanation(
        anomaly=anomaly,
        currency="USD",
        data_source="cost_explorer",
        metric="EffectiveCost",
        through=OCTOBER_31,
        days=october(1250.0, settled=29),
        breakdowns=(
            Breakdown("account", (below(DYNAMO, "SubAccountId", PROD, 4537.12),), 0.0),
            Breakdown("usage-type", causes, rest),
        ),
        summary="Amazon DynamoDB cost 4,537.12 USD more than expected.",
        charge_categories=("Usage",),
    )


@pytest.fixture
def narrative() -> Narrative:
    return Narrative("Writes grew.\nLook at the table first.")


@pytest.fixture
def alert(anomaly: Anomaly) -> Callable[..., Alert]:
    def make(reason: Reason, *anomalies: Anomaly, because: str = "first seen on 2026-10-28") -> Alert:
        return Alert(
            alert_id="00aa11bb22cc33dd",
            subscription="platform",
            channel="slack",
            reason=reason,
            because=because,
            anomalies=anomalies or (anomaly,),
            owners=("<@U012ABCDEF>",),
        )

    return make


@pytest.fixture
def many(anomaly: Anomaly) -> Callable[[int], tuple[Anomaly, ...]]:
    def make(number: int) -> tuple[Anomaly, ...]:
        return tuple(
            replace(
                anomaly,
                anomaly_id=f"{n:012x}",
                scope=Scope((("ServiceName", f"Service {n}"), ("SubAccountId", DEV))),
                kind=Kind.DROP if n == 1 else Kind.SPIKE,
                severity=Severity.WARNING if n else Severity.INFO,
                status=Status.RESOLVED,
                impact=replace(
                    anomaly.impact,
                    total_impact=-50.005 if n == 1 else 10.0 * (n + 1),
                    total_impact_percentage=-100.0 if n == 1 else None,
                    rest_of_month=0.0,
                    monthly_run_rate=0.0,
                ),
                root_causes=(),
            )
            for n in range(number)
        )

    return make
