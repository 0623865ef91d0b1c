"""`query` as people use it: a question, a session in a terminal, an empty database, nobody to ask."""

from __future__ import annotations

import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Self

import pytest
from cost_explorer_double import Charge, CostExplorerDouble

from tests.docs.scripted_model import says
from tests.model_double import HANG, ModelDouble, Use

PROGRAM = (sys.executable, "-c", "from aws_cost_anomalies.cli import main; main()")
QUESTION = "What are my top 3 services in August?"
MODEL = "anthropic:claude-haiku-4-5-20251001"


@dataclass
class Terminal:
    """A process with a terminal as its standard input, and what it said so far."""

    process: subprocess.Popen[bytes]
    keyboard: int
    said: list[bytes] = field(default_factory=list)

    def types(self, line: str) -> None:
        os.write(self.keyboard, f"{line}\n".encode())

    def until(self, text: str, seconds: float = 60) -> Self:
        """Wait until it says this, on standard output or error."""
        assert self.process.stdout is not None
        os.set_blocking(self.process.stdout.fileno(), False)
        deadline = time.monotonic() + seconds
        while text not in self.all():
            assert time.monotonic() < deadline, self.all()
            assert self.process.poll() is None or text in self._read(), self.all()
            self._read()
            time.sleep(0.02)
        return self

    def all(self) -> str:
        return b"".join(self.said).decode()

    def ended(self) -> int:
        code = self.process.wait(60)
        self._read()
        return code

    def _read(self) -> str:
        assert self.process.stdout is not None
        self.said.append(self.process.stdout.read() or b"")
        return self.all()


@pytest.fixture
def own(demo_store: Path, tmp_path: Path) -> Path:
    """Settings of a copy of the sample bill."""
    shutil.copy(demo_store.parent / "costs.duckdb", tmp_path / "costs.duckdb")
    return settings(tmp_path)


def settings(folder: Path, **further: object) -> Path:
    places = {"path": str(folder / "costs.duckdb"), "cache_dir": str(folder / "cache")}
    file = folder / "config.yaml"
    file.write_text(json.dumps({"database": places, "tags": ["team", "env"], **further}))
    return file


def environment(double: ModelDouble, **further: str) -> dict[str, str]:
    known = {"PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", ""), "NO_COLOR": "1"}
    keys = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "ANTHROPIC_API_KEY": "sk-x"}
    return {**known, **keys, "ANTHROPIC_BASE_URL": double.url, "COLUMNS": "80", **further}


def line(file: Path, *words: str) -> list[str]:
    return [*PROGRAM, "query", *words, "--model", MODEL, "--config", str(file), "--as-of", "2026-09-01"]


def asked(file: Path, double: ModelDouble, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        line(file, *words), env=environment(double), capture_output=True, text=True, check=False, timeout=120,
        stdin=subprocess.DEVNULL, cwd=file.parent,
    )  # fmt: skip


@contextmanager
def terminal(file: Path, double: ModelDouble, *words: str, **further: str) -> Iterator[Terminal]:
    keyboard, its_end = pty.openpty()
    process = subprocess.Popen(
        line(file, *words), env=environment(double, **further), stdin=its_end, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, cwd=file.parent,
    )  # fmt: skip
    os.close(its_end)
    try:
        yield Terminal(process, keyboard)
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
        os.close(keyboard)


@pytest.fixture
def double() -> Iterator[Callable[..., ModelDouble]]:
    started: list[ModelDouble] = []

    def start(*answers: object) -> ModelDouble:
        started.append(ModelDouble(*answers).__enter__())
        return started[-1]

    yield start
    for each in started:
        each.__exit__(None, None, None)


Double = Callable[..., ModelDouble]


def test_the_answer_is_alone_on_standard_output(own: Path, double: Double) -> None:
    done = asked(own, double(says), QUESTION)
    assert done.returncode == 0, done.stderr
    assert "2. Amazon SageMaker: 8,376.89 USD" in done.stdout
    assert "rests on daily_cost_summary · sample · net-amortized · 2026-08-01..2026-08-31" in done.stdout
    assert done.stderr == "· cost_trend(period='2026-08', group_by='service', top=3)\n"
    assert (own.parent / "agent-calls.jsonl").exists()


def test_json_holds_the_answer_and_what_it_took(own: Path, double: Double) -> None:
    document = json.loads(asked(own, double(says), QUESTION, "--format", "json").stdout)
    assert document["calls"] == ["cost_trend(period='2026-08', group_by='service', top=3)"]
    assert document["untraced"] == []
    assert document["tokens"] == 2400
    assert document["usd"] > 0
    assert document["answer"].endswith("Total: 57,937.71 USD")


