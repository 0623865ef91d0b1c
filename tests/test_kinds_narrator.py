"""The narrator of the settings: by rule, or the model they name with its caps."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from aws_cost_anomalies import kinds
from aws_cost_anomalies.model.explanation import Explanation
from aws_cost_anomalies.settings import Settings
from tests.model_double import ModelDouble
from tests.narrators.conftest import explanation

__all__ = ["explanation"]


def load(folder: Path, **sections: object) -> Settings:
    file = folder / "config.yaml"
    file.write_text(json.dumps(sections), encoding="utf-8")
    return Settings.load(file, environment={})


def test_without_settings_it_is_told_by_rule_with_the_accounts_names(
    tmp_path: Path, explanation: Explanation
) -> None:
    told = kinds.narrator(load(tmp_path), {"111122223333": "payments-prod"}).narrate(explanation)
    assert told.narrator == "plain"
    assert "payments-prod (111122223333)" in told.text


def test_a_model_is_reached_where_the_settings_say_with_a_key_kept_elsewhere(
    tmp_path: Path, explanation: Explanation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", "top-secret-key")
    with ModelDouble("It goes on since 2026-10-28.") as double:
        agent = {
            "model": "openai:local",
            "base_url": f"{double.url}/v1",
            "api_key": "env:MY_KEY",
            "max_tokens": 321,
        }
        settings = load(tmp_path, alerts={"narrator": "llm", "max_narrations": 1}, agent=agent)
        narrator = kinds.narrator(settings)
        told = [narrator.narrate(explanation) for _ in range(2)]
    assert [each.narrator for each in told] == ["openai:local", "plain"]
    assert "max_narrations" in told[1].rejected
    (asked,) = double.asked
    headers = {name.lower(): value for name, value in asked.headers.items()}
    assert headers["authorization"] == "Bearer top-secret-key"
    assert "321" in str(asked.body)
    assert "top-secret-key" not in repr(settings)


def test_without_a_name_the_model_is_one_that_needs_aws_credentials_alone(tmp_path: Path) -> None:
    assert kinds.language_model(load(tmp_path)).name.startswith("bedrock:global.anthropic.")


def test_a_key_that_is_not_there_is_told_and_the_rule_tells(tmp_path: Path, explanation: Explanation) -> None:
    agent = {"model": "anthropic:claude-haiku-4-5", "api_key": "env:NOBODY_HAS_THIS"}
    told = kinds.narrator(load(tmp_path, alerts={"narrator": "llm"}, agent=agent)).narrate(explanation)
    assert told.narrator == "plain"
    assert "NOBODY_HAS_THIS" in told.rejected


def test_without_the_extra_the_rule_tells_and_says_so(
    tmp_path: Path, explanation: Explanation, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [each for each in sys.modules if each.partition(".")[0] == "pydantic_ai"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pydantic_ai", None)
    told = kinds.narrator(load(tmp_path, alerts={"narrator": "llm"})).narrate(explanation)
    assert (told.narrator, told.rejected) == ("plain", "Language models need the extra `agent`")
