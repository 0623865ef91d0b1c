"""What a second look withheld: listed with its reason, open to questions, told once somebody said YES."""

import json
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from aws_cost_anomalies.analysis.episodes import EpisodeRules
from aws_cost_anomalies.analysis.withheld import why_withheld, withheld
from aws_cost_anomalies.detectors.forecast import Forecast
from aws_cost_anomalies.model.anomaly import Feedback, Mark
from aws_cost_anomalies.model.panel import Floats
from tests.detectors.test_forecast import panel_of
from tests.loaded_bills import FIRST, Run, command_line, load

DAYS = 150
SEED = 292
"""Of a bill whose last day is odd by the rules alone, and ordinary life by what was learned."""


def restless() -> Floats:
    """A hundred a day, one day in sixteen a fifth to three fifths dearer, the last one three fifths."""
    rng = np.random.default_rng(SEED)
    costs = 100 * np.exp(0.08 * rng.standard_normal((1, DAYS)))
    dear = rng.random(DAYS) < 0.06
    dear[-1] = False
    costs[0, dear] *= 1 + rng.uniform(0.2, 0.6, dear.sum())
    costs[0, -1] = 160.0
    return np.round(costs, 2)


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


def test_what_is_withheld_is_what_the_first_look_alone_marks() -> None:
    panel = panel_of(restless())
    first, both = (Forecast(second_look=second, last=30).detect(panel) for second in (False, True))
    assert both.withheld is not None
    assert first.mark[0, -1] == Mark.HIGH
    assert both.mark[0, -1] == Mark.NONE
    assert (both.before_second_look.mark == first.mark).all()
    assert first.before_second_look is first


def test_it_is_an_anomaly_with_a_reason_and_where_one_is_told_it_is_none() -> None:
    panel = panel_of(restless())
    flags = Forecast(last=30).detect(panel)
    rules = EpisodeRules(minimum_impact=10.0)
    (found,) = withheld(panel, flags, (), rules=rules)
    assert found.start_date == panel.period.last_day
    assert flags.withheld is not None
    assert f"{flags.withheld[0, -1]} times in a hundred" in why_withheld(panel, flags, found)
    assert withheld(panel, flags, (found,), rules=rules) == ()
    flags.withheld[flags.withheld > 0] = 1
    assert why_withheld(panel, flags, found).endswith(" 1 time in a hundred")


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
