"""Every command on the sample bill: what comes out on which stream, with which exit code."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from aws_cost_anomalies.cli import main

Run = Callable[..., tuple[int, str, str]]
PROGRAM = [sys.executable, "-c", "from aws_cost_anomalies.cli import main; main()"]
TODAY = "2026-09-01"
QUESTIONS = (
    ["trends"],
    ["trends", "--group-by", "tag:team", "--granularity", "weekly", "--days", "56"],
    ["trends", "--restatements"],
    ["anomalies"],
    ["compare", "--a", "2026-07", "--b", "2026-08"],
)


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], demo_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Exit code, standard output and standard error of a command line on the demo's store."""
    monkeypatch.chdir(tmp_path)

    def run_line(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([*arguments, "--config", str(demo_store), "--as-of", TODAY])
        shown = capsys.readouterr()
        return int(ended.value.code or 0), shown.out, shown.err

    return run_line


@pytest.fixture(scope="module")
def found(demo_store: Path) -> dict[str, Any]:
    """The document of `anomalies`."""
    line = ["anomalies", "--days", "90", "--format", "json", "--as-of", TODAY, "--config", str(demo_store)]
    done = subprocess.run([*PROGRAM, *line], capture_output=True, text=True, check=True)
    document: dict[str, Any] = json.loads(done.stdout)
    return document


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_json_is_alone_on_standard_output(run: Run, question: list[str]) -> None:
    code, out, err = run(*question, "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out)["schema"] == 1


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_csv_is_a_table(run: Run, question: list[str]) -> None:
    code, out, err = run(*question, "--format", "csv")
    assert (code, err) == (0, "")
    assert len({len(row) for row in csv.reader(StringIO(out))}) == 1


@pytest.mark.parametrize(
    ("question", "width"), [*zip(QUESTIONS, cycle(["80", "140"]), strict=False)], ids=str
)
def test_tables_fit_the_terminal(
    run: Run, question: list[str], width: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    code, out, _ = run(*question)
    assert code == 0
    assert max(map(len, out.splitlines())) <= int(width)


def test_anomalies_have_the_promised_keys(found: dict[str, Any]) -> None:
    assert found["anomalies"]
    promised = {"schema", "as_of", "data_source", "metric", "currency", "through", "monitor", "group_by"}
    assert promised | {"sensitivity", "anomalies"} <= set(found)
    assert set(found["anomalies"][0]) == {
        *("anomaly_id", "monitor", "scope", "kind", "severity", "status", "score", "start_date", "end_date"),
        *("detected_on", "impact", "root_causes", "feedback"),
    }
    assert set(found["anomalies"][0]["impact"]) == {
        *("total_impact", "max_impact", "total_actual_spend", "total_expected_spend"),
        *("total_impact_percentage", "rest_of_month", "monthly_run_rate"),
    }


def test_anomalies_name_the_largest_money_first(found: dict[str, Any]) -> None:
    impacts = [abs(anomaly["impact"]["total_impact"]) for anomaly in found["anomalies"]]
    assert impacts == sorted(impacts, reverse=True)


def test_explain_takes_the_beginning_of_an_id(run: Run, found: dict[str, Any]) -> None:
    first = found["anomalies"][0]
    code, out, _ = run("explain", first["anomaly_id"][:6], "--format", "json")
    told = json.loads(out)
    assert code == 0
    assert told["anomaly"]["anomaly_id"] == first["anomaly_id"]
    assert told["breakdowns"]
    for breakdown in told["breakdowns"]:
        carried = sum(cause["contribution"] for cause in breakdown["causes"]) + breakdown["other"]
        assert carried == pytest.approx(first["impact"]["total_impact"], abs=0.005)


def test_explain_of_an_unknown_id(run: Run) -> None:
    code, out, err = run("explain", "zzz")
    assert (code, out) == (2, "")
    assert err == ("error: There is no anomaly 'zzz'.\nhint: `aws-cost-anomalies anomalies` lists them.\n")


def test_explain_of_what_several_ids_begin_with_lists_them(run: Run, found: dict[str, Any]) -> None:
    ids = [anomaly["anomaly_id"] for anomaly in found["anomalies"]]
    shared = next(first[0] for first in ids if sum(each[0] == first[0] for each in ids) > 1)
    code, out, err = run("explain", shared)
    assert (code, out) == (2, "")
    assert f"anomalies begin with {shared!r}: " in err
    assert all(each in err for each in ids if each[0] == shared)
    assert "There is no anomaly" not in err


def test_fail_on_turns_findings_into_an_exit_code(run: Run, found: dict[str, Any]) -> None:
    severities = {anomaly["severity"] for anomaly in found["anomalies"]}
    assert run("anomalies", "--days", "90", "--fail-on", "info")[0] == 1
    assert run("anomalies", "--days", "90", "--fail-on", "critical")[0] == (
        1 if "critical" in severities else 0
    )


def test_anomalies_end_with_the_command_that_explains(run: Run, demo_store: Path) -> None:
    _, out, err = run("anomalies", "--days", "90")
    assert out
    assert err.startswith("note: `aws-cost-anomalies explain ")
    assert err.endswith(f"--config {demo_store}` says who carries it.\n")


def test_quiet_says_nothing_beside_the_answer(run: Run) -> None:
    assert run("anomalies", "--days", "90", "--quiet")[2] == ""


def test_trends_show_the_last_fortnight_by_service(run: Run) -> None:
    document = json.loads(run("trends", "--format", "json")[1])
    assert len(document["buckets"]) == 14
    assert document["through"] == "2026-08-31"
    assert len(document["rows"]) == 10
    everything = sum(row["total"] for row in document["rows"]) + document["other"]["total"]
    assert everything == pytest.approx(document["total"]["total"], abs=1e-4)


def test_trends_say_what_they_rest_on(run: Run) -> None:
    assert run("trends")[1].endswith(
        "sample · net-amortized · USD · all charges · through 2026-08-31, settled\n"
    )


@pytest.mark.parametrize(
    "question",
    [
        ["trends", "--group-by", "account"],
        ["compare", "--a", "2026-07", "--b", "2026-08", "--group-by", "account"],
    ],
)
def test_accounts_are_called_by_their_names_too(run: Run, question: list[str]) -> None:
    lines = " ".join(run(*question)[1].split())
    assert "accounts: 100000000001 management · 100000000002 prod · 100000000003 staging" in lines
    assert "accounts: " not in run(*question, "--format", "csv")[1]
    assert "accounts: " not in run("trends")[1]


def test_changes_of_a_comparison_add_up(run: Run) -> None:
    document = json.loads(run("compare", "--a", "2026-07", "--b", "2026-08", "--format", "json")[1])
    moved = sum(mover["change"] for mover in document["movers"]) + document["other"]["change"]
    assert moved == pytest.approx(document["total"]["change"], abs=1e-4)


def test_unchanged_periods_are_not_loaded_again(run: Run, demo_store: Path) -> None:
    bill = demo_store.parent / "bill"
    code, out, err = run("ingest", "--source", "sample", "--path", str(bill), "--format", "json")
    assert code == 0, err
    assert {bill["status"] for bill in json.loads(out)["bills"]} == {"unchanged"}


def test_a_wrong_dimension_says_which_there_are(run: Run) -> None:
    code, _, err = run("trends", "--group-by", "servce")
    assert code == 2
    assert "service, account, region" in err


def test_another_source_that_is_not_loaded_is_no_data(run: Run) -> None:
    code, out, err = run("trends", "--source", "cur")
    assert (code, out) == (6, "")
    assert err == "error: There is no cost data of the source cur.\nhint: Sources that are loaded: sample.\n"


def test_no_store_at_all_is_no_data(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(["trends"])
    assert ended.value.code == 6
    assert capsys.readouterr().err.splitlines()[1].startswith("hint: Import some with")


def test_a_misspelt_setting_is_named_with_its_neighbour(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "config.yaml").write_text("anomaly: {sensitvity: high}\n")
    with pytest.raises(SystemExit) as ended:
        main(["trends", "--config", str(tmp_path / "config.yaml")])
    assert ended.value.code == 2
    assert "Did you mean `anomaly.sensitivity`?" in capsys.readouterr().err


def test_sample_data_writes_a_bill_and_its_labels(run: Run, tmp_path: Path) -> None:
    code, out, err = run("sample-data", "--dir", "made", "--format", "json")
    assert code == 0
    assert "ingest --source sample --path made" in err
    assert json.loads(out)["start_date"] == "2026-05-04"
    assert (tmp_path / "made" / "labels.csv").read_text().startswith("kind,start_date,end_date,")


def test_a_filter_leaves_the_charges_of_one_slice(run: Run) -> None:
    narrow = ("trends", "--filter", "service=Amazon SageMaker", "--period", "2026-08")
    document = json.loads(run(*narrow, "--format", "json")[1])
    assert document["filter"] == {"ServiceName": "Amazon SageMaker"}
    assert (document["start_date"], document["end_date"]) == ("2026-08-01", "2026-08-31")
    assert [row["scope"] for row in document["rows"]] == [{"ServiceName": "Amazon SageMaker"}]
    assert "only Amazon SageMaker" in run(*narrow)[1]


@pytest.mark.parametrize(
    "question", [["trends", "--period", "2026-08"], ["compare", "--a", "2026-07", "--b", "2026-08"]]
)
def test_resources_are_read_from_the_line_items(run: Run, question: list[str]) -> None:
    narrow = (*question, "--filter", "account=100000000005", "--format", "json", "--top", "1000")
    by_resource = json.loads(run(*narrow, "--group-by", "resource")[1])
    by_service = json.loads(run(*narrow, "--group-by", "service")[1])
    rows = by_resource.get("rows") or by_resource["movers"]
    assert any(row["scope"]["ResourceId"].startswith("arn:") for row in rows)
    of = "total" if question[0] == "trends" else "b"
    assert by_resource["total"][of] == pytest.approx(by_service["total"][of])


def test_a_filter_that_is_none_says_how_one_looks(run: Run) -> None:
    code, _, said = run("trends", "--filter", "SageMaker")
    assert code == 2
    assert "DIMENSION=VALUE" in said
