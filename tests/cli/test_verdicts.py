"""`feedback`, `backtest` and `--monitor` on a small bill: two services, three spikes."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from loaded_bills import FIRST, Run, command_line, load

DAYS = 70
SPIKES = {("AWS Lambda", 40): 60.0, ("AWS Lambda", 60): 90.0, ("AWS Glue", 55): 400.0}
SETTINGS = """
monitors:
- {name: lambda, filter: {service: AWS Lambda}, group_by: service}
- {name: glue, filter: {service: AWS Glue}, group_by: service, min_impact: 1000}
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the settings and the store of the bill; copy it, do not write to it."""
    usual = {"AWS Lambda": 20.0, "AWS Glue": 30.0}
    costs = {
        service: [SPIKES.get((service, day), cost + day % 3) for day in range(DAYS)]
        for service, cost in usual.items()
    }
    folder = load(tmp_path_factory.mktemp("verdicts"), costs)
    (folder / "monitored.yaml").write_text(SETTINGS)
    return folder


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Exit code, standard output and standard error of a command line on a copy of the store."""
    monkeypatch.chdir(shutil.copytree(loaded, tmp_path / "own"))
    return command_line(capsys, as_of=FIRST + timedelta(days=DAYS))


def document(run: Run, *arguments: str) -> dict[str, Any]:
    code, out, err = run(*arguments, "--format", "json", "--quiet")
    assert (code, err) == (0, "")
    answer: dict[str, Any] = json.loads(out)
    return answer


def found(run: Run, *arguments: str) -> dict[tuple[str, str], str]:
    """(service, first day) → id of what `anomalies` tells of the whole bill."""
    return of(document(run, "anomalies", "--days", str(DAYS), *arguments)["anomalies"])


