"""The sample bill, replayed day by day: every label is found, nothing else is told."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from aws_cost_anomalies import App, Settings
from aws_cost_anomalies.model.anomaly import Kind
from aws_cost_anomalies.model.answers import Asked
from aws_cost_anomalies.model.backtest import Backtest


@pytest.fixture(scope="module")
def app(demo_store: Path, monkeypatch_module: pytest.MonkeyPatch) -> App:
    monkeypatch_module.chdir(demo_store.parent)
    return App(Settings.load(demo_store), as_of=date(2026, 9, 1))


@pytest.fixture(scope="module")
def replayed(app: App, demo_store: Path) -> Backtest:
    (labels,) = demo_store.parent.rglob("labels.csv")
    return app.backtest(Asked(), known=app.read_labels(labels))


@pytest.fixture(scope="module")
def monkeypatch_module() -> Iterator[pytest.MonkeyPatch]:
    patch = pytest.MonkeyPatch()
    yield patch
    patch.undo()


def test_every_label_is_found_and_nothing_else_is_told(replayed: Backtest) -> None:
    assert replayed.missed == ()
    assert replayed.accuracy is not None
    assert (replayed.accuracy.precision, replayed.accuracy.recall) == (1.0, 1.0)


def test_each_drift_is_told_once_and_within_two_weeks(replayed: Backtest) -> None:
    drifts = [a for a in replayed.anomalies if a.kind in {Kind.DRIFT_UP, Kind.DRIFT_DOWN}]
    told = sorted((str(a.scope).split(" · ")[0], a.detected_on) for a in drifts)
    assert [name for name, _ in told] == ["Amazon DynamoDB", "AmazonCloudWatch"]
    assert told[0][1] <= date(2026, 8, 3)
    assert told[1][1] <= date(2026, 7, 15)


def test_a_larger_minimum_leaves_out_smaller_anomalies_and_no_others(app: App) -> None:
    usual = {a.anomaly_id: abs(a.impact.total_impact) for a in app.detect(Asked(), days=30).anomalies}
    large = {a.anomaly_id for a in app.detect(Asked(minimum_impact=900.0), days=30).anomalies}
    assert large == {key for key, impact in usual.items() if impact >= 900}
    assert len(large) >= 3
