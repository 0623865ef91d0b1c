"""Anomalies, feedback and the ledger come back as they went in."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from daily_bills import LATER

from aws_cost_anomalies.model.anomaly import (
    Anomaly,
    Feedback,
    Impact,
    Kind,
    RootCause,
    Severity,
    Status,
)
from aws_cost_anomalies.model.followed import Followed, Sighting
from aws_cost_anomalies.model.load import ApiCall
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Scope
from aws_cost_anomalies.store import Store

SPIKE = Anomaly(
    anomaly_id="0123456789ab",
    monitor="default",
    scope=Scope((("ServiceName", "it's {{x}} [/x]"), ("tag:team", "ä"))),
    kind=Kind.SPIKE,
    severity=Severity.CRITICAL,
    status=Status.OPEN,
    score=12.3456789012345678,
    start_date=date(2026, 3, 3),
    end_date=date(2026, 3, 4),
    detected_on=date(2026, 3, 4),
    impact=Impact(100.1, 60.2, 300.3, 200.2, 50.0, 0.1 + 0.2, -1e-9),
    root_causes=(RootCause(Scope((("RegionId", "us-east-1"),)), 99.9), RootCause(Scope(), 0.2)),
)
TOTAL = dataclasses.replace(
    SPIKE,
    anomaly_id="ffffffffffff",
    scope=Scope(),
    kind=Kind.NEW,
    score=float("inf"),
    impact=dataclasses.replace(SPIKE.impact, total_impact_percentage=None),
    root_causes=(),
)


SEEN = Sighting("cur", "EffectiveCost", "USD", date(2026, 3, 4))


def followed(*anomalies: Anomaly) -> list[Followed]:
    return [Followed(anomaly, SEEN) for anomaly in anomalies]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "costs.duckdb")


@pytest.mark.parametrize("saved", [(SPIKE,), (TOTAL,), (SPIKE, TOTAL), (TOTAL, SPIKE), ()], ids=len)
def test_anomalies_come_back_as_they_went_in(store: Store, saved: tuple[Anomaly, ...]) -> None:
    with store.writing(LATER) as writer:
        writer.save_anomalies(followed(*saved))
    assert set(store.followed()) == set(followed(*saved))
    assert set(store.anomalies()) == set(saved)


def test_an_anomaly_takes_the_place_of_the_one_with_its_id(store: Store) -> None:
    resolved = dataclasses.replace(SPIKE, status=Status.RESOLVED)
    for anomaly in (SPIKE, TOTAL, resolved):
        with store.writing(LATER) as writer:
            writer.save_anomalies(followed(anomaly))
    assert set(store.anomalies()) == {resolved, TOTAL}


def test_the_last_word_of_the_people_counts_and_outlives_the_anomaly(store: Store) -> None:
    with store.writing(LATER) as writer:
        writer.save_anomalies(followed(SPIKE, TOTAL))
        writer.save_feedback(SPIKE.anomaly_id, Feedback.NO, at=LATER.replace(hour=14), note="it's a test")
        writer.save_feedback(SPIKE.anomaly_id, Feedback.YES, at=LATER)
        writer.save_anomalies(followed(dataclasses.replace(SPIKE, status=Status.ONGOING)))
    assert store.feedback() == {SPIKE.anomaly_id: Feedback.NO}
    said = {anomaly.anomaly_id: anomaly.feedback for anomaly in store.anomalies()}
    assert said == {SPIKE.anomaly_id: Feedback.NO, TOTAL.anomaly_id: None}


def test_the_ledger_adds_up(store: Store) -> None:
    calls = [
        ApiCall(datetime(2026, 3, day, 23, 59, tzinfo=UTC), "ce", "GetCostAndUsage", 3, Decimal("0.03"), "")
        for day in (1, 2, 3)
    ]
    with store.writing(LATER) as writer:
        for call in reversed(calls):
            writer.record_api_call(call)
    assert store.api_calls() == tuple(calls)
    assert store.api_calls(Period(date(2026, 3, 2), date(2026, 3, 3))) == (calls[1],)


def test_line_items_are_a_view_over_the_raw_files(store: Store, tmp_path: Path) -> None:
    from aws_cost_anomalies.store.opening import reading

    for number in (1, 2):
        raw = tmp_path / f"raw [{number}].csv"
        raw.write_text(f"ResourceId\ni-{number}\n")
        with store.writing(LATER) as writer:
            writer.define_line_items(f"SELECT * FROM read_csv('{raw}')")
        with reading(store.path) as connection:
            assert connection.execute("FROM cost_line_items").fetchall() == [(f"i-{number}",)]
