"""A day that the bill lacks, as every command tells it."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from loaded_bills import FIRST, Run, command_line, load

from aws_cost_anomalies import App, Settings
from aws_cost_anomalies.model.answers import Asked
from aws_cost_anomalies.page.desk import Desk
from aws_cost_anomalies.page.stock import stock

DAYS, LACKING, EARLIER = 70, 67, 45
SERVICES = 12
DAY, LONG_AGO = FIRST + timedelta(days=LACKING), FIRST + timedelta(days=EARLIER)
SAID = f"{DAY}: no charges of 12 of 12 scopes: the data has a gap, and falls of that day may not be told"
OBJECTS = [
    {"start_date": str(day), "end_date": str(day), "service": None, "missing": missing, "of": SERVICES}
    for day, missing in ((LONG_AGO, 6), (DAY, SERVICES))
]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the store of a bill that lacks one day, and half of another; copy it."""
    costs: dict[str, list[float | None]] = {
        f"service {number}": [20.0 + number + day % 3 for day in range(DAYS)] for number in range(SERVICES)
    }
    for number, charged in enumerate(costs.values()):
        charged[LACKING] = None
        if number % 2:
            charged[EARLIER] = None
    return load(tmp_path_factory.mktemp("gaps"), costs)


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    monkeypatch.chdir(shutil.copytree(loaded, tmp_path / "own"))
    return command_line(capsys, as_of=FIRST + timedelta(days=DAYS))


def document(run: Run, *arguments: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run(*arguments, "--format", "json", "--quiet")[1])
    return answer


def joined(shown: str) -> str:
    return " ".join(shown.split())


@pytest.mark.parametrize("by", ["service+account", "service", "service,service+account"])
def test_anomalies_tell_a_gap_whatever_they_are_looked_for_by(run: Run, by: str) -> None:
    found = document(run, "anomalies", "--group-by", by)
    assert found["gaps"] == OBJECTS
    assert found["anomalies"] == []
    shown = joined(run("anomalies", "--group-by", by)[1])
    assert "(30 days), but the data has a gap." in shown
    assert SAID in shown


def test_a_monitor_of_a_slice_tells_the_gaps_of_the_bill(run: Run) -> None:
    Path("sliced.yaml").write_text("monitors: [{name: one, filter: {service: service 1}}]\n")
    assert document(run, "anomalies", "--config", "sliced.yaml")["gaps"] == OBJECTS


def test_a_bill_without_a_gap_is_told_of_none(run: Run) -> None:
    assert document(run, "anomalies", "--days", "2")["gaps"] == []
    assert "nothing moved beyond what is usual here" in joined(run("anomalies", "--days", "2")[1])


def test_trends_note_a_gap_in_their_window(run: Run) -> None:
    assert SAID in joined(run("trends", "--days", "7")[1])
    assert document(run, "trends", "--days", "7")["gaps"] == OBJECTS[1:]
    assert document(run, "trends", "--days", "2")["gaps"] == []
    assert document(run, "trends", "--days", "7", "--filter", "service=service 1")["gaps"] == OBJECTS[1:]


def test_a_run_tells_a_gap_of_the_last_days_and_writes_it_down(run: Run) -> None:
    told = document(run, "run", "--no-ingest")
    assert (told["good"], told["gaps"]) == (True, OBJECTS[1:])
    assert f"no charges of 12 of 12 scopes on {DAY}" in told["summary"]
    assert SAID in joined(run("run", "--no-ingest")[1])
    assert SAID in joined(run("alert", "--dry-run")[1])
    (first, _) = App(Settings.load(Path("config.yaml"))).store.runs()
    assert f"no charges of 12 of 12 scopes on {DAY}" in first.summary


def test_that_nothing_is_new_is_told_with_the_gap(run: Run) -> None:
    told = "subscriptions: [{name: all, channels: [stdout], frequency: daily, heartbeat: true}]\n"
    Path("beating.yaml").write_text("channels: [{name: stdout, kind: stdout}]\n" + told)
    (alert,) = document(run, "alert", "--dry-run", "--config", "beating.yaml")["alerts"]
    assert (alert["reason"], SAID in alert["text"]) == ("heartbeat", True)


def test_doctor_warns_of_gaps(run: Run) -> None:
    checks = document(run, "doctor", "--offline")["checks"]
    warned = [each["said"] for each in checks if each["state"] == "warning" and "gap" in each["said"]]
    assert [said.removeprefix("focus: ") for said in warned][1:] == [SAID]
    assert warned[0].startswith(f"focus: {LONG_AGO}: no charges of 6 of 12 scopes")


def test_the_dashboard_lists_gaps_beside_days_that_nobody_delivered(run: Run) -> None:
    assert run("anomalies")[0] == 0
    app = App(
        Settings.load(Path("config.yaml")),
        as_of=FIRST + timedelta(days=DAYS),
        now=datetime(2026, 9, 1, tzinfo=UTC),
    )
    page = str(stock(Desk(app).stock()))
    assert "12 of 12 scopes" in page
    assert "6 of 12 scopes" in page
    assert app.detect(Asked()).gaps == app.gaps()["focus"]
