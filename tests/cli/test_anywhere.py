"""Command lines that people copy from a page: they work from any folder."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from aws_cost_anomalies.cli.commands.command import anywhere
from aws_cost_anomalies.cli.session import Session
from aws_cost_anomalies.cli.stderr import Notices


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AWS_COST_DB_PATH", raising=False)
    return tmp_path


def session(config: str | None = None, **flags: object) -> Session:
    notices = Notices(is_quiet=True, is_plain=True)
    now = datetime(2026, 9, 1, tzinfo=UTC)
    return Session(config, date(2026, 9, 1), now, notices, flags=dict(flags))


def test_without_settings_the_store_is_named(folder: Path) -> None:
    said = anywhere(session())("explain", "4831b8604c2b")
    assert said == f"env AWS_COST_DB_PATH={folder}/data/costs.duckdb aws-cost-anomalies explain 4831b8604c2b"


def test_settings_that_name_the_store_in_full_are_enough(folder: Path) -> None:
    (folder / "my settings.yaml").write_text(f"database: {{path: {folder}/costs.duckdb}}\n")
    said = anywhere(session("my settings.yaml"))("explain", "4831b8604c2b")
    assert said == f"aws-cost-anomalies explain 4831b8604c2b --config '{folder}/my settings.yaml'"


def test_settings_found_in_the_folder_are_named_too(folder: Path) -> None:
    (folder / "config.yaml").write_text("tags: [team]\n")
    said = anywhere(session())("explain", "4831b8604c2b")
    assert said.startswith(f"env AWS_COST_DB_PATH={folder}/data/costs.duckdb ")
    assert said.endswith(f" --config {folder}/config.yaml")


def test_a_store_that_the_environment_names_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "config.yaml").write_text(f"database: {{path: {folder}/costs.duckdb}}\n")
    monkeypatch.setenv("AWS_COST_DB_PATH", str(folder / "other.duckdb"))
    said = anywhere(session())("explain", "4831b8604c2b")
    assert said.startswith(f"env AWS_COST_DB_PATH={folder}/other.duckdb ")
    flags = {"database.path": folder / "costs.duckdb"}
    of_flags = anywhere(session("config.yaml", **flags))("explain", "4831b8604c2b")
    assert of_flags.startswith(f"env AWS_COST_DB_PATH={folder}/costs.duckdb ")
