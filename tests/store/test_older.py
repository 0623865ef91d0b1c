"""Stores that earlier versions of this program wrote, one for each step of the schema, by `older/make.py`.

Each is opened, brought up to date and asked; it says what its own version said.
"""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from aws_cost_anomalies import App, Settings
from aws_cost_anomalies.cli import main
from aws_cost_anomalies.daily import Watch
from aws_cost_anomalies.errors import StoreUnreadable
from aws_cost_anomalies.model.answers import Asked
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.store.schema import steps

OLDER = Path(__file__).parent / "older"
NUMBERS = [int(path.name[:4]) for path in sorted(OLDER.glob("*.duckdb.gz"))]
NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
HELD = Period(date(2026, 7, 1), date(2026, 9, 1))


def opened(number: int, folder: Path) -> App:
    """The program of today over the store of an earlier one."""
    path = folder / "costs.duckdb"
    path.write_bytes(gzip.decompress((OLDER / f"{number:04}.duckdb.gz").read_bytes()))
    flags = {"database.path": path, "database.cache_dir": folder / "cache"}
    return App(Settings.load(environment={}, flags=flags), as_of=NOW.date(), now=NOW)


def said(number: int) -> dict[str, Any]:
    """What the version that wrote the store said of it."""
    found: dict[str, Any] = json.loads((OLDER / f"{number:04}.json").read_text())
    return found


def test_there_is_one_of_every_schema_there_has_been() -> None:
    assert list(range(1, len(steps()) + 1)) == NUMBERS, "a new step needs a store: tests/store/older/make.py"


@pytest.mark.parametrize("number", NUMBERS)
def test_it_says_what_its_own_version_said(number: int, tmp_path: Path) -> None:
    app, expected = opened(number, tmp_path), said(number)
    if number < len(steps()):
        with pytest.raises(StoreUnreadable, match="an older version of this program wrote it"):
            app.store.loads()
    app.store.bring_up_to_date(NOW)
    assert app.trends(Asked(), period=HELD).total.total == expected["total"]
    found = app.detect(Asked()).anomalies
    assert [
        {"anomaly_id": each.anomaly_id, "kind": each.kind, "start_date": str(each.start_date)}
        for each in found
    ] == expected["anomalies"]
    assert {name: str(word) for name, word in app.store.feedback().items()} == expected["feedback"]


@pytest.mark.parametrize("number", NUMBERS)
def test_nothing_it_held_is_lost_on_the_way(number: int, tmp_path: Path) -> None:
    app = opened(number, tmp_path)
    app.store.bring_up_to_date(NOW)
    assert [load.billing_period for load in app.store.loads()] == ["2026-07", "2026-08"]
    assert [each.anomaly_id for each in app.store.anomalies()] == [
        each["anomaly_id"] for each in said(number)["anomalies"]
    ]
    assert [entry.channel for entry in app.store.alerts()] == (["here"] if number >= 3 else [])
    assert [each.anomaly_id for each in app.store.aws_anomalies()] == (["theirs"] if number >= 4 else [])


@pytest.mark.parametrize("number", NUMBERS)
def test_the_hourly_watch_needs_nobody_to_have_ingested_first(number: int, tmp_path: Path) -> None:
    assert opened(number, tmp_path).daily.call_out() is Watch.NEVER_RAN


@pytest.mark.parametrize("command", ["alert", "run --no-ingest", "feedback {anomaly} no"])
def test_a_command_that_writes_brings_it_up_to_date(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    app = opened(NUMBERS[0], tmp_path)
    monkeypatch.setenv("AWS_COST_DB_PATH", str(app.settings.database.path))
    monkeypatch.chdir(tmp_path)
    line = command.format(anomaly=said(NUMBERS[0])["anomalies"][0]["anomaly_id"]).split()
    with pytest.raises(SystemExit) as done:
        main([*line, "--as-of", str(NOW.date())])
    assert (done.value.code, "error" in capsys.readouterr().err) == (0, False)
    assert app.store.loads(), "a reader finds a store of today"


@pytest.mark.parametrize("command", ["alert --dry-run", "anomalies"])
def test_a_command_that_only_reads_leaves_it_and_says_what_to_run(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = opened(NUMBERS[0], tmp_path).settings.database.path
    before = path.read_bytes()
    monkeypatch.setenv("AWS_COST_DB_PATH", str(path))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as done:
        main([*command.split(), "--as-of", str(NOW.date())])
    assert (done.value.code, path.read_bytes() == before) == (2, True)
    assert "Run `aws-cost-anomalies ingest` once" in capsys.readouterr().err
