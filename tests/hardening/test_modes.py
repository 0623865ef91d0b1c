"""Who may read what the program keeps, and what it says where it may not read or write itself."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from loaded_bills import load

from aws_cost_anomalies.cli import main

pytestmark = pytest.mark.slow

AS_OF = ("--as-of", "2026-06-20")
WITHOUT_POWERS = """
import ctypes, os, sys
if os.geteuid() == 0:  # root reads and writes whatever its mode, unless it gives these powers up
    for power in (1, 2, 3):
        assert ctypes.CDLL(None).prctl(24, power, 0, 0, 0) == 0
program = "from aws_cost_anomalies.cli import main; main()"
os.execv(sys.executable, [sys.executable, "-c", program, *sys.argv[1:]])
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder with a small bill that is loaded, below `data`; afterwards all of it can be removed again."""
    before = os.umask(0)
    try:
        yield load(tmp_path, {"AWS Lambda": [20.0] * 18})
    finally:
        os.umask(before)
        for each in (tmp_path, *tmp_path.rglob("*")):
            if not each.is_symlink():
                each.chmod(0o700)


def refused(place: Path, *arguments: str) -> tuple[int, str]:
    """Exit code and standard error of the program without the powers of root."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_POWERS, *arguments, *AS_OF],
        cwd=place,
        env={"PATH": os.environ["PATH"], "HOME": str(place), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr + ("" if arguments[0] != "doctor" else done.stdout)


def modes(folder: Path) -> dict[str, str]:
    return {
        str(each.relative_to(folder)): oct(each.stat().st_mode & 0o777)
        for each in sorted(folder.rglob("*"))
        if not each.name.startswith("bill")
    }


def test_whatever_the_umask_what_is_kept_is_the_owners_alone(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    for line in (["anomalies"], ["init", "--yes", "--offline", "--force"]):
        with pytest.raises(SystemExit, match="0"):
            main(["--quiet", *line, *AS_OF])
    kept = modes(place)
    assert kept.pop("config.yaml") == "0o600"
    assert {"data", "data/cache", "data/cache/scratch", "data/cache/verdicts"} <= kept.keys()
    for name, mode in kept.items():
        assert mode == ("0o700" if (place / name).is_dir() else "0o600"), name
    assert sum((place / name).is_file() for name in kept) >= 3, "store, lock and a verdict"


@pytest.mark.parametrize(
    ("shut", "mode", "line", "code", "says"),
    [
        ("data", 0o500, "trends", 0, ""),
        ("data", 0o500, "run --no-ingest", 2, "data/costs.duckdb cannot be used: permission denied."),
        ("data", 0o000, "trends", 2, "data/costs.duckdb cannot be used: permission denied."),
        ("data/costs.duckdb", 0o000, "trends", 2, "data/costs.duckdb cannot be used: permission denied."),
        ("data/cache", 0o500, "anomalies", 0, ""),
        ("data/cache/scratch", 0o500, "ingest --source focus --path bill.csv --full-refresh", 2,
         "The cache folder data/cache/scratch cannot be written: permission denied."),
        ("data/cache/scratch", 0o500, "doctor --offline --format json", 5,
         "data/cache/scratch cannot be written"),
        ("bill.csv", 0o000, "ingest --source focus --path bill.csv --full-refresh", 2,
         "bill.csv cannot be read: permission denied."),
        ("bills", 0o000, "ingest --source focus --path bills", 2, "bills cannot be read: permission denied."),
        ("config.yaml", 0o000, "trends", 2, "config.yaml cannot be read: permission denied."),
        (".", 0o500, "init --yes --offline --force", 2, "config.yaml cannot be written: Permission denied."),
        (".", 0o500, "demo --dir new", 2, "new/config.yaml cannot be written: Permission denied."),
    ],
)  # fmt: skip
def test_what_may_not_be_read_or_written_is_one_sentence(
    place: Path, shut: str, mode: int, line: str, code: int, says: str
) -> None:
    (place / "bills").mkdir()
    (place / "data/cache/scratch").mkdir(parents=True, exist_ok=True)
    (place / shut).chmod(mode)
    found, told = refused(place, *line.split())
    assert (found, says in told) == (code, True), told
    assert "bug" not in told
