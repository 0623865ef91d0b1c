"""Real models are asked only where `-m evals` is said; they need the credentials of whoever says it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aws_cost_anomalies import App
from tests.evals.bill import made
from tests.evals.running import Score, table

OWN = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
"""Taken before the tests forget them."""
SCORES = pytest.StashKey[list[Score]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without `-m evals` they are not there."""
    if "evals" in (config.option.markexpr or ""):
        return
    left_out = [item for item in items if item.get_closest_marker("evals")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The table, after everything else."""
    if scores := config.stash.get(SCORES, []):
        terminalreporter.section("right answers by model")
        terminalreporter.write_line(table(scores))
        spent = sum(score.reply.usd for score in scores)
        terminalreporter.write_line(f"{spent:.2f} USD spent on {len(scores)} questions.")


@pytest.fixture(scope="session")
def scores(request: pytest.FixtureRequest) -> list[Score]:
    """What was scored so far."""
    return request.config.stash.setdefault(SCORES, [])


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    """The program over the bill."""
    folder: Path = tmp_path_factory.mktemp("evals")
    return made(folder)


@pytest.fixture
def own_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """AWS as whoever runs this has it."""
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_EC2_METADATA_DISABLED"):
        monkeypatch.delenv(name, raising=False)
    for name, value in OWN.items():
        monkeypatch.setenv(name, value)