def of(anomalies: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
    return {(each["scope"]["ServiceName"], each["start_date"]): each["anomaly_id"] for each in anomalies}


LATER, EARLIER, GLUE = ("AWS Lambda", "2026-07-31"), ("AWS Lambda", "2026-07-11"), ("AWS Glue", "2026-07-26")


def test_a_no_is_kept_and_keeps_silent_what_is_no_larger(run: Run) -> None:
    before = found(run)
    assert before.keys() == {LATER, EARLIER, GLUE}
    code, out, _ = run("feedback", before[LATER], "no", "--note", "the batch does that", "--dry-run")
    assert (code, before[EARLIER] in out, "Not kept (--dry-run)" in out) == (0, True, True)
    assert found(run) == before

    told = document(run, "feedback", before[LATER], "NO", "--note", "the batch does that")
    assert (told["kept"], told["anomaly"]["feedback"], of(told["silent"]).keys()) == (
        True,
        "NO",
        {EARLIER, LATER},
    )
    answer = document(run, "anomalies", "--days", str(DAYS))
    assert of(answer["anomalies"]).keys() == {GLUE}
    assert of(answer["suppressed"]).keys() == {EARLIER, LATER}
    assert "not told: " in run("anomalies", "--days", str(DAYS))[1]


def test_planned_speaks_of_one_anomaly(run: Run) -> None:
    ids = found(run)
    code, out, _ = run("feedback", ids[GLUE][:8], "planned", "--format", "csv")
    header, *silent = out.splitlines()
    assert (code, header) == (0, "anomaly_id,kind,start_date,total_impact")
    assert [line.partition(",")[0] for line in silent] == [ids[GLUE]]
    assert GLUE not in found(run)
    assert {EARLIER, LATER} <= found(run).keys()


CLOSELY = ("--sensitivity", "high", "--min-impact", "1")


def test_what_a_closer_look_tells_is_explained_and_answered_with_the_same_flags(run: Run) -> None:
    Path("config.yaml").write_text("anomaly: {min_impact: 100}\n")
    assert found(run).keys() == {GLUE}
    extra = found(run, *CLOSELY)[LATER]
    assert run("feedback", extra, "yes", "--dry-run")[0] == 2
    assert run("explain", extra, *CLOSELY)[0] == 0
    told = document(run, "feedback", extra, "yes", *CLOSELY)
    assert told["anomaly"]["anomaly_id"] == extra
    answer = document(run, "anomalies", "--days", str(DAYS), *CLOSELY)["anomalies"]
    assert {each["anomaly_id"]: each["feedback"] for each in answer}[extra] == "YES"


@pytest.mark.usefixtures("run")
def test_what_a_word_alone_has_remembered_is_not_told_as_over(capsys: pytest.CaptureFixture[str]) -> None:
    then = command_line(capsys, as_of=FIRST + timedelta(days=61))
    Path("config.yaml").write_text("anomaly: {min_impact: 100}\n")
    number = found(then, *CLOSELY)[LATER]
    assert document(then, "feedback", number, "planned", *CLOSELY)["anomaly"]["status"] == "open"
    held = {each["anomaly_id"]: each["because"] for each in document(then, "alert", "--dry-run")["held_back"]}
    assert held[number] == "nothing is seen of it any more"


def test_the_command_that_is_named_carries_the_flags_it_was_found_with(run: Run) -> None:
    _, _, err = run("anomalies", *CLOSELY, "--group-by", "service", "--charges", "usage,tax")
    line = err.partition("`aws-cost-anomalies ")[2].partition("`")[0].split()
    for words in (CLOSELY, ("--group-by", "service"), ("--charges", "usage,tax")):
        assert " ".join(words) in " ".join(line)
    assert run(*line)[0] == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("feedback", "zzz", "no"), "There is no anomaly 'zzz'"),
        (("feedback", "zzz", "perhaps"), "The feedback cannot be 'perhaps'; allowed: yes, no, planned"),
        (("backtest", "--inject", "--alerts-per-week", "1"), "one of the two at a time"),
        (("backtest", "--labels", "none.csv"), "none.csv does not exist"),
        (("backtest", "--start", "yesterday"), "--start cannot be 'yesterday'"),
        (("backtest", "--sensitivity", "loud"), "'loud'"),
        (
            ("backtest", "--sensitivity", "0"),
            "The sensitivity cannot be '0'; allowed: low, medium, high or a score",
        ),
        (("backtest", "--sensitivity", "-1"), "The sensitivity cannot be '-1'"),
        (("backtest", "--sensitivity", "nan"), "The sensitivity cannot be 'nan'"),
        (("anomalies", "--monitor", "glu"), "--monitor cannot be 'glu'; allowed: default"),
        (("anomalies", "--monitor", "glu", "--group-by", "service"), "--monitor cannot be 'glu'"),
        (("anomalies", "--detector", "oracle"), "The detector cannot be 'oracle'"),
        (("anomalies", "--detector", "mda"), "Did you mean mad?"),
        (("anomalies", "--detector", "mad+theil-sne"), "Did you mean theil-sen?"),
        (("anomalies", "--config", "monitored.yaml", "--monitor", "glu"), "allowed: lambda, glue"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_is_a_sentence(run: Run, words: tuple[str, ...], says: str) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert says in err


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ("min_impact: 300, min_impact_pct: 2000, match: any", {GLUE}),
        ("min_impact: 60, min_impact_pct: 2000, match: any", {GLUE, LATER}),
        ("min_impact: 1000, min_impact_pct: 300, match: any", {GLUE, LATER}),
        ("min_impact: 1000, min_impact_pct: 2000, match: any", set()),
        ("min_impact: 60, min_impact_pct: 2000, match: all", set()),
        ("min_impact: 60, min_impact_pct: 300, match: all", {GLUE, LATER}),
    ],
)
def test_both_minimums_have_to_be_met_or_one(run: Run, rules: str, told: set[tuple[str, str]]) -> None:
    """Spikes of 69 (+330 %), 39 (+185 %) and 369 (+1,190 %)."""
    Path("matched.yaml").write_text(f"anomaly: {{{rules}}}\n")
    assert found(run, "--config", "matched.yaml").keys() == told


def test_a_monitor_that_looks_at_nothing_stops_no_other(run: Run) -> None:
    gone = "- {name: gone, filter: {service: AWS Gone}, group_by: service}\n"
    Path("three.yaml").write_text(SETTINGS + gone)
    code, shown, _ = run("anomalies", "--config", "three.yaml", "--days", "60")
    assert code == 0
    assert "AWS Lambda" in shown
    assert "monitor gone not judged: There is no cost data" in " ".join(shown.split())
    document = json.loads(run("anomalies", "--config", "three.yaml", "--format", "json")[1])
    assert [each["monitor"] for each in document["unanswered"]] == ["gone"]
    replayed = json.loads(run("backtest", "--config", "three.yaml", "--format", "json")[1])
    assert [each["monitor"] for each in replayed["unanswered"]] == ["gone"]
    code, _, told = run("anomalies", "--config", "three.yaml", "--monitor", "gone")
    assert (code, "ServiceName=AWS Gone" in told) == (6, True)


