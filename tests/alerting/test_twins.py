"""One move of one slice is told once within one subscription."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from aws_cost_anomalies.alerting.routing import Candidate
from aws_cost_anomalies.alerting.twins import twins
from aws_cost_anomalies.model.anomaly import Anomaly, Kind, Status
from aws_cost_anomalies.model.scope import Scope

PROD = ("SubAccountId", "111122223333")


def pair(anomaly: Anomaly, **more: object) -> tuple[Anomaly, Anomaly]:
    """One anomaly by account, and the same of a monitor that looks at that account alone."""
    wide = replace(anomaly, anomaly_id="wide", scope=Scope((*anomaly.scope.values, PROD)))
    own = replace(anomaly, anomaly_id="own", monitor="own", watched=Scope((PROD,)))
    return wide, replace(own, **more)


def stands(one: Anomaly, other: Anomaly, *told: str) -> dict[str, str]:
    found = twins([Candidate(one), Candidate(other)], told)
    return {key: by.anomaly_id for key, by in found.items()}


def test_the_same_charges_are_told_by_one_monitor_the_one_that_told_before(anomaly: Anomaly) -> None:
    wide, own = pair(anomaly)
    assert stands(wide, own) == {"own": "wide"}
    assert stands(wide, own, "own") == {"wide": "own"}


def test_a_wider_one_goes_for_what_carries_it_and_stays_where_that_carries_less(anomaly: Anomaly) -> None:
    wide, own = pair(anomaly)
    service = replace(wide, scope=anomaly.scope)
    assert stands(service, own) == {"wide": "own"}
    less = replace(own, impact=replace(own.impact, total_impact=0.7 * own.impact.total_impact))
    assert stands(service, less) == {}
    assert stands(service, less, "wide") == {"own": "wide"}, "it lies in what was told"


def test_other_charges_days_or_ways_are_not_the_same(anomaly: Anomaly) -> None:
    after = anomaly.end_date + timedelta(days=1)
    others: list[dict[str, object]] = [
        {"watched": Scope((("SubAccountId", "444455556666"),))},
        {"kind": Kind.DROP},
        {"start_date": after, "end_date": after},
        {"monitor": anomaly.monitor},
    ]
    for other in others:
        assert stands(*pair(anomaly, **other)) == {}


def test_what_was_told_is_told_on_and_what_is_taken_back_hides_nothing(anomaly: Anomaly) -> None:
    wide, own = pair(anomaly)
    assert stands(wide, own, "wide", "own") == {}
    assert stands(replace(wide, status=Status.WITHDRAWN), own, "wide") == {}


def test_what_is_over_does_not_tell_of_what_went_on(anomaly: Anomaly) -> None:
    wide, own = pair(anomaly, status=Status.ONGOING)
    over = replace(wide, status=Status.RESOLVED, end_date=own.end_date - timedelta(days=1))
    assert stands(over, own, "wide") == {}


def test_what_need_not_be_told_hides_nothing(anomaly: Anomaly) -> None:
    wide, own = pair(anomaly)
    assert twins([Candidate(wide, hushed="planned"), Candidate(own)], ()) == {}
    found = twins([Candidate(wide, hushed="planned"), Candidate(own)], ("wide",))
    assert list(found) == ["own"], "it was told, and is known"
