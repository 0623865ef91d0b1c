"""What depends on who watches: colour, progress, encodings, readers that leave, interrupts."""

from __future__ import annotations

import gc
import os
import pty
import runpy
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from aws_cost_anomalies.cli import main

PROGRAM = [sys.executable, "-c", "from aws_cost_anomalies.cli import main; main()"]
TODAY = ("--as-of", "2026-09-01")


def environment(folder: Path, **variables: str) -> dict[str, str]:
    kept = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", "TERM": "xterm-256color"}
    return {**kept, **variables}


def watched(folder: Path, *arguments: str, **variables: str) -> tuple[bytes, bytes]:
    """Standard output and standard error of a program that has a terminal on both."""
    (out, out_end), (err, err_end) = pty.openpty(), pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, *arguments, *TODAY],
        cwd=folder,
        env=environment(folder, **variables),
        stdout=out_end,
        stderr=err_end,
    )
    os.close(out_end)
    os.close(err_end)
    shown = {out: b"", err: b""}
    open_ends = [out, err]
    while open_ends:
        for end in select.select(open_ends, [], [], 120)[0]:
            try:
                shown[end] += os.read(end, 65536)
            except OSError:  # how Linux says that the other end of a terminal is closed
                open_ends.remove(end)
                os.close(end)
    assert process.wait(timeout=120) == 0
    return shown[out], shown[err]


def piped(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *arguments, *TODAY],
        cwd=folder,
        env=environment(folder, **variables),
        capture_output=True,
        check=False,
    )


def test_a_terminal_gets_colour_and_a_sign_of_life(demo_store: Path, tmp_path: Path) -> None:
    out, err = watched(tmp_path, "anomalies", "--config", str(demo_store))
    assert b"\x1b[1;31mcritical" in out
    assert b"Judging every day" in err
    assert b"\x1b[36mnote:" in err


@pytest.mark.parametrize(
    ("arguments", "variables"), [(["--no-color"], {}), ([], {"NO_COLOR": "1"}), ([], {"TERM": "dumb"})]
)
def test_colour_can_be_refused(
    demo_store: Path, tmp_path: Path, arguments: list[str], variables: dict[str, str]
) -> None:
    out, err = watched(tmp_path, "trends", "--config", str(demo_store), *arguments, **variables)
    assert b"\x1b[" not in out
    assert b"\x1b[3" not in err


def test_quiet_shows_no_progress(demo_store: Path, tmp_path: Path) -> None:
    _, err = watched(tmp_path, "trends", "--quiet", "--config", str(demo_store))
    assert err == b""


def test_a_pipe_gets_neither_colour_nor_progress(demo_store: Path, tmp_path: Path) -> None:
    done = piped(tmp_path, "trends", "--config", str(demo_store))
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\x1b" not in done.stdout


def test_colour_can_be_forced_but_progress_never(demo_store: Path, tmp_path: Path) -> None:
    done = piped(tmp_path, "anomalies", "--config", str(demo_store), FORCE_COLOR="1")
    assert b"\x1b[1;31mcritical" in done.stdout
    assert b"Judging" not in done.stderr


def test_no_color_wins_over_force_color(demo_store: Path, tmp_path: Path) -> None:
    done = piped(tmp_path, "trends", "--config", str(demo_store), FORCE_COLOR="1", NO_COLOR="1")
    assert b"\x1b" not in done.stdout


def test_an_encoding_without_blocks_gets_plain_characters(demo_store: Path, tmp_path: Path) -> None:
    done = piped(tmp_path, "trends", "--config", str(demo_store), PYTHONIOENCODING="latin-1")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"####" in done.stdout
    assert b"?" not in done.stdout


def test_pandas_is_not_loaded_for_nothing(demo_store: Path, tmp_path: Path) -> None:
    (tmp_path / "pandas").mkdir()
    (tmp_path / "pandas" / "__init__.py").write_text("import os; os.write(2, b'pandas was loaded')\n")
    done = piped(tmp_path, "trends", "--config", str(demo_store), PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_reader_that_leaves_early_hears_no_complaint(demo_store: Path, tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*PROGRAM, "trends", "--format", "csv", "--config", str(demo_store), *TODAY],
        cwd=tmp_path,
        env=environment(tmp_path),
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


def test_an_interrupted_demo_ends_silently_and_cleans_up(tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    # What runs in the background of a shell inherits that interrupts are ignored.
    heeds = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    process = subprocess.Popen(
        [*PROGRAM[:-1], heeds + PROGRAM[-1], "demo"],
        cwd=tmp_path,
        env=environment(tmp_path, TMPDIR=str(temporary)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    until = time.monotonic() + 30
    while not list(temporary.glob("*/config.yaml")):
        assert time.monotonic() < until
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(("version", "spared"), [("1.5.6", 1), ("2.0.0", 0), (None, 1)])
def test_what_is_left_at_the_end_is_no_leak_to_any_duckdb(
    monkeypatch: pytest.MonkeyPatch, version: str | None, spared: int
) -> None:
    frozen: list[int] = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(1))
    monkeypatch.setitem(sys.modules, "duckdb", version and SimpleNamespace(__version__=version))  # type: ignore[arg-type]
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert len(frozen) == spared


def test_the_package_is_the_program(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["aws_cost_anomalies", "--version"])
    with pytest.raises(SystemExit, match="0"):
        runpy.run_module("aws_cost_anomalies", run_name="__main__")
    assert capsys.readouterr().out.startswith("aws-cost-anomalies ")
