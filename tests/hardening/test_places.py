"""Odd names of places, clocks that disagree, narrow terminals, no network: the work goes on."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from loaded_bills import FIRST, command_line, load

from tests.hardening.conftest import Run

COSTS = {"AWS Lambda": [20.0] * 18 + [90.0], "Amazon S3": [1234567.25] * 19}
ODD = "a b'c\"d#e%41*[1]\n{東京 🎉}$(id)`;-"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    return command_line(capsys, as_of=FIRST + timedelta(days=19))


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Whom the program tried to reach; it reaches nobody."""
    tried: list[object] = []

    def refuse(*place: object, **_: object) -> None:
        tried.append(place)
        raise OSError(101, "Network is unreachable")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return tried


@pytest.mark.parametrize("name", [ODD, "x" * 200, "-dash", "~", "a" * 100 + "é\u0301"])
def test_a_place_may_have_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run, name: str) -> None:
    place = tmp_path / name
    place.mkdir()
    load(place, {"AWS Lambda": [20.0] * 18})
    monkeypatch.chdir(tmp_path)
    short = name[:90]
    database = {"path": f"./{name}/db/{short}.duckdb", "cache_dir": str(place / f"cache {short}")}
    (place / f"{short}.yaml").write_text(json.dumps({"database": database}))
    config = f"--config={name}/{short}.yaml"
    for line in (
        ["ingest", "--source", "focus", "--path", str(place / "bill.csv")],
        ["trends"],
        ["run", "--no-ingest"],
    ):
        code, _, err = run("--quiet", *line, config)
        assert (code, err) == (0, ""), line


@pytest.mark.parametrize("key", ["AWS_COST_DB_PATH", "AWS_COST_CACHE_DIR"])
def test_a_place_where_nobody_can_make_a_folder_is_no_bug(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run, key: str
) -> None:
    load(tmp_path, {"AWS Lambda": [20.0] * 18})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(key, "/proc/nowhere/costs")
    code, _, err = run("ingest", "--source", "focus", "--path", "bill.csv", "--full-refresh")
    assert code == 2
    assert "/proc/nowhere/costs" in err


@pytest.mark.parametrize("between", [" ", "="])
def test_names_that_begin_with_a_dash_are_names_after_any_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run, between: str
) -> None:
    load(tmp_path, {"AWS Lambda": [20.0] * 18})
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bill.csv").rename("-bill.csv")
    Path("-config.yaml").write_text("database: {path: -costs.duckdb, cache_dir: -cache}")
    for line in (
        "ingest --source focus --path:-bill.csv --config:-config.yaml",
        "--config:-config.yaml report --output:-report.html --charts:-charts --kind svg",
        "init --yes --offline --config:-new.yaml",
    ):
        code, _, err = run("--quiet", *(line.replace(":", between).split()))
        assert (code, err) == (0, ""), line
    made = {"-costs.duckdb", "-cache", "-report.html", "-charts", "-new.yaml"}
    assert made <= {each.name for each in tmp_path.iterdir()}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("trends --config", "error: --config needs a value.\n"),
        ("trends --config --quiet", "error: --config needs a value.\n"),
        ("--as-of -- trends", "error: --as-of needs a value.\n"),
        ("trends --config -none.yaml", "error: The configuration file -none.yaml does not exist.\n"),
        ("trends --database -x.duckdb", "hint: `database.path` of the configuration"),
        ("trends --days -5", "error: --days cannot be -5; allowed: 1 to 3,660.\n"),
        ("trends --filter -x", "error: --filter cannot be '-x'; allowed: DIMENSION=VALUE"),
        ("trends -- -bill.parquet", "error: "),
        ("trends -x", "error: `aws-cost-anomalies trends` has no option -x.\n"),
        ("ingest --source --path x", "error: --source cannot be '--path'; allowed: cost-explorer"),
        ("ingest --source focus --path -none", "error: The folder -none does not exist.\n"),
        ("explain -- -abc", "error: "),
        ("backtest --labels -none.csv", "error: "),
    ],
)
def test_a_value_with_a_dash_that_does_not_fit_is_one_sentence_and_a_hint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run, line: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*line.split())
    assert (code in {2, 6}, out) == (True, "")
    assert says in err
    assert (err.count("error: "), err.count("hint: ") <= 1, "bug" in err) == (1, True, False)


