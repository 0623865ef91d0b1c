"""What a monitor tells of the anomalies of a level."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from aws_cost_anomalies.model.anomaly import Anomaly, Impact, Kind, Severity, Status
from aws_cost_anomalies.model.monitor import Direction, Monitor
from aws_cost_anomalies.model.scope import NONE, Scope

NEW_REGIONS = Monitor("m", "service+account", "medium", 5.0, only_new=True)
START = date(2026, 8, 1)
REGION = Scope((("SubAccountId", "1"), ("RegionId", "ap-south-1")))


def anomaly(kind: Kind, *, day: int = 0, scope: Scope = REGION) -> Anomaly:
    start = START + timedelta(days=day)
    impact = Impact(100.0, 100.0, 100.0, 0.0, None, 0.0, 0.0)
    return Anomaly(
        f"{kind}{day}", "m", scope, kind, Severity.INFO, Status.OPEN, 9.0, start, start, start, impact
    )


NEW = anomaly(Kind.NEW)


def test_a_further_level_tells_what_was_never_seen() -> None:
    others = [anomaly(Kind.SPIKE, scope=Scope((("SubAccountId", "1"), ("RegionId", "eu-west-1"))))]
    assert NEW_REGIONS.wanted([NEW, *others]) == (NEW,)
    assert replace(NEW_REGIONS, only_new=False).wanted([NEW, *others]) == (NEW, *others)


@pytest.mark.parametrize(("day", "told"), [(1, True), (28, True), (29, False)])
def test_and_what_rises_further_while_it_is_new(day: int, *, told: bool) -> None:
    later = anomaly(Kind.STEP_UP, day=day)
    assert NEW_REGIONS.wanted([NEW, later]) == ((NEW, later) if told else (NEW,))
    assert NEW_REGIONS.wanted([NEW, anomaly(Kind.DROP, day=day)]) == (NEW,)


def test_what_has_no_region_is_no_region() -> None:
    assert NEW_REGIONS.wanted([anomaly(Kind.NEW, scope=Scope((("RegionId", NONE),)))]) == ()


def test_a_direction_holds_there_too() -> None:
    assert replace(NEW_REGIONS, direction=Direction.DOWN).wanted([NEW]) == ()


def test_every_beginning_counts() -> None:
    again, rise = anomaly(Kind.NEW, day=20), anomaly(Kind.STEP_UP, day=10)
    assert NEW_REGIONS.wanted([NEW, rise, again]) == (NEW, rise, again)
    assert NEW_REGIONS.wanted([again, rise, NEW]) == (again, rise, NEW)