def test_a_question_is_needed(own: Path, double: Double) -> None:
    done = asked(own, double("no"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "-i" in done.stderr


def test_a_limit_ends_with_five(own: Path, double: Double) -> None:
    file = settings(own.parent, agent={"max_agent_iterations": 1})
    done = asked(file, double(["So far.\n", Use("loaded_data")]), QUESTION)
    assert done.returncode == 5
    assert "So far." in done.stdout
    assert "The answer is partial: 1 model calls are used up" in done.stderr


def test_what_writes_is_refused_where_nobody_sits(own: Path, double: Double) -> None:
    server = double(Use("import_cost_explorer", {"days": 5}), "I was not allowed to.")
    done = asked(own, server, "Import five days")
    assert done.returncode == 0
    assert "Nobody is here to allow it." in done.stderr


def test_an_empty_database_is_no_data_where_nobody_sits(tmp_path: Path, double: Double) -> None:
    done = asked(settings(tmp_path), double("no"), QUESTION)
    assert done.returncode == 6


def test_an_empty_database_is_filled_after_a_yes(tmp_path: Path, double: Double) -> None:
    first = date(2026, 8, 2)
    days = [first + timedelta(days=n) for n in range(30)]
    with CostExplorerDouble([Charge(day, "AWS Lambda", unblended="10") for day in days]) as explorer:
        server = double(Use("cost_trend", {"period": "2026-08", "group_by": "total"}), "It was 300.00 USD.")
        urls = {"AWS_ENDPOINT_URL_COST_EXPLORER": explorer.url, "AWS_ENDPOINT_URL": "http://127.0.0.1:9"}
        with terminal(settings(tmp_path), server, "What was the total?", **urls) as told:
            told.until("import_cost_explorer(days=30), at most 0.0").until("[y/N]").types("y")
            told.until("It was 300.00 USD.")
            assert told.ended() == 0
        assert "The database is empty." in told.all()


def test_a_session_remembers_and_ctrl_c_stops_an_answer_only(own: Path, double: Double) -> None:
    server = double(says, says, HANG, "Still here.")
    with terminal(own, server, "-i") as told:
        told.until("> ").types(QUESTION)
        told.until("Total: 57,937.71 USD").until("2,400 tokens").types("Go on for ever")
        while len(server.asked) < 3:
            time.sleep(0.05)
        told.process.send_signal(signal.SIGINT)
        told.until("Stopped.").types("Are you there?")
        told.until("Still here.")
        assert QUESTION in json.dumps(server.asked[-1].body["messages"])
        told.types("exit")
        assert told.ended() == 0


def test_a_yes_lets_the_model_write(own: Path, double: Double) -> None:
    said = Use("record_feedback", {"anomaly_id": "9f2c70565d19", "feedback": "YES", "note": "real"})
    with terminal(own, double(said, "Kept."), "It was real") as told:
        told.until("record_feedback(anomaly_id='9f2c70565d19'").until("[y/N]").types("y")
        told.until("Kept.")
        assert told.ended() == 0
    calls = [json.loads(each) for each in (own.parent / "agent-calls.jsonl").read_text().splitlines()]
    assert [(call["tool"], call["outcome"]) for call in calls] == [("record_feedback", "done")]


def test_ctrl_c_stops_a_tool_that_works_at_once(own: Path, double: Double) -> None:
    endless = "SELECT sum(a.range * b.range % 7) FROM range(900000) a, range(900000) b"
    server = double(Use("query_database", {"sql": endless}), "Still here.")
    with terminal(own, server, "-i") as told:
        told.until("> ").types("Go on for ever")
        told.until("query_database(")
        time.sleep(0.5)
        began = time.monotonic()
        told.process.send_signal(signal.SIGINT)
        told.until("Stopped.").types("Are you there?")
        told.until("Still here.")
        assert time.monotonic() - began < 5, "a statement may take ten seconds"
        told.types("exit")
        assert told.ended() == 0
    calls = [json.loads(each) for each in (own.parent / "agent-calls.jsonl").read_text().splitlines()]
    assert [call["outcome"] for call in calls] == ["stopped"]


def test_nobody_advertises_in_the_terminal(own: Path, double: Double) -> None:
    screen, its_end = pty.openpty()
    known = {**environment(double(says)), "TERM": "xterm"}
    done = subprocess.run(
        line(own, QUESTION), env=known, stdin=its_end, stdout=its_end, stderr=its_end, check=False,
        timeout=120, cwd=own.parent,
    )  # fmt: skip
    os.close(its_end)
    told = os.read(screen, 65_536).decode()
    os.close(screen)
    assert done.returncode == 0
    assert "Total: 57,937.71 USD" in told
    assert "pydantic" not in told.lower()
