"""Streams that are closed, full, or lead to somebody who left: no traceback, an honest exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = "from aws_cost_anomalies.cli import main; main()"
NO_ROOM = (
    "error: Standard output cannot be written: No space left on device.\n"
    "hint: Send it to a place with room.\n"
)


def shell(folder: Path, line: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A line of a shell in which `$P` is the program over the hostile bill."""
    config = f"--config {folder / 'config.yaml'} --as-of 2026-08-05"
    return subprocess.run(
        ["bash", "-c", f'set -o pipefail; P() {{ "$PYTHON" -c "$PROGRAM" "$@" {config}; }}; {line}'],
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "PYTHON": sys.executable,
            "PROGRAM": PROGRAM,
            **variables,
        },
        cwd=folder,
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors="surrogateescape",
    )


@pytest.mark.parametrize("line", ["trends", "iam-policy", "trends --help", "--help"])
def test_a_reader_that_left_is_told_by_the_exit_code_alone(hostile_folder: Path, line: str) -> None:
    done = shell(hostile_folder, f"P {line} | true")
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize("line", ["trends", "iam-policy", "--version"])
def test_a_place_without_room_is_one_sentence(hostile_folder: Path, line: str) -> None:
    done = shell(hostile_folder, f"P {line} > /dev/full")
    assert (done.returncode, done.stderr) == (5, NO_ROOM)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("trends >&-", 0),
        ("anomalies --fail-on info >&- 2>&- <&-", 1),
        ("explain nobody 2>&-", 2),
        ("explain nobody 2>/dev/full", 2),
        ("trends --quiet --format csv 2>/dev/full >/dev/null", 0),
    ],
)
def test_streams_that_are_closed_or_full_do_not_change_what_is_done(
    hostile_folder: Path, line: str, code: int
) -> None:
    done = shell(hostile_folder, f"P {line}")
    assert (done.returncode, done.stdout, done.stderr) == (code, "", "")


@pytest.mark.parametrize(
    "variables",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1", "COLUMNS": "40"},
        {"LANG": "", "TERM": "dumb", "FORCE_COLOR": "1", "NO_COLOR": "1"},
    ],
)
def test_a_poor_place_gets_plain_characters_and_whole_figures(
    hostile_folder: Path, variables: dict[str, str]
) -> None:
    done = shell(hostile_folder, "P trends", **variables)
    assert (done.returncode, done.stderr) == (0, "")
    assert "3,616.00" in done.stdout
    assert "\x1b" not in done.stdout


def test_json_and_a_report_do_not_depend_on_the_locale(hostile_folder: Path, tmp_path: Path) -> None:
    poor = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    rich = shell(hostile_folder, "P anomalies --format json")
    plain = shell(hostile_folder, f"P anomalies --format json && P report --output {tmp_path}/r.html", **poor)
    assert (plain.returncode, plain.stdout) == (0, rich.stdout)
    assert " · " in (tmp_path / "r.html").read_text(encoding="utf-8")
