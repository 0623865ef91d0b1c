"""The settings file as the dashboard changes it: one value, everything else as people wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from aws_cost_anomalies.errors import SettingsError
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.settings.editing import difference, edited, stamp, write
from aws_cost_anomalies.settings.shown import HIDDEN, shown

ROOT = Path(__file__).parents[1]
VALUES: dict[str, str | float] = {"sensitivity": "low", "min_impact": 25.0}


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# ours\ntags: [team]\n",
        "tags: [team]",
        "anomaly:\n  # noisy\n  sensitivity: high  # since May\n  metric: unblended\n",
        "anomaly:\n    metric: unblended\n\ntags: [team]\n",
        "anomaly: {metric: unblended}\n",
        "anomaly: {}\n",
        "anomaly:\ntags: [team]\n",
        '{"database": {"path": "x.duckdb"}, "tags": ["team"]}\n',
        "{}\n",
        "anomaly:\n  sensitivity: 'high'\n  min_impact: 1\n",
        "# only a comment\n",
    ],
)
def test_one_value_changes_and_nothing_else(before: str) -> None:
    after = edited(before, "anomaly", VALUES)
    was, now = yaml.safe_load(before) or {}, yaml.safe_load(after)
    assert now["anomaly"] == {**(was.get("anomaly") or {}), **VALUES}
    assert {**now, "anomaly": None} == {**was, "anomaly": None}
    assert [line for line in before.splitlines() if "#" in line and "sensitivity" not in line] == [
        line for line in after.splitlines() if "#" in line and "sensitivity" not in line
    ]
    assert edited(after, "anomaly", VALUES) == after


def test_the_whole_example_keeps_its_comments() -> None:
    before = (ROOT / "config.example.yaml").read_text(encoding="utf-8")
    after = edited(before, "anomaly", VALUES)
    changed = [line for line in difference(before, after, name="x").splitlines() if line[:1] in "+-"]
    assert changed[2:] == [
        "-  sensitivity: medium", '+  sensitivity: "low"', "-  min_impact: 5.0", "+  min_impact: 25.0"
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["- a\n", "a: [\n", "anomaly: 5\n"])
def test_what_is_no_settings_is_left_alone(text: str) -> None:
    with pytest.raises(SettingsError):
        edited(text, "anomaly", VALUES)


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("tags: [team]\n", encoding="utf-8")
    file.chmod(0o640)
    write(file, edited("tags: [team]\n", "anomaly", VALUES), seen=stamp("tags: [team]\n"))
    assert Settings.load(file, environment={}).anomaly.sensitivity == "low"
    assert (file.stat().st_mode & 0o777, [p.name for p in tmp_path.iterdir()]) == (0o640, ["config.yaml"])


def test_what_was_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("tags: [mine]\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="meanwhile"):
        write(file, "tags: [yours]\n", seen=stamp("tags: []\n"))
    assert file.read_text(encoding="utf-8") == "tags: [mine]\n"


def test_settings_the_program_would_refuse_are_not_written(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    with pytest.raises(SettingsError):
        write(file, "anomaly: {sensitivity: huge}\n", seen=stamp(""))
    assert list(tmp_path.iterdir()) == []


def test_no_secret_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(
        "channels: [{name: ops, kind: slack, url: 'https://hooks.slack.com/services/T0/B0/s3cr3t'}]\n"
        "agent: {api_key: k3y}\nweb: {token: t0k3n-t0k3n-t0k3n}\naws_profile: corp\n",
        encoding="utf-8",
    )
    told = shown(Settings.load(file, environment={}))
    text = " ".join(told.values())
    assert not {secret for secret in ("s3cr3t", "k3y", "t0k3n", "corp") if secret in text}
    assert told["channels[0].url"] == told["web.token"] == told["agent.api_key"] == HIDDEN
    assert told["anomaly.sensitivity"] == "medium"
