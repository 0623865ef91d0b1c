"""What need not be told: planned changes and earlier words, judged by hand-countable rules."""

from dataclasses import replace
from datetime import date

import pytest

from aws_cost_anomalies.analysis.silence import planned, silenced
from aws_cost_anomalies.model.anomaly import Anomaly, Feedback, Impact, Kind, RootCause, Severity, Status
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.planned import PlannedChange
from aws_cost_anomalies.model.scope import Scope

RDS = Scope((("ServiceName", "RDS"), ("SubAccountId", "1")))
NO = {"feedback": Feedback.NO}


def _anomaly(
    name: str, impact: float, score: float, *, kind: Kind = Kind.SPIKE, scope: Scope = RDS
) -> Anomaly:
    return Anomaly(
        anomaly_id=name, monitor="default", scope=scope, kind=kind, severity=Severity.INFO,
        status=Status.OPEN, score=score, start_date=date(2026, 8, 20), end_date=date(2026, 8, 21),
        detected_on=date(2026, 8, 20), impact=Impact(impact, impact, impact, 0.0, None, 0.0, 0.0),
    )  # fmt: skip


def _silent(anomaly: Anomaly, *said: Anomaly) -> bool:
    return bool(silenced([anomaly], said))


def test_a_no_keeps_silent_what_is_no_larger_in_money_and_in_score() -> None:
    refused = replace(_anomaly("a", 100.0, 8.0), **NO)
    assert _silent(_anomaly("b", 100.0, 8.0), refused)
    assert _silent(_anomaly("b", 40.0, 7.0), refused)
    assert not _silent(_anomaly("b", 101.0, 7.0), refused), "more money is told"
    assert not _silent(_anomaly("b", 40.0, 8.1), refused), "more surprise is told"


def test_what_had_a_no_may_last_and_is_told_again_only_when_a_later_day_is_far_odder() -> None:
    refused = replace(_anomaly("a", 100.0, 8.0), **NO)
    (silent,) = silenced([_anomaly("a", 900.0, 8.5)], [refused])
    assert silent.reason == "NO was said of it"
    assert _silent(_anomaly("a", 900.0, 11.9), refused)
    assert not _silent(_anomaly("a", 900.0, 12.0), refused), "half as odd again"


def test_a_no_speaks_of_its_scope_and_direction_only() -> None:
    refused = replace(_anomaly("a", 100.0, 8.0), **NO)
    assert not _silent(_anomaly("b", -40.0, 7.0, kind=Kind.DROP), refused)
    assert not _silent(_anomaly("b", 40.0, 7.0, scope=Scope((("ServiceName", "RDS"),))), refused)


def test_a_yes_to_something_smaller_takes_a_no_back() -> None:
    refused = replace(_anomaly("a", 100.0, 8.0), **NO)
    wanted = replace(_anomaly("c", 30.0, 5.0), feedback=Feedback.YES)
    assert not _silent(_anomaly("b", 40.0, 7.0), refused, wanted)
    assert _silent(_anomaly("b", 20.0, 7.0), refused, wanted), "smaller than what was wanted"


def test_planned_activity_moves_no_threshold() -> None:
    assert not _silent(
        _anomaly("b", 1.0, 1.0), replace(_anomaly("a", 9.0, 9.0), feedback=Feedback.PLANNED_ACTIVITY)
    )


def test_a_plan_covers_what_was_told_in_its_days_though_a_noisy_day_before_them_counts_with_it() -> None:
    late = replace(_anomaly("a", 100.0, 8.0), start_date=date(2026, 8, 19), detected_on=date(2026, 8, 21))
    change = PlannedChange(RDS, Period(date(2026, 8, 21), date(2026, 8, 25)), "ops")
    assert change.covers(late)
    assert not change.covers(replace(late, start_date=date(2026, 8, 18))), "it had begun before"
    assert not change.covers(replace(late, detected_on=date(2026, 8, 20))), "it was told before"


@pytest.mark.parametrize(
    ("change", "is_covered"),
    [
        (
            PlannedChange(Scope((("ServiceName", "RDS"),)), Period.parse("2026-08-18..2026-08-22"), "ann"),
            True,
        ),
        (
            PlannedChange(Scope((("ServiceName", "EC2"),)), Period.parse("2026-08-18..2026-08-22"), "ann"),
            False,
        ),
        (PlannedChange(Scope((("RegionId", "eu-west-1"),)), Period.parse("2026-08"), "ann"), False),
        (PlannedChange(RDS, Period.parse("2026-08-21..2026-08-22"), "ann"), False),
        (PlannedChange(RDS, Period.parse("2026-08-20"), "ann", at_most=100.0), True),
        (PlannedChange(RDS, Period.parse("2026-08-20"), "ann", at_most=99.0), False),
    ],
)
def test_a_plan_covers_its_scope_days_and_money(change: PlannedChange, is_covered: bool) -> None:  # noqa: FBT001
    found = planned([_anomaly("a", 100.0, 8.0)], [change])
    assert bool(found) is is_covered
    assert all("ann" in each.reason for each in found)


@pytest.mark.parametrize(("inside", "is_covered"), [(80.0, True), (79.0, False)])
def test_a_plan_covers_what_mostly_lies_in_it(inside: float, *, is_covered: bool) -> None:
    here = Scope((("ServiceName", "RDS"), ("RegionId", "eu-west-1")))
    there = Scope((("ServiceName", "RDS"), ("RegionId", "us-east-1")))
    causes = (RootCause(here, inside), RootCause(there, 100.0 - inside))
    found = replace(_anomaly("a", 100.0, 8.0), root_causes=causes)
    change = PlannedChange(Scope((("RegionId", "eu-west-1"),)), Period.parse("2026-08"), "ann")
    assert bool(planned([found], [change])) is is_covered
    assert not planned([found], [replace(change, at_most=99.0)])


@pytest.mark.parametrize(
    ("inside", "others", "at_most", "is_covered"),
    [
        (100.0, [2000.0, -2000.0], None, False),
        (1000.0, [-900.0], None, False),
        (-100.0, [200.0], None, False),
        (110.0, [-10.0], 105.0, False),
        (110.0, [-10.0], 110.0, True),
    ],
)
def test_moves_that_cancel_are_not_what_was_planned(
    inside: float, others: list[float], at_most: float | None, *, is_covered: bool
) -> None:
    here = Scope((("ServiceName", "RDS"), ("RegionId", "eu-west-1")))
    there = Scope((("ServiceName", "RDS"), ("RegionId", "us-east-1")))
    causes = (RootCause(here, inside), *(RootCause(there, each) for each in others))
    found = replace(_anomaly("a", 100.0, 8.0), root_causes=causes)
    change = PlannedChange(Scope((("RegionId", "eu-west-1"),)), Period.parse("2026-08"), "ann", at_most)
    assert bool(planned([found], [change])) is is_covered


def test_what_was_planned_is_silent_itself() -> None:
    (silent,) = silenced(
        [_anomaly("a", 9.0, 9.0), _anomaly("b", 1.0, 1.0)],
        [replace(_anomaly("a", 9.0, 9.0), feedback=Feedback.PLANNED_ACTIVITY)],
    )
    assert (silent.anomaly.anomaly_id, silent.reason) == ("a", "PLANNED_ACTIVITY was said of it")