def test_a_monitor_looks_at_its_slice_with_its_rules(run: Run) -> None:
    watched = ("--config", "monitored.yaml")
    assert found(run, *watched, "--monitor", "lambda").keys() == {EARLIER, LATER}
    assert found(run, *watched, "--monitor", "glue") == {}
    together = document(run, "anomalies", "--days", str(DAYS), *watched)
    assert (of(together["anomalies"]).keys(), together["monitor"]) == ({EARLIER, LATER}, "lambda, glue")
    assert {each["monitor"] for each in together["anomalies"]} == {"lambda"}


def test_a_replay_is_held_against_labels(run: Run) -> None:
    Path("labels.csv").write_text(
        "kind,start_date,end_date,service\n"
        "spike,2026-07-31,2026-07-31,AWS Lambda\n"
        "spike,2026-07-26,2026-07-26,AWS Glue\n"
        "drop,2026-08-03,2026-08-03,AWS Glue\n"
    )
    replay = ("backtest", "--start", "2026-07-20", "--end", "2026-08-09")
    told = document(run, *replay, "--labels", "labels.csv")
    assert (told["days_replayed"], told["series"], told["alerts_per_week"]) == (21, 2, pytest.approx(2 / 3))
    assert of(told["anomalies"]).keys() == {LATER, GLUE}
    assert (told["precision"], told["recall"]) == (1.0, pytest.approx(2 / 3))
    assert [label["kind"] for label in told["missed"]] == ["drop"]
    table = run(*replay, "--labels", "labels.csv")[1]
    assert "Labels that nothing was told of" in table
    assert "21 days of 2 series replayed: 0.7 alerts a week" in table


def test_an_alert_budget_is_kept_by_telling_the_largest_money(run: Run) -> None:
    told = document(run, "backtest", "--alerts-per-week", "0.15")
    assert (of(told["anomalies"]).keys(), told["alerts_per_week"] <= 0.15) == ({GLUE}, True)
    assert of(told["silent"]).keys() == {EARLIER, LATER}


@pytest.mark.parametrize(("budget", "silent"), [("0.15", set()), ("0.07", {("AWS Glue", "2026-08-15")})])
def test_what_a_budget_tells_from_another_first_day_is_not_called_silent(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    budget: str,
    silent: set[tuple[str, str]],
) -> None:
    odd = {
        ("AWS Lambda", 80): 6.0,
        ("AWS Lambda", 81): 60.0,
        ("AWS Lambda", 82): 60.0,
        ("AWS Glue", 75): 12.0,
    }
    usual = {"AWS Lambda": 20.0, "AWS Glue": 30.0}
    costs = {
        service: [cost + day % 3 + odd.get((service, day), 0.0) for day in range(100)]
        for service, cost in usual.items()
    }
    monkeypatch.chdir(load(tmp_path, costs))
    capsys.readouterr()
    run = command_line(capsys, as_of=FIRST + timedelta(days=100))
    told = document(run, "backtest", "--alerts-per-week", budget)
    once = of(document(run, "backtest")["anomalies"])
    assert len(once) == 2
    assert set(of(told["silent"])) == silent
    assert of(told["anomalies"]).keys() != once.keys()


def test_planted_anomalies_are_counted_by_kind_and_size(run: Run) -> None:
    code, out, _ = run("backtest", "--inject", "--format", "csv")
    header, *rows = csv.reader(StringIO(out))
    assert (code, header) == (0, ["kind", "size", "count", "found", "median_days_to_detect"])
    assert rows
    assert all(0 <= int(found_) <= int(count) for _, _, count, found_, _ in rows)


def test_a_louder_setting_tells_less(run: Run) -> None:
    def told(*arguments: str) -> set[tuple[str, str]]:
        return set(of(document(run, "backtest", *arguments)["anomalies"]))

    assert told("--min-impact", "100") == {GLUE}
    assert told("--sensitivity", "2.5") == told("--sensitivity", "high") >= told("--sensitivity", "low")
    assert told("--detector", "mad", "--group-by", "service") >= {GLUE}
