"""What a second look withheld: listed with its reason, open to questions, told once somebody said YES."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from aws_cost_anomalies.model.anomaly import Feedback
from tests.analysis.test_withheld import DAYS, restless
from tests.loaded_bills import FIRST, Run, command_line, load


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    load(tmp_path, {"AWS Glue": restless()[0].tolist()})
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    return command_line(capsys, as_of=FIRST + timedelta(days=DAYS + 3))


def suppressed(run: Run) -> list[dict[str, str]]:
    _, out, _ = run("anomalies", "--format", "json")
    found: list[dict[str, str]] = json.loads(out)["suppressed"]
    return found


def test_it_is_listed_and_can_be_asked_about(run: Run) -> None:
    (one,) = suppressed(run)
    assert "worth telling" in one["reason"]
    _, out, _ = run("anomalies")
    assert out.startswith("No anomalies in ")
    assert f"not told: {one['anomaly_id']} spike of AWS Glue" in out
    code, out, _ = run("explain", one["anomaly_id"])
    assert code == 0
    assert "AWS Glue" in out


def test_a_yes_has_it_told(run: Run) -> None:
    (one,) = suppressed(run)
    number = one["anomaly_id"]
    assert number not in run("alert", "--dry-run")[1]
    assert run("feedback", number, "yes")[0] == 0
    assert suppressed(run) == []
    _, out, _ = run("anomalies", "--format", "json")
    (told,) = json.loads(out)["anomalies"]
    assert (told["anomaly_id"], told["feedback"]) == (number, Feedback.YES)
    assert number in run("alert", "--dry-run")[1]


def test_a_no_leaves_it_where_it_is(run: Run) -> None:
    (one,) = suppressed(run)
    assert run("feedback", one["anomaly_id"], "no")[0] == 0
    assert [each["anomaly_id"] for each in suppressed(run)] == [one["anomaly_id"]]


def test_a_no_said_of_it_is_no_anomaly_that_a_restated_bill_takes_back(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (one,) = suppressed(run)
    run("feedback", one["anomaly_id"], "no")
    costs = restless()[0].tolist()
    load(tmp_path, {"AWS Glue": [*costs[:-1], costs[-1] + 0.5]})
    capsys.readouterr()
    _, out, _ = run("anomalies", "--format", "json")
    found = json.loads(out)
    assert [each["anomaly_id"] for each in found["suppressed"]] == [one["anomaly_id"]]
    assert found["withdrawn"] == []


@pytest.mark.parametrize("word", ["no", "planned"])
def test_a_yes_taken_back_is_no_end_that_anybody_hears_of(run: Run, word: str) -> None:
    (one,) = suppressed(run)
    run("feedback", one["anomaly_id"], "yes")
    assert one["anomaly_id"] in run("alert")[1]
    run("feedback", one["anomaly_id"], word)
    assert run("alert")[1].startswith("Nothing to send")
    assert [each["anomaly_id"] for each in suppressed(run)] == [one["anomaly_id"]]
