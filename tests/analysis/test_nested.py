"""One anomaly per dollar over all levels."""

from dataclasses import replace
from datetime import date

from aws_cost_anomalies.analysis.nested import drop_nested
from aws_cost_anomalies.model.anomaly import Anomaly, Impact, Kind, Severity, Status, anomaly_id
from aws_cost_anomalies.model.scope import Scope


def anomaly(
    impact: float, *, kind: Kind = Kind.SPIKE, day: int = 5, usual: float = 100.0, **scope: str
) -> Anomaly:
    where = Scope(tuple(scope.items()))
    start = date(2026, 8, day)
    money = Impact(impact, impact, usual + impact, usual, 100 * impact / usual, 0.0, 0.0)
    return Anomaly(
        anomaly_id=anomaly_id("m", where, is_increase=kind.is_increase, start=start),
        monitor="m",
        scope=where,
        kind=kind,
        severity=Severity.INFO,
        status=Status.OPEN,
        score=9.0,
        start_date=start,
        end_date=start,
        detected_on=start,
        impact=money,
    )


def test_the_narrowest_scope_that_carries_it_stands_for_all_levels() -> None:
    total = anomaly(1000)
    service = anomaly(980, ServiceName="EC2")
    both = anomaly(950, ServiceName="EC2", SubAccountId="1")
    assert drop_nested([total, service, both]) == (both,)


def test_two_parts_may_stand_for_the_whole_and_a_diffuse_move_is_the_whole() -> None:
    total = anomaly(1000, usual=1000.0)
    halves = [anomaly(500, ServiceName=name) for name in ("EC2", "S3")]
    assert drop_nested([total, *halves]) == tuple(halves)
    tenths = [anomaly(100, ServiceName=str(n)) for n in range(10)]
    assert drop_nested([*tenths, total]) == (total,)


def test_overlapping_parts_are_not_counted_twice() -> None:
    total = anomaly(1000)
    service, account = anomaly(500, ServiceName="EC2"), anomaly(450, SubAccountId="1")
    assert drop_nested([total, service, account]) == (total,)


def test_other_days_or_directions_are_other_moves() -> None:
    total = anomaly(1000)
    later = anomaly(1000, day=12, ServiceName="EC2")
    drop = anomaly(-1000, kind=Kind.DROP, ServiceName="S3")
    assert drop_nested([total, later, drop]) == (total, later, drop)


def test_a_long_step_does_not_swallow_a_spike_that_begins_in_it() -> None:
    step = replace(anomaly(6000, kind=Kind.STEP_UP), end_date=date(2026, 8, 30))
    spike = anomaly(100, day=20, ServiceName="EC2")
    assert drop_nested([step, spike]) == (step, spike)


def test_a_whole_that_is_noticed_late_is_still_its_part() -> None:
    step = replace(anomaly(2800, kind=Kind.STEP_UP, ServiceName="EC2"), end_date=date(2026, 8, 30))
    drift = replace(anomaly(600, kind=Kind.DRIFT_UP, day=12), end_date=date(2026, 8, 17))
    assert drop_nested([drift, step]) == (step,)
    larger = replace(anomaly(1600, kind=Kind.DRIFT_UP, day=12), end_date=date(2026, 8, 17))
    assert drop_nested([larger, step]) == (step, larger)


def test_a_short_part_does_not_stand_for_a_long_whole() -> None:
    step = replace(anomaly(2800, kind=Kind.STEP_UP), end_date=date(2026, 8, 30))
    spike = anomaly(100, ServiceName="EC2")
    assert drop_nested([step, spike]) == (step,)


def test_where_everything_in_it_moved_it_moved() -> None:
    account = anomaly(300, usual=300.0, SubAccountId="1")
    all_of_it = [anomaly(100.0 + n, usual=100.0, ServiceName=str(n), SubAccountId="1") for n in range(-1, 2)]
    assert drop_nested([account, *all_of_it]) == (account,)
    assert len(drop_nested([replace(account, impact=anomaly(300, usual=400.0).impact), *all_of_it])) == 3
    only = anomaly(300, usual=300.0, ServiceName="EC2", SubAccountId="1")
    assert drop_nested([account, only]) == (only,)


def test_a_fourth_part_does_not_make_four_anomalies_of_one_move() -> None:
    account = anomaly(103, usual=123.0, SubAccountId="1")
    usual = {33.0: 21.0, 28.0: 33.0, 22.0: 33.0, 18.0: 36.0}
    parts = [
        anomaly(impact, usual=spend, ServiceName=f"{impact}", SubAccountId="1")
        for impact, spend in usual.items()
    ]
    assert drop_nested([account, *parts]) == (account,)


def test_what_was_told_before_stays_at_its_level() -> None:
    account = anomaly(1000, usual=1000.0, SubAccountId="1")
    most = anomaly(850, usual=100.0, ServiceName="EC2", SubAccountId="1")
    assert drop_nested([account, most]) == (most,)
    assert drop_nested([account, most], held={account.anomaly_id}) == (account,)
    assert drop_nested([account, most], held={account.anomaly_id, most.anomaly_id}) == (most,)


def test_parts_told_before_stay_as_long_as_they_carry_half() -> None:
    account = anomaly(1000, usual=1000.0, SubAccountId="1")
    half = anomaly(510, usual=100.0, ServiceName="EC2", SubAccountId="1")
    assert drop_nested([account, half]) == (account,)
    assert drop_nested([account, half], held={half.anomaly_id}) == (half,)
    less = anomaly(490, usual=100.0, ServiceName="EC2", SubAccountId="1")
    assert drop_nested([account, less], held={less.anomaly_id}) == (account,)


def test_nothing_nested_changes_nothing() -> None:
    same_level = [anomaly(100.0 * n, ServiceName=str(n)) for n in range(1, 5)]
    assert drop_nested(same_level) == tuple(reversed(same_level))
    assert drop_nested([]) == ()


def test_what_was_told_and_goes_on_is_told_beside_a_whole_that_is_over() -> None:
    over = replace(anomaly(1000, ServiceName="EC2"), status=Status.RESOLVED)
    parts = [anomaly(200, ServiceName="EC2", SubAccountId=account) for account in "1234"]
    assert drop_nested([over, *parts]) == (over,)
    assert drop_nested([over, *parts], held={parts[0].anomaly_id}) == (over, parts[0])
    goes_on = replace(over, status=Status.ONGOING)
    assert drop_nested([goes_on, *parts], held={parts[0].anomaly_id, goes_on.anomaly_id}) == (goes_on,)


def test_a_monitor_has_its_own_readers() -> None:
    # A scope says nothing of the slice that a monitor looks at: EC2 of prod is not inside EC2 of team search.
    of_team = replace(anomaly(1000, ServiceName="EC2"), monitor="search")
    account = anomaly(1000, ServiceName="EC2", SubAccountId="1")
    service = anomaly(1010, ServiceName="EC2")
    assert drop_nested([of_team, account, service]) == (of_team, account)
