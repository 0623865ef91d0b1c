"""No name of a bill or of the settings is an order: to a terminal, to a spreadsheet, to a page."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from pathlib import Path

import pytest

from aws_cost_anomalies import Settings
from aws_cost_anomalies.errors import InvalidSetting
from tests.hardening.conftest import ORDERS, Run, evil

COMMANDS = (
    "trends --group-by service",
    "trends --group-by account",
    "trends --group-by region+usage-type",
    "trends --group-by tag:team",
    "trends --group-by resource",
    "trends --group-by operation",
    "compare --a 2026-06 --b 2026-07 --group-by usage-type",
    "anomalies",
    "anomalies --group-by tag:unit,account+region",
    "explain ID",
    "backtest --labels LABELS",
    "alert --dry-run",
    "feedback ID yes --note NOTE",
    "ingest --source cur --path BILL",
    "iam-policy",
)
STEERS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def steering(text: str) -> set[str]:
    """Characters that steer a terminal, or cannot be seen there."""
    return {hex(ord(c)) for c in text if c != "\n" and unicodedata.category(c) in STEERS}


def filled(line: str, folder: Path, anomaly_id: str) -> list[str]:
    known = {
        "ID": anomaly_id,
        "NOTE": evil("note"),
        "BILL": str(folder / "bill"),
        "LABELS": str(folder / "labels.csv"),
    }
    return [known.get(word, word) for word in line.split()]


@pytest.mark.parametrize("line", COMMANDS)
def test_a_table_shows_every_name_as_text(
    hostile: Run, hostile_folder: Path, anomaly_id: str, line: str
) -> None:
    told = hostile(*filled(line, hostile_folder, anomaly_id))
    assert told.code == 0, told.err
    assert steering(told.out + told.err) == set()
    shown = told.out.replace("\n", "")
    if "=1+" in shown:
        # Of a very long name only both ends are shown: the second order stands in the last one.
        assert "[red]" in shown or "[add-mask]" in shown, "markup is text"


@pytest.mark.parametrize("line", COMMANDS[:13])
def test_json_holds_names_as_they_are_and_cells_of_csv_are_no_formulas(
    hostile: Run, hostile_folder: Path, anomaly_id: str, line: str
) -> None:
    words = filled(line, hostile_folder, anomaly_id)
    as_json = hostile(*words, "--format", "json")
    assert as_json.out.isascii()
    assert "##" not in as_json.out, "runners of continuous integration obey what follows"
    assert steering(as_json.out) == set()
    assert json.loads(as_json.out)["schema"] == 1
    as_csv = hostile(*words, "--format", "csv")
    assert (as_json.code, as_csv.code) == (0, 0)
    assert steering(as_csv.out) == set()
    cells = [cell for row in csv.reader(io.StringIO(as_csv.out)) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "@", "+")) and not _is_number(cell)] == []


def test_doctor_lists_what_is_there_as_text(hostile: Run) -> None:
    for style in ("table", "json", "csv"):
        told = hostile("doctor", "--offline", "--format", style)
        assert told.code in {0, 3}, told.err
        assert steering(told.out + told.err) == set()


def test_settings_refuse_what_no_file_and_no_statement_can_be_called(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    for text in ('tags: ["te\\0am"]', 'database: {path: "a\\0b"}', 'monitors: [{name: "a\\0"}]'):
        file.write_text(text)
        with pytest.raises(InvalidSetting, match="null character"):
            Settings.load(file, environment={})


@pytest.mark.parametrize("text", ['tags: ["te\\ud800am"]', 'monitors: [{name: "a\\udfff"}]'])
def test_settings_refuse_half_a_character(tmp_path: Path, text: str) -> None:
    (tmp_path / "config.yaml").write_text(text)
    with pytest.raises(InvalidSetting, match="half a character"):
        Settings.load(tmp_path / "config.yaml", environment={})


@pytest.mark.parametrize("line", ["feedback ID yes --note \udcff", "trends --filter service=\udcff"])
def test_bytes_that_are_no_text_are_one_sentence(
    hostile: Run, hostile_folder: Path, anomaly_id: str, line: str
) -> None:
    told = hostile(*filled(line, hostile_folder, anomaly_id))
    assert (told.code, told.out) == (2, "")
    assert told.err == (
        "error: The command line holds bytes that are no UTF-8.\n"
        "hint: Write it anew; only paths may be of any bytes.\n"
    )


def test_a_run_tells_names_of_settings_as_text_too(hostile: Run) -> None:
    told = hostile("run", "--no-ingest")
    assert told.code == 0, told.err
    assert steering(told.out) == set()
    assert "sent" in told.out


def test_the_report_holds_no_order_and_no_foreign_element(hostile: Run, tmp_path: Path) -> None:
    assert hostile("report", "--output", "costs.html").code == 0
    page = (tmp_path / "costs.html").read_text(encoding="utf-8")
    assert steering(page) == set()
    assert "<b>" not in page
    assert "=1+service" in page


@pytest.mark.parametrize(
    "line",
    [
        ("trends", "--group-by", f"tag:{ORDERS}"),
        ("trends", "--filter", ORDERS),
        ("trends", "--filter", f"service={ORDERS}"),
        ("explain", ORDERS),
        ("ingest", "--source", ORDERS),
        ("ingest", "--source", "cur", "--path", ORDERS.replace("\0", "")),
        ("ingest", "--source", "cur", "--path", ORDERS),
        ("feedback", ORDERS, "yes"),
        (ORDERS,),
        ("trends", f"--{ORDERS}"),
    ],
)
def test_a_refusal_repeats_what_was_given_as_text(hostile: Run, line: tuple[str, ...]) -> None:
    told = hostile(*line)
    assert told.code in {2, 6}, told.err
    assert told.err.startswith("error: ")
    assert steering(told.out + told.err) == set()


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
