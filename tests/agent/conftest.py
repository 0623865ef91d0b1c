"""The sample bill, the tools over it, and a record of their calls."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from aws_cost_anomalies import App, Settings
from aws_cost_anomalies.agent.audit import Call
from aws_cost_anomalies.agent.conversation import Conversation
from aws_cost_anomalies.agent.limits import Limits
from aws_cost_anomalies.agent.means import Means
from aws_cost_anomalies.agent.toolbox import May, Toolbox, nobody
from aws_cost_anomalies.agent.tools import TOOLS
from aws_cost_anomalies.language_model import LanguageModel
from tests.model_double import ModelDouble

TODAY = date(2026, 9, 1)
NOW = datetime(2026, 9, 1, 6, tzinfo=UTC)
Talk = Callable[..., Conversation]


@pytest.fixture
def app(demo_store: Path) -> App:
    """The sample bill; only to be read."""
    return App(Settings.load(demo_store), as_of=TODAY, now=NOW)


@pytest.fixture
def own_app(demo_store: Path, tmp_path: Path) -> App:
    """A copy of the sample bill that may be written to."""
    file = shutil.copy(demo_store.parent / "costs.duckdb", tmp_path / "costs.duckdb")
    places = {"path": file, "cache_dir": tmp_path / "cache"}
    return App(Settings.model_validate({"database": places}), as_of=TODAY, now=NOW)


@pytest.fixture
def calls() -> list[Call]:
    """What was put on record."""
    return []


@pytest.fixture
def toolbox(app: App, calls: list[Call]) -> Toolbox:
    """Every tool, nothing allowed that asks first."""
    return Toolbox(app, TOOLS, calls.append)


@pytest.fixture
def double() -> Iterator[Callable[..., ModelDouble]]:
    """Starts model doubles; they end with the test."""
    started: list[ModelDouble] = []

    def start(*answers: object) -> ModelDouble:
        started.append(ModelDouble(*answers).__enter__())
        return started[-1]

    yield start
    for each in started:
        each.__exit__(None, None, None)


@pytest.fixture
def talk(app: App, calls: list[Call], monkeypatch: pytest.MonkeyPatch) -> Talk:
    """A conversation with a double, by the wire of a provider."""
    for name in ("ANTHROPIC_API_KEY", "OPENAI_API_KEY", "OPENAI_BASE_URL", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")

    def begin(
        double: ModelDouble,
        name: str = "anthropic:claude-haiku-4-5-20251001",
        *,
        may: May = nobody,
        limits: Limits | None = None,
        over: App | None = None,
    ) -> Conversation:
        monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", double.url)
        base = double.url if name.startswith(("anthropic:", "bedrock:")) else f"{double.url}/v1"
        model = LanguageModel(
            name, region="us-east-1", base_url=base, api_key=lambda: "top-secret-key", timeout=20.0
        )
        toolbox = Toolbox(over or app, TOOLS, calls.append, may=may)
        return Conversation(Means(toolbox, model, limits or Limits(), "2026-09-01"))

    return begin
