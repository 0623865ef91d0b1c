"""A bill in several currencies: each answer is in one of them, which a flag or a setting names."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from loaded_bills import FIRST, HEADER, Run, command_line

from aws_cost_anomalies.cli import main
from aws_cost_anomalies.model.anomaly import anomaly_id
from aws_cost_anomalies.model.scope import Scope

DAYS = 60
COSTS = {
    "USD": ("AWS Lambda", 40.0, 400.0),
    "EUR": ("Amazon S3", 30.0, 900.0),
    "JPY": ("AWS Glue", 5000.0, 5000.0),
}


SAME = {"USD": ("AWS Lambda", 40.0, 400.0), "EUR": ("AWS Lambda", 30.0, 300.0)}
"""The same move of the same scope in both, smaller in euros."""


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Run:
    """Command lines over a bill in which dollars and euros have a spike on their last day."""
    last, costs = DAYS - 1, getattr(request, "param", COSTS)
    rows = (
        f"{FIRST + timedelta(days=day)}T00:00:00Z,{code},{cost},{cost},{service},111111111111,Usage"
        for code, (service, usual, spike) in costs.items()
        for day in range(DAYS)
        for cost in [spike if day == last else usual]
    )
    monkeypatch.chdir(tmp_path)
    Path("bill.csv").write_text("\n".join([HEADER, *rows]) + "\n")
    Path("config.yaml").write_text("anomaly: {currency: usd}\n")
    Path("none.yaml").write_text("{}\n")
    with pytest.raises(SystemExit, match="0"):
        main(["--quiet", "ingest", "--source", "focus", "--path", "bill.csv"])
    capsys.readouterr()
    return command_line(capsys, as_of=FIRST + timedelta(days=DAYS))


def found(run: Run, *arguments: str) -> dict[str, Any]:
    code, out, err = run("anomalies", "--format", "json", "--quiet", *arguments)
    assert (code, err) == (0, "")
    answer: dict[str, Any] = json.loads(out)
    return answer


WITHOUT = ("--config", "none.yaml")
ASKING = [
    ("run", "--no-ingest"),
    ("report", "--output", "-"),
    ("alert", "--dry-run"),
    ("anomalies",),
    ("trends",),
    ("backtest",),
    ("compare", "--a", "2026-06", "--b", "2026-07"),
]


@pytest.mark.parametrize("words", ASKING, ids=lambda words: words[0])
def test_every_command_takes_the_currency_that_its_hint_names(run: Run, words: tuple[str, ...]) -> None:
    code, _, err = run(*words, *WITHOUT)
    assert code == 2
    assert "several currencies (EUR, JPY, USD); they are never summed" in err
    assert "hint: Choose one with `--currency EUR`, or for all questions with `anomaly.currency`." in err
    assert run(*words, *WITHOUT, "--currency", "EUR")[0] == 0


@pytest.mark.parametrize("words", ASKING, ids=lambda words: words[0])
def test_the_setting_is_what_every_command_looks_at(run: Run, words: tuple[str, ...]) -> None:
    code, out, _ = run(*words)
    assert code == 0
    assert "EUR" not in out
    assert "Amazon S3" not in out


def test_a_flag_wins_over_the_setting_and_nothing_is_added(run: Run) -> None:
    dollars, euros = found(run), found(run, "--currency", "eur")
    assert [answer["currency"] for answer in (dollars, euros)] == ["USD", "EUR"]
    sums = [[one["impact"]["total_impact"] for one in answer["anomalies"]] for answer in (dollars, euros)]
    assert sums == [[pytest.approx(360.0)], [pytest.approx(870.0)]]


def test_feedback_is_given_in_a_currency(run: Run) -> None:
    number = found(run, "--currency", "EUR")["anomalies"][0]["anomaly_id"]
    assert run("feedback", number, "yes", *WITHOUT)[0] == 2
    assert run("feedback", number, "yes", *WITHOUT, "--currency", "EUR")[0] == 0
    assert found(run, "--currency", "EUR")["anomalies"][0]["feedback"] == "YES"


def test_the_command_that_is_named_next_works(run: Run) -> None:
    _, _, err = run("anomalies", *WITHOUT, "--currency", "EUR")
    line = next(part for part in err.split("`") if "explain" in part).split()[1:]
    assert run(*line)[0] == 0


def test_a_run_alerts_in_its_currency(run: Run) -> None:
    code, out, _ = run("run", "--no-ingest")
    assert (code, "AWS Lambda" in out, "Amazon S3" in out) == (0, True, False)


def test_the_commands_in_an_alert_name_the_currency_where_no_setting_does(run: Run) -> None:
    assert "--currency" not in run("alert", "--dry-run")[1]
    out = " ".join(run("alert", *WITHOUT, "--currency", "EUR")[1].split())
    line = next(part for part in out.split("aws-cost-anomalies ") if part.startswith("explain")).split()[:4]
    assert line[2:] == ["--currency", "EUR"]
    assert run(*line, *WITHOUT)[0] == 0


def test_doctor_says_that_none_is_chosen_or_a_wrong_one(run: Run) -> None:
    def said(*arguments: str) -> str:
        return " ".join(run("doctor", "--offline", *arguments)[1].split())

    assert "charges in EUR, JPY, USD, which are never summed, and none of them is chosen" in said(*WITHOUT)
    assert "never summed" not in said()
    Path("wrong.yaml").write_text("anomaly: {currency: CHF}\n")
    assert "charges in EUR, JPY, USD, and CHF is looked at" in said("--config", "wrong.yaml")


def test_a_currency_is_three_letters(run: Run) -> None:
    Path("bad.yaml").write_text("anomaly: {currency: dollars}\n")
    code, _, err = run("trends", "--config", "bad.yaml")
    assert (code, "`anomaly.currency`" in err) == (2, True)


@pytest.mark.parametrize("run", [SAME], indirect=True)
def test_the_same_move_in_two_currencies_is_two_stories_with_a_word_each(run: Run) -> None:
    (dollars,), (euros,) = (found(run, "--currency", code)["anomalies"] for code in ("USD", "EUR"))
    scope = Scope.from_mapping(dollars["scope"])
    start = date.fromisoformat(dollars["start_date"])
    assert dollars["anomaly_id"] == anomaly_id("default", scope, is_increase=True, start=start), "as ever"
    assert euros["anomaly_id"] != dollars["anomaly_id"]
    assert (euros["scope"], euros["start_date"]) == (dollars["scope"], dollars["start_date"])
    assert run("alert", "--currency", "USD")[0] == run("alert", "--currency", "EUR")[0] == 0
    assert run("feedback", dollars["anomaly_id"], "no")[0] == 0
    assert found(run, "--currency", "USD")["anomalies"] == []
    (still,) = found(run, "--currency", "EUR")["anomalies"]
    assert (still["anomaly_id"], still["feedback"]) == (euros["anomaly_id"], None)
    assert run("explain", euros["anomaly_id"], "--currency", "EUR")[0] == 0
