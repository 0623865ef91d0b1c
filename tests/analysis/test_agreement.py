"""Agreement of anomalies with labels, on cases small enough to count by hand."""

from datetime import date, timedelta

import numpy as np
import pytest

from aws_cost_anomalies.analysis.agreement import accuracy, meets
from aws_cost_anomalies.model.anomaly import Anomaly, Impact, Kind, Severity, Status
from aws_cost_anomalies.model.backtest import Label
from aws_cost_anomalies.model.panel import Panel
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Scope

START = date(2026, 6, 1)
EC2, RDS = (Scope((("ServiceName", name),)) for name in ("EC2", "RDS"))


def _day(index: int) -> date:
    return START + timedelta(days=index)


def _days(first: int, last: int) -> Period:
    return Period(_day(first), _day(last + 1))


def _anomaly(
    scope: Scope, first: int, last: int, *, kind: Kind = Kind.SPIKE, told: int | None = None
) -> Anomaly:
    return Anomaly(
        anomaly_id=f"{scope}{first}{kind}", monitor="default", scope=scope, kind=kind,
        severity=Severity.INFO, status=Status.RESOLVED, score=9.0,
        start_date=_day(first), end_date=_day(last),
        detected_on=_day(first if told is None else told), impact=Impact(1, 1, 1, 1, 1, 0, 0),
    )  # fmt: skip


@pytest.fixture
def panel() -> Panel:
    costs = np.full((2, 40), 100.0)
    costs[0, 30:32] = 300.0
    costs[1, 35] = 150.0
    return Panel(
        (EC2, RDS), Period(START, _day(40)), costs, np.ones((2, 40), bool), "EffectiveCost", "USD", "cur"
    )


def test_an_anomaly_meets_a_label_of_its_scope_days_and_direction() -> None:
    label = Label(Kind.SPIKE, _days(30, 31), EC2)
    assert meets(_anomaly(EC2, 31, 31), label)
    assert meets(_anomaly(EC2, 32, 33), label), "the day after is still about it"
    assert not meets(_anomaly(EC2, 33, 33), label)
    assert not meets(_anomaly(EC2, 28, 29), label)
    assert not meets(_anomaly(RDS, 31, 31), label)
    assert not meets(_anomaly(EC2, 31, 31, kind=Kind.DROP), label)


def test_a_dimension_that_is_not_named_matches_any_value() -> None:
    finer = Scope((("ServiceName", "EC2"), ("SubAccountId", "1")))
    assert meets(_anomaly(finer, 30, 30), Label(Kind.STEP_UP, _days(30, 31), EC2))
    assert meets(_anomaly(EC2, 30, 30), Label(Kind.STEP_UP, _days(30, 31), finer))


def test_accuracy_counts_what_a_person_would_count(panel: Panel) -> None:
    labels = [Label(Kind.SPIKE, _days(30, 31), EC2), Label(Kind.SPIKE, _days(35, 35), RDS)]
    anomalies = [_anomaly(EC2, 30, 31, told=31), _anomaly(EC2, 10, 10), _anomaly(RDS, 12, 12)]
    found = accuracy(anomalies, labels, panel=panel, days=_days(5, 39))
    assert found.precision == pytest.approx(1 / 3)
    assert found.recall == pytest.approx(1 / 2)
    assert found.f1 == pytest.approx(0.4)
    assert found.dollar_recall == pytest.approx(400 / 450)
    assert found.median_days_to_detect == 1
    assert found.false_alerts_per_1000_series_days == pytest.approx(1000 * 2 / (2 * 35 - 3))


def test_a_label_keeps_its_own_money(panel: Panel) -> None:
    labels = [
        Label(Kind.SPIKE, _days(30, 31), EC2, impact=1.0),
        Label(Kind.SPIKE, _days(35, 35), RDS, impact=3.0),
    ]
    assert accuracy([_anomaly(EC2, 30, 31)], labels, panel=panel, days=_days(0, 39)).dollar_recall == 0.25


def test_shares_of_nothing_are_unknown(panel: Panel) -> None:
    nothing = accuracy([], [], panel=panel, days=_days(0, 39))
    assert (nothing.precision, nothing.recall, nothing.f1, nothing.dollar_recall) == (None,) * 4
    assert nothing.false_alerts_per_1000_series_days == 0.0


def test_what_is_told_of_a_label_that_began_before_is_neither_right_nor_wrong(panel: Panel) -> None:
    labels = [Label(Kind.SPIKE, _days(8, 12), EC2), Label(Kind.SPIKE, _days(30, 31), EC2)]
    anomalies = [_anomaly(EC2, 11, 12), _anomaly(EC2, 30, 31), _anomaly(RDS, 12, 12)]
    found = accuracy(anomalies, labels, panel=panel, days=_days(10, 39))
    assert (found.precision, found.recall) == (0.5, 1.0)
