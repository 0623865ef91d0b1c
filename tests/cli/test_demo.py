"""The demo: the whole line in a folder, with no account and no network, and commands to try that work.

The one whose folder goes away is played by `tests/packaging`, from the installed wheel.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from aws_cost_anomalies.cli.commands.demo import last_two_months
from aws_cost_anomalies.cli.commands.demo_folder import left_behind
from aws_cost_anomalies.model.period import Period

PROGRAM = [sys.executable, "-c", "from aws_cost_anomalies.cli import main; main()"]


def play(*arguments: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """One command line in an environment of its own, where no network answers."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "AWS_EC2_METADATA_DISABLED": "true"}
    return subprocess.run(
        [*PROGRAM, *arguments],
        cwd=folder,
        env={**environment, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_step_is_shown(demo_run: str) -> None:
    steps = re.findall(r"^\$ aws-cost-anomalies (\S+)", demo_run, re.MULTILINE)
    assert steps == ["sample-data", "ingest", "trends", "anomalies", "explain", "compare", "report"]


def test_the_explained_anomaly_is_the_largest(demo_run: str) -> None:
    listed = re.search(r"^([0-9a-f]{12})  ", demo_run.partition("severity, id")[2], re.MULTILINE)
    explained = re.search(r"^\$ aws-cost-anomalies explain ([0-9a-f]{12})", demo_run, re.MULTILINE)
    assert listed is not None
    assert explained is not None
    assert listed[1] == explained[1]


def test_the_commands_to_try_next_work_as_they_are(demo_run: str, demo_store: Path) -> None:
    lines = [line.strip() for line in demo_run.partition("Try next:\n")[2].splitlines()]
    assert len(lines) == 3
    for line in lines:
        words = shlex.split(line)
        assert words.pop(0) == "aws-cost-anomalies"
        done = play(*words, folder=demo_store.parents[1])
        assert (done.returncode, done.stdout != "") == (0, True), done.stderr


def test_the_next_report_takes_the_place_of_the_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for content in ("one", "two"):
        file = left_behind(lambda file, content=content: file.write_text(content))
    assert (file.read_text(), list(tmp_path.iterdir())) == ("two", [file])
    file.unlink()
    file.mkdir()
    other = left_behind(lambda file: file.write_text("three"))
    assert (other.read_text(), other != file) == ("three", True)
    with pytest.raises(UnicodeEncodeError):
        left_behind(lambda file: file.write_text("\udc80", encoding="utf-8"))
    assert sorted(tmp_path.iterdir()) == sorted([file, other])


def test_a_folder_with_settings_of_its_own_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("aws_profile: mine\n")
    done = play("demo", "--dir", ".", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "has a config.yaml that is not the demo's" in done.stderr
    assert (tmp_path / "config.yaml").read_text() == "aws_profile: mine\n"


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = play("demo", "--dir", "file/below", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "error: file/below/config.yaml cannot be written: Not a directory.\nhint: Choose another --dir.\n"
    )


@pytest.mark.parametrize(
    ("period", "months"),
    [
        ("2026-05-04..2026-08-31", ("2026-07", "2026-08")),
        ("2026-05-04..2026-08-30", ("2026-06", "2026-07")),
        ("2025-11-01..2026-01-31", ("2025-12", "2026-01")),
    ],
)
def test_whole_months_are_compared(period: str, months: tuple[str, str]) -> None:
    assert tuple(map(str, last_two_months(Period.parse(period)))) == months
