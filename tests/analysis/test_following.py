"""An anomaly keeps its name from day to day, and comes to an end of its own."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest

from aws_cost_anomalies.analysis.following import (
    ended,
    hidden_moves,
    no_longer_seen,
    no_longer_told,
    no_longer_told_of_level,
    recognised,
    still_told,
)
from aws_cost_anomalies.model.anomaly import Anomaly, Impact, Kind, RootCause, Severity, Status, anomaly_id
from aws_cost_anomalies.model.scope import Scope

START = date(2026, 10, 5)
PROD, DEV = "111111111111", "222222222222"


def scope(**values: str) -> Scope:
    return Scope(tuple(values.items()))


EC2 = scope(ServiceName="Amazon EC2")
EC2_PROD = scope(ServiceName="Amazon EC2", SubAccountId=PROD)


def anomaly(
    where: Scope,
    *,
    start: date = START,
    days: int = 3,
    kind: Kind = Kind.SPIKE,
    impact: float = 300.0,
    monitor: str = "default",
) -> Anomaly:
    """One of 300, by default over three days."""
    return Anomaly(
        anomaly_id=anomaly_id(monitor, where, is_increase=kind.is_increase, start=start),
        monitor=monitor,
        scope=where,
        kind=kind,
        severity=Severity.WARNING,
        status=Status.ONGOING,
        score=8.0,
        start_date=start,
        end_date=start + timedelta(days=days - 1),
        detected_on=start + timedelta(days=days - 1),
        impact=Impact(impact, impact / days, 400.0 + impact, 400.0, impact / 4, 2 * impact, 10 * impact),
    )


def carried_by(found: Anomaly, *shares: tuple[Scope, float]) -> Anomaly:
    return replace(found, root_causes=tuple(RootCause(where, amount) for where, amount in shares))


def test_what_nobody_knows_keeps_its_own_name() -> None:
    found = anomaly(EC2)
    assert recognised([found], []) == (found,)


def test_the_same_id_is_the_same_anomaly_and_was_detected_when_it_was_first() -> None:
    then, now = anomaly(EC2, days=1), anomaly(EC2, days=6)
    assert recognised([now], [then]) == (replace(now, detected_on=START),)


@pytest.mark.parametrize(
    "now",
    [
        anomaly(EC2_PROD, days=5),
        anomaly(EC2, start=START - timedelta(days=2), days=6),
        carried_by(anomaly(scope(SubAccountId=PROD)), (EC2_PROD, 280.0)),
    ],
    ids=["told at a finer level", "began earlier than it seemed", "told over another dimension"],
)
def test_a_move_told_differently_is_the_same_anomaly(now: Anomaly) -> None:
    then = anomaly(EC2)
    assert recognised([now], [then])[0].anomaly_id == then.anomaly_id


@pytest.mark.parametrize(
    "now",
    [
        anomaly(EC2, kind=Kind.DROP, impact=-300.0),
        anomaly(EC2, start=START + timedelta(days=4)),
        anomaly(scope(ServiceName="Amazon RDS")),
        anomaly(EC2_PROD, monitor="prod"),
        carried_by(anomaly(scope(SubAccountId=PROD)), (EC2_PROD, 100.0)),
    ],
    ids=["the other way", "later", "another service", "another monitor", "mostly other dollars"],
)
def test_another_move_is_another_anomaly(now: Anomaly) -> None:
    assert recognised([now], [anomaly(EC2)])[0].anomaly_id == now.anomaly_id


def test_a_spike_on_top_of_a_step_is_not_the_step() -> None:
    step = anomaly(EC2, start=START - timedelta(days=20), days=24, kind=Kind.STEP_UP)
    spike = anomaly(EC2_PROD, start=START + timedelta(days=3), days=1)
    assert [a.anomaly_id for a in recognised([spike, step], [step])] == [spike.anomaly_id, step.anomaly_id]
    assert recognised([spike], [step])[0].anomaly_id == spike.anomaly_id


def test_two_of_today_never_share_one_of_yesterday() -> None:
    then = anomaly(EC2)
    now = [anomaly(EC2_PROD), anomaly(replace(EC2_PROD, values=(*EC2.values, ("SubAccountId", DEV))))]
    ids = [a.anomaly_id for a in recognised(now, [then])]
    assert sorted(ids, key=lambda i: i != then.anomaly_id)[0] == then.anomaly_id
    assert len(set(ids)) == 2


LONG_BEFORE = START - timedelta(days=60)


def test_what_lasts_until_nobody_looks_at_the_weeks_before_it_is_no_all_clear() -> None:
    """A leak of months: what it was measured against is no longer in the panel."""
    known = anomaly(EC2)
    spend = {known.anomaly_id: known.impact.total_actual_spend}
    (gone,) = no_longer_seen([known], spend, since=START - timedelta(days=30))
    assert gone.status is Status.RESOLVED
    assert gone.impact == known.impact


def test_a_restated_bill_withdraws_what_was_told_of_it() -> None:
    known = anomaly(EC2)
    (gone,) = no_longer_seen([known], {known.anomaly_id: 400.0}, since=LONG_BEFORE)
    assert gone.status is Status.WITHDRAWN
    assert (gone.impact.rest_of_month, gone.impact.monthly_run_rate) == (0.0, 0.0)
    assert gone.impact.total_impact == known.impact.total_impact


def test_the_same_bill_under_other_rules_ends_it_without_taking_it_back() -> None:
    known = anomaly(EC2)
    spend = {known.anomaly_id: known.impact.total_actual_spend}
    (gone,) = no_longer_seen([known], spend, since=LONG_BEFORE)
    assert gone.status is Status.RESOLVED
    assert no_longer_seen([replace(known, status=Status.RESOLVED)], spend, since=LONG_BEFORE) == ()


@pytest.mark.parametrize(
    "told",
    [
        anomaly(EC2, start=START + timedelta(days=1), days=2),
        anomaly(EC2, start=START - timedelta(days=30), days=33),
        anomaly(EC2, start=START + timedelta(days=5)),
        anomaly(EC2, start=START - timedelta(days=5)),
        anomaly(EC2_PROD),
    ],
    ids=["begins later", "a month around it", "two days after it", "two days before it", "at a finer level"],
)
def test_what_other_rules_tell_on_those_days_is_told_still(told: Anomaly) -> None:
    assert no_longer_told([anomaly(EC2)], [anomaly(scope(ServiceName="Amazon RDS")), told]) == ()


@pytest.mark.parametrize(
    "told",
    [
        anomaly(EC2, kind=Kind.DROP, impact=-300.0),
        anomaly(EC2, start=START + timedelta(days=6)),
        anomaly(EC2, start=START - timedelta(days=6)),
        anomaly(scope(ServiceName="Amazon RDS")),
        anomaly(EC2, monitor="prod", start=START + timedelta(days=1)),
    ],
    ids=[
        "the other way",
        "three days after it",
        "three days before it",
        "another service",
        "another monitor",
    ],
)
def test_what_other_rules_tell_elsewhere_leaves_it_untold(told: Anomaly) -> None:
    usual = anomaly(EC2)
    assert no_longer_told([usual], [told]) == (usual,)


def test_of_a_level_of_thousands_each_is_held_to_its_own_scope() -> None:
    told = [anomaly(scope(ServiceName=f"Service {n}")) for n in range(3000)]
    usual = [replace(one, anomaly_id=f"0{one.anomaly_id}") for one in told]
    other = anomaly(EC2)
    started = time.perf_counter()
    assert no_longer_told_of_level([*usual, other], told) == (other,)
    assert time.perf_counter() - started < 3
    assert no_longer_told([*usual[:9], other], told[:9]) == (other,)


def test_it_is_still_told_at_its_level_under_whatever_id() -> None:
    then = replace(anomaly(EC2), anomaly_id="0123456789ab")
    now = anomaly(EC2, start=START + timedelta(days=1))
    assert still_told([now, anomaly(EC2_PROD)], [then]) == {now.anomaly_id}
    assert not still_told([anomaly(EC2, kind=Kind.DROP), anomaly(EC2, monitor="other")], [then])


def test_one_that_went_to_another_level_while_it_goes_on_is_not_still_told() -> None:
    over = replace(anomaly(EC2), status=Status.RESOLVED)
    assert not still_told([anomaly(EC2, days=5)], [over])
    assert still_told([over], [over]) == {over.anomaly_id}


def test_what_goes_on_at_its_level_is_hidden_not_over() -> None:
    known = replace(anomaly(EC2), anomaly_id="0123456789ab", status=Status.ONGOING)
    now = replace(anomaly(EC2, start=START + timedelta(days=1), days=4), status=Status.ONGOING)
    hidden = hidden_moves([known], [anomaly(scope(ServiceName="Amazon RDS")), now])
    assert hidden == {"0123456789ab": now}
    assert ended([known], hidden) == ()
    over = replace(now, status=Status.RESOLVED)
    (end,) = ended([known], {"0123456789ab": over})
    assert (end.anomaly_id, end.status, end.end_date, end.impact) == (
        "0123456789ab",
        Status.RESOLVED,
        over.end_date,
        over.impact,
    )
    assert ended([replace(known, status=Status.RESOLVED)], {"0123456789ab": over}) == ()


def test_of_several_moves_of_a_scope_the_one_of_its_id_or_of_its_days_is_meant() -> None:
    known = anomaly(EC2, days=6)
    spike = anomaly(EC2, start=START + timedelta(days=2))
    assert hidden_moves([known], [known, spike]) == {known.anomaly_id: known}
    other = replace(known, anomaly_id="0123456789ab")
    assert hidden_moves([other], [spike, known]) == {"0123456789ab": known}


def test_what_is_not_found_at_its_level_is_not_hidden() -> None:
    known = anomaly(EC2)
    others = [anomaly(EC2, kind=Kind.DROP, impact=-300.0), anomaly(EC2, monitor="prod"), anomaly(EC2_PROD)]
    assert hidden_moves([known], others) == {}