def test_a_report_may_go_to_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(load(tmp_path, {"AWS Lambda": [20.0] * 18}))
    capsys.readouterr()
    code, out, err = run("report", "--output", "-")
    assert (code, err) == (0, "")
    assert out.startswith("<!doctype html>")
    assert out.rstrip().endswith("</html>")
    assert not Path("-").exists()


def test_a_question_mark_that_the_database_cannot_have_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run
) -> None:
    load(tmp_path, {"AWS Lambda": [20.0]})
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text('database: {path: "what?/costs.duckdb"}')
    code, _, err = run("--quiet", "ingest", "--source", "focus", "--path", "bill.csv")
    assert code == 2
    assert "what?/costs.duckdb cannot be used" in err


def test_a_tilde_is_the_users_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run) -> None:
    load(tmp_path, {"AWS Lambda": [20.0]})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "config.yaml").write_text("database: {path: ~/costs.duckdb, cache_dir: ~/cache}")
    assert run("--quiet", "ingest", "--source", "focus", "--path", "bill.csv")[0] == 0
    assert (tmp_path / "home" / "costs.duckdb").is_file()
    assert not (tmp_path / "~").exists()


def test_a_link_that_leads_to_itself_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run
) -> None:
    (tmp_path / "loop.duckdb").symlink_to("loop.duckdb")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text("database: {path: loop.duckdb}")
    code, _, err = run("trends")
    assert (code in {2, 6}, "bug" in err) == (True, False), err


def test_days_to_come_and_clocks_ahead_change_nothing_that_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(load(tmp_path, COSTS))
    capsys.readouterr()
    now = json.loads(run("anomalies", "--format", "json")[1])
    assert now["through"] == str(FIRST + timedelta(days=18))
    earlier = command_line(capsys, as_of=FIRST + timedelta(days=10))
    code, out, err = earlier("anomalies", "--format", "json")
    assert (code, json.loads(out)["through"]) == (0, str(FIRST + timedelta(days=9))), err
    before_all = command_line(capsys, as_of=FIRST - timedelta(days=30))
    for line in ("trends", "anomalies", "run --no-ingest", "doctor --offline"):
        code, out, err = before_all(*line.split())
        assert code in {0, 5, 6}, (line, err)
        assert "bug" not in err
    code, _, err = before_all("ingest", "--source", "focus", "--path", "bill.csv", "--full-refresh")
    assert code == 0, err
    assert json.loads(run("anomalies", "--format", "json")[1])["anomalies"] == now["anomalies"]


@pytest.mark.parametrize("width", ["1", "20", "40", "400"])
def test_a_figure_is_whole_or_visibly_cut_however_narrow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run, width: str
) -> None:
    monkeypatch.chdir(load(tmp_path, COSTS))
    monkeypatch.setenv("COLUMNS", width)
    known = ("1,234,567.25", "6,172,836.25", "6,173,006.25", "1,234,657.25", "8,641,970.75", "8,642,110.75")
    for line in (
        "trends --days 5",
        "anomalies",
        "compare --a 2026-06-01..2026-06-07 --b 2026-06-08..2026-06-14",
    ):
        code, out, err = run(*line.split())
        assert code == 0, err
        shown = [cell for row in out.splitlines() for cell in row.split() if re.match(r"\d,\d", cell)]
        assert [cell for cell in shown if cell not in known and not cell.endswith("…")] == [], out


def test_every_local_command_works_without_a_network_and_asks_for_none(
    hostile: Run, hostile_folder: Path, anomaly_id: str, no_network: list[object], tmp_path: Path
) -> None:
    for line in (
        f"ingest --source cur --path {hostile_folder / 'bill'} --full-refresh",
        "trends",
        "anomalies",
        f"explain {anomaly_id}",
        "compare --a 2026-06 --b 2026-07",
        "backtest",
        "alert --dry-run",
        f"feedback {anomaly_id} yes",
        "doctor --offline",
        "iam-policy",
    ):
        told = hostile(*line.split())
        assert told.code in {0, 3}, (line, told.err)
        assert "bug" not in told.err
    assert no_network == []
