"""A step at the end of October, made by hand: small enough to check every number in one's head."""

from __future__ import annotations

from datetime import date, timedelta

from aws_cost_anomalies.model.anomaly import Anomaly, Impact, Kind, RootCause, Severity, Status
from aws_cost_anomalies.model.explanation import DayVerdict
from aws_cost_anomalies.model.scope import Scope

OCTOBER_28, OCTOBER_31 = date(2026, 10, 28), date(2026, 10, 31)
PROD = "111122223333"
DAYS, DAYS_BEFORE = 31, 27


def below(scope: Scope, key: str, value: str, contribution: float) -> RootCause:
    """One value of a dimension below a scope, and what it carries."""
    return RootCause(Scope((*scope.values, (key, value))), contribution)


def step_up(scope: Scope, *causes: RootCause, rest_of_month: float = 0.0) -> Anomaly:
    """Four days of about 1,250 where 116 was usual."""
    return Anomaly(
        anomaly_id="3f2a91c07b5d",
        monitor="default",
        scope=scope,
        kind=Kind.STEP_UP,
        severity=Severity.CRITICAL,
        status=Status.ONGOING,
        score=11.25,
        start_date=OCTOBER_28,
        end_date=OCTOBER_31,
        detected_on=OCTOBER_28,
        impact=Impact(4537.12, 1200.5, 5001.12, 464.0, 977.8276, rest_of_month, 34028.4),
        root_causes=causes,
    )


def october(cost: float, *, settled: int = DAYS) -> tuple[DayVerdict, ...]:
    """Every day of the month: 116, then this much; so many days are settled."""
    return tuple(
        DayVerdict(
            day=date(2026, 10, 1) + timedelta(n),
            actual=cost if n >= DAYS_BEFORE else 116.0,
            expected=116.0,
            lower=90.0,
            upper=140.0,
            is_anomalous=n >= DAYS_BEFORE,
            is_settled=n < settled,
        )
        for n in range(DAYS)
    )
