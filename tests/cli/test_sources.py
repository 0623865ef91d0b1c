"""Several data sources of one organization in one store: each answer is of one, which can be chosen."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from cost_explorer_double import Charge, CostExplorerDouble
from loaded_bills import FIRST, Run, command_line, load

from aws_cost_anomalies import App, Settings
from aws_cost_anomalies.agent.tools.alarms import OneAnomaly, explain_anomaly

DAYS = 40
HERE, THERE = "111111111111", "333333333333"
COSTS = [20.0] * (DAYS - 1) + [900.0]
LAST = FIRST + timedelta(days=DAYS - 1)
NOW = LAST + timedelta(days=1)


@pytest.fixture
def run(aws: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A FOCUS export of one account beside a Cost Explorer that knows of another; each has a spike."""
    load(tmp_path, {"AWS Lambda": COSTS})
    monkeypatch.chdir(tmp_path)
    charges = [
        Charge(FIRST + timedelta(days=day), "AWS Lambda", account=THERE, unblended=str(cost))
        for day, cost in enumerate(COSTS)
    ]
    run = command_line(capsys, as_of=NOW)
    with CostExplorerDouble(charges) as explorer:
        monkeypatch.setenv("AWS_ENDPOINT_URL_COST_EXPLORER", explorer.url)
        assert run("ingest", "--source", "cost-explorer", "--days", str(DAYS))[0] == 0
    return run


def told(run: Run, *arguments: str) -> list[tuple[str, str]]:
    """Source and account of each anomaly."""
    document = json.loads(run("anomalies", "--format", "json", *arguments)[1])
    return [(document["data_source"], one["scope"]["SubAccountId"]) for one in document["anomalies"]]


def test_the_command_that_is_named_explains_what_another_source_tells(run: Run) -> None:
    code, _, err = run("anomalies", "--source", "cost-explorer")
    words = err.partition("`aws-cost-anomalies ")[2].partition("`")[0].split()
    assert (code, words[0], words[2:]) == (0, "explain", ["--source", "cost-explorer"])
    for line in (words, words[:2]):
        document = json.loads(run(*line, "--format", "json")[1])
        assert (document["data_source"], document["anomaly"]["scope"]["SubAccountId"]) == (
            "cost_explorer", THERE,
        )  # fmt: skip


@pytest.mark.parametrize("source", ["cost-explorer", "focus"])
def test_the_commands_in_an_alert_name_the_source_and_work_when_they_are_pasted(
    run: Run, source: str
) -> None:
    out = " ".join(run("alert", "--source", source)[1].split())
    lines = re.findall(
        r"aws-cost-anomalies ((?:explain|feedback) [0-9a-f]{12}(?: [a-z]+)?)((?: --?\S+ \S+)?)", out
    )
    assert {words.split()[0] for words, _ in lines} == {"explain", "feedback"}
    for words, named in lines:
        assert named == f" --source {source}"
        assert run(*words.split(), *named.split())[0] == 0


def test_the_source_of_the_settings_needs_no_word_in_an_alert(run: Run) -> None:
    Path("config.yaml").write_text("anomaly: {source: cost-explorer}\n")
    assert "--source" not in run("alert", "--dry-run")[1]


def test_feedback_is_kept_on_what_another_source_tells(run: Run) -> None:
    (one,) = json.loads(run("anomalies", "--source", "cost-explorer", "--format", "json")[1])["anomalies"]
    assert run("feedback", one["anomaly_id"], "yes")[0] == 0
    (one,) = json.loads(run("anomalies", "--source", "cost-explorer", "--format", "json")[1])["anomalies"]
    assert one["feedback"] == "YES"


def test_a_tool_explains_what_it_found_in_the_source_it_was_asked_for(run: Run) -> None:
    (one,) = json.loads(run("anomalies", "--source", "cost-explorer", "--format", "json")[1])["anomalies"]
    app = App(Settings.load("config.yaml", environment={}), as_of=NOW)
    for asked in (OneAnomaly(anomaly_id=one["anomaly_id"], source=each) for each in (None, "cost-explorer")):
        assert explain_anomaly(app, asked).document["data_source"] == "cost_explorer"


@pytest.mark.parametrize(
    "words",
    [
        ("anomalies",), ("trends",), ("alert", "--dry-run"), ("run", "--no-ingest"), ("backtest",),
        ("compare", "--a", "2026-06", "--b", "2026-07"),
    ],
    ids=lambda words: words[0],
)  # fmt: skip
def test_every_answer_names_its_source_and_the_setting_chooses_it(run: Run, words: tuple[str, ...]) -> None:
    assert json.loads(run(*words, "--format", "json")[1])["data_source"] == "focus"
    assert "focus · " in run(*words)[1]
    Path("config.yaml").write_text("anomaly: {source: cost-explorer}\n")
    assert json.loads(run(*words, "--format", "json")[1])["data_source"] == "cost_explorer"


def test_a_report_is_of_the_source_that_a_flag_or_the_setting_names(run: Run) -> None:
    usual, other = (run("report", "--output", "-", *flag)[1] for flag in ((), ("--source", "cost-explorer")))
    assert (HERE in usual, THERE in usual) == (True, False)
    assert (HERE in other, THERE in other) == (False, True)
    Path("config.yaml").write_text("anomaly: {source: cost-explorer}\n")
    assert THERE in run("report", "--output", "-")[1]
    assert told(run) == [("cost_explorer", THERE)]
    assert told(run, "--source", "focus") == [("focus", HERE)], "a flag wins over the setting"


def test_doctor_says_which_accounts_nothing_is_told_of(run: Run) -> None:
    said = [each["said"] for each in json.loads(run("doctor", "--offline", "--format", "json")[1])["checks"]]
    expected = f"charges of {THERE}, of which focus, the source that is looked at, has none"
    assert f"cost-explorer: {expected}" in said
