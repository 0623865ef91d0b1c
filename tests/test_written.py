"""YAML as people write it: a date that there is not and a key that stands twice are told with their line."""

from __future__ import annotations

from pathlib import Path

import pytest
from loaded_bills import FIRST, command_line, load

from aws_cost_anomalies.errors import SettingsError
from aws_cost_anomalies.plans import read_plans
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.settings.written import parsed

FILE = Path("config.yaml")
PLAN = "- scope: {service: AWS Lambda}\n  owner: ann\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("tags: [a]\nanomaly: {sensitivity: 2026-02-30}\n", "at line 2: '2026-02-30' is no date."),
        ("a: 2026-13-01T00:00:00Z", "at line 1: '2026-13-01T00:00:00Z' is no date."),
        ("a: !!int soon", "at line 1: 'soon' is no int."),
        ("a: !!timestamp soon", "at line 1: 'soon' is no date."),
        ("a: !!bool soon", "at line 1: 'soon' is no bool."),
        ("a: 1\nb: 2\n'a': 3", "at line 3: `a` stands there twice, first at line 1."),
        (
            "s3:\n  region: x\n  bucket: y\n  region: z",
            "at line 4: `region` stands there twice, first at line 2.",
        ),
        ("c:\n- {name: a, name: b}", "at line 2: `name` stands there twice, first at line 2."),
    ],
)
def test_what_means_nothing_is_refused_with_its_line(text: str, says: str) -> None:
    with pytest.raises(SettingsError) as refused:
        parsed(text, FILE)
    assert refused.value.message == f"config.yaml cannot be read {says}"
    assert refused.value.hint


def test_what_yaml_allows_is_read() -> None:
    text = "base: &base {a: 1, b: 2}\none: {<<: *base, a: 3}\ntwo: {<<: *base}\nlist: [{a: 1}, {a: 2}]\n"
    told = parsed(text, FILE)
    assert (told["one"], told["two"], told["list"]) == (
        {"a": 3, "b": 2},
        {"a": 1, "b": 2},
        [{"a": 1}, {"a": 2}],
    )
    inherits = "x: &x {<<: {a: 1}, a: 2}\ny: {<<: *x, a: 3}\n"
    assert parsed(inherits, FILE) == {"x": {"a": 2}, "y": {"a": 3}}


def test_settings_and_plans_are_read_so(tmp_path: Path) -> None:
    for name, text in (
        ("config.yaml", "channels: []\nalerts: {}\nchannels: []\n"),
        ("config.yaml", "planned: 2026-02-30"),
    ):
        file = tmp_path / name
        file.write_text(text)
        with pytest.raises(SettingsError, match="config.yaml cannot be read at line"):
            Settings.load(file, environment={})
    plans = tmp_path / "planned.yaml"
    for text in (f"{PLAN}  days: 2026-02-30\n", f"{PLAN}  days: 2026-02\n  owner: bob\n"):
        plans.write_text(text)
        with pytest.raises(SettingsError, match="planned.yaml cannot be read at line"):
            read_plans(plans)


@pytest.mark.parametrize(
    "words", [("anomalies",), ("run", "--no-ingest"), ("alert", "--dry-run"), ("doctor", "--offline")]
)
def test_no_command_calls_an_impossible_date_a_bug(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
) -> None:
    load(tmp_path, {"AWS Lambda": [20.0] * 20})
    monkeypatch.chdir(tmp_path)
    Path("planned.yaml").write_text(f"{PLAN}  days: 2026-02-30\n")
    capsys.readouterr()
    code, out, err = command_line(capsys, as_of=FIRST.replace(day=21))(*words)
    assert code == 2
    assert "planned.yaml cannot be read at line 3: '2026-02-30' is no date" in " ".join((out + err).split())
