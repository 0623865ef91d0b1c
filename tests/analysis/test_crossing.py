"""One anomaly per dollar over levels that cross."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from aws_cost_anomalies.analysis.crossing import Placed, crossing, told_elsewhere
from aws_cost_anomalies.model.anomaly import Anomaly, Impact, Kind, RootCause, Severity, Status, anomaly_id
from aws_cost_anomalies.model.scope import Scope

START = date(2026, 8, 5)
Charges = Mapping[tuple[str, str, str], tuple[float, float]]
"""Service, account, region → what it costs more, and usually."""
KEYS = ("ServiceName", "SubAccountId", "RegionId")


def seen(charges: Charges, *, day: int = 0, days: int = 1, **where: str) -> Anomaly:
    """The anomaly that these charges are in one scope."""
    scope = Scope(tuple(where.items()))
    inside = [
        money
        for cell, money in charges.items()
        if where.items() <= dict(zip(KEYS, cell, strict=True)).items()
    ]
    impact, usual = (sum(money) for money in zip(*inside, strict=True))
    start = START + timedelta(days=day)
    kind = Kind.SPIKE if impact > 0 else Kind.DROP
    return Anomaly(
        anomaly_id=anomaly_id("m", scope, is_increase=impact > 0, start=start),
        monitor="m",
        scope=scope,
        kind=kind,
        severity=Severity.INFO,
        status=Status.OPEN,
        score=9.0,
        start_date=start,
        end_date=start + timedelta(days=days - 1),
        detected_on=start,
        impact=Impact(impact, impact, usual + impact, usual, None, 0.0, 0.0),
    )


def left(charges: Charges, *anomalies: Anomaly, held: Collection[Anomaly] = ()) -> list[str]:
    """What is told of anomalies, of whose charges everything is known."""
    found = [Placed(anomaly, anomaly.scope) for anomaly in anomalies]
    causes = {
        each.anomaly.anomaly_id: [
            RootCause(cell, money[0])
            for key, money in charges.items()
            if each.where.contains(cell := Scope(tuple(zip(KEYS, key, strict=True))))
        ]
        for each in found
    }
    gone = told_elsewhere(found, crossing(found), causes, held={anomaly.anomaly_id for anomaly in held})
    return [str(anomaly.scope) for anomaly in anomalies if anomaly.anomaly_id not in gone]


def everywhere(more: float, usual: float = 10.0) -> dict[tuple[str, str, str], tuple[float, float]]:
    """Five services in four accounts and two regions; one of the regions costs more."""
    cells = product("ABCDE", "1234", ("eu", "us"))
    return {cell: (more if cell[2] == "eu" else 0.0, usual) for cell in cells}


def test_a_region_that_costs_more_is_told_and_no_service_or_account_of_it() -> None:
    charges = everywhere(6.0)
    region = seen(charges, RegionId="eu")
    services = [seen(charges, ServiceName=name) for name in "ABCDE"]
    accounts = [seen(charges, SubAccountId=name) for name in "1234"]
    assert left(charges, *services, *accounts, region) == ["eu"]


def test_without_a_level_that_fits_it_is_told_at_one_of_those_there_are() -> None:
    charges = everywhere(6.0)
    services = [seen(charges, ServiceName=name) for name in "ABCDE"]
    accounts = [seen(charges, SubAccountId=name) for name in "1234"]
    assert left(charges, *services, *accounts) == ["1", "2", "3", "4"]


def test_the_same_dollars_are_told_where_less_is_usually_spent() -> None:
    charges = everywhere(0.0) | {("A", "1", "eu"): (50.0, 10.0), ("A", "2", "eu"): (5.0, 10.0)}
    account, service = seen(charges, SubAccountId="1"), seen(charges, ServiceName="A")
    assert left(charges, service, account) == ["A"]
    cheap = charges | {("A", "3", "us"): (0.0, 500.0)}
    assert left(cheap, seen(cheap, ServiceName="A"), seen(cheap, SubAccountId="1")) == ["1"]


def test_the_same_new_spend_is_told_once() -> None:
    charges = {("A", "1", "eu"): (25.0, 0.0)}
    pair = (seen(charges, ServiceName="A", RegionId="eu"), seen(charges, ServiceName="A", SubAccountId="1"))
    assert left(charges, *pair) == left(charges, *reversed(pair)) == ["A · eu"]


def test_moves_of_the_same_size_are_two_when_their_charges_are_others() -> None:
    charges = everywhere(0.0) | {("A", "1", "eu"): (100.0, 10.0), ("B", "2", "us"): (100.0, 10.0)}
    assert len(left(charges, seen(charges, ServiceName="A"), seen(charges, SubAccountId="2"))) == 2


def test_what_is_explained_by_less_than_four_fifths_is_told() -> None:
    charges = everywhere(0.0) | {
        ("A", "1", "eu"): (79.0, 10.0),
        ("A", "1", "us"): (21.0, 10.0),
        ("B", "3", "eu"): (90.0, 10.0),
    }
    account, region = seen(charges, SubAccountId="1"), seen(charges, RegionId="eu")
    assert left(charges, account, region) == ["1", "eu"]
    charges |= {("A", "1", "eu"): (81.0, 10.0), ("A", "1", "us"): (19.0, 10.0)}
    account, region = seen(charges, SubAccountId="1"), seen(charges, RegionId="eu")
    assert left(charges, account, region) == ["eu"]


def test_moves_of_their_own_stand_for_a_region_that_both_are_in() -> None:
    charges = everywhere(0.0) | {("A", "1", "eu"): (500.0, 10.0), ("B", "2", "eu"): (400.0, 10.0)}
    region = seen(charges, RegionId="eu")
    first = seen(charges, ServiceName="A", SubAccountId="1")
    second = seen(charges, ServiceName="B", SubAccountId="2")
    assert left(charges, region, first, second) == ["A · 1", "B · 2"]


@pytest.mark.parametrize(
    "other",
    [
        replace(seen(everywhere(6.0), ServiceName="A"), kind=Kind.DROP),
        seen(everywhere(6.0), ServiceName="A", day=4),
        seen(everywhere(6.0), ServiceName="A", day=1),
    ],
    ids=["the other way", "later", "when it is over"],
)
def test_another_direction_or_other_days_are_another_move(other: Anomaly) -> None:
    charges = everywhere(6.0)
    days = 5 if other.start_date > START + timedelta(days=1) else 1
    region = seen(charges, RegionId="eu", days=days)
    assert len(left(charges, region, other)) == 2


def test_it_is_explained_on_the_days_that_the_other_lasts() -> None:
    charges = everywhere(6.0)
    region = seen(charges, RegionId="eu", days=3)
    assert left(charges, region, seen(charges, ServiceName="A", day=1, days=2)) == ["eu"]
    assert left(charges, region, seen(charges, ServiceName="A", day=1, days=5)) == ["eu", "A"]


def test_what_was_told_before_stays_and_stands_for_news_of_which_half_lies_inside_it() -> None:
    charges = everywhere(0.0) | {
        ("A", "1", "eu"): (60.0, 10.0),
        ("B", "1", "us"): (40.0, 10.0),
        ("C", "2", "eu"): (5.0, 10.0),
    }
    account, region = seen(charges, SubAccountId="1"), seen(charges, RegionId="eu")
    assert left(charges, account, region) == ["1"]
    assert left(charges, account, region, held=[region]) == ["eu"]
    charges |= {("A", "1", "eu"): (45.0, 10.0), ("B", "1", "us"): (55.0, 10.0)}
    account, region = seen(charges, SubAccountId="1"), seen(charges, RegionId="eu")
    assert left(charges, account, region, held=[region]) == ["1", "eu"]
    assert left(charges, account, region, held=[account, region]) == ["1", "eu"]


def test_what_was_told_is_not_called_over_because_a_larger_one_came_to_hold_it() -> None:
    charges = everywhere(6.0)
    region, service = seen(charges, RegionId="eu"), seen(charges, ServiceName="A")
    assert left(charges, region, service) == ["eu"]
    assert left(charges, region, service, held=[service]) == ["eu", "A"]


def test_what_two_monitors_watch_is_told_by_both() -> None:
    charges = everywhere(6.0)
    region, service = seen(charges, RegionId="eu"), replace(seen(charges, ServiceName="A"), monitor="other")
    assert crossing([Placed(each, each.scope) for each in (region, service)]) == {}


def test_levels_that_nest_do_not_cross() -> None:
    charges = everywhere(6.0)
    found = [seen(charges, RegionId="eu"), seen(charges, ServiceName="A", RegionId="eu")]
    assert crossing([Placed(anomaly, anomaly.scope) for anomaly in found]) == {}
    assert (
        crossing([Placed(seen(charges, ServiceName=name), Scope((("ServiceName", name),))) for name in "AB"])
        == {}
    )
