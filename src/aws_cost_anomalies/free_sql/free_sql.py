"""Who asks: keeps a worker ready, hands it statements, and ends it when it takes too long.

Whatever a statement does to the worker, the program goes on with another one.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aws_cost_anomalies.errors import (
    NoData,
    RefusedStatement,
    StatementFailed,
    StatementTooExpensive,
    StoreUnreadable,
)
from aws_cost_anomalies.free_sql.frames import Ended, Silence, TooLong, hear, say
from aws_cost_anomalies.free_sql.gate import DICTIONARY, ONE_SELECT
from aws_cost_anomalies.free_sql.limits import Limits
from aws_cost_anomalies.free_sql.rows import Rows

_START_SECONDS = 60.0
_PROGRAM = (
    "import sys; sys.path[:] = sys.argv[1:]; from aws_cost_anomalies.free_sql import worker; worker.main()"
)
"""It finds our packages where this process found them, without our environment."""


class FreeSql:
    """Answers of single SELECTs over the published store. A context; safe to share between threads."""

    def __init__(self, snapshot: Path, limits: Limits | None = None) -> None:
        """Start nothing yet.

        Args:
            snapshot: the published store; a version that takes its place is noticed with the next statement.
            limits: what one statement may take.
        """
        self._snapshot = snapshot.resolve()
        self._limits = limits or Limits()
        self._one_at_a_time = threading.Lock()
        self._worker: _Worker | None = None

    def __enter__(self) -> Self:
        """Start a worker, if there is a store, so that the first statement finds it ready."""
        if self._version():
            self._worker = self._started()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the worker."""
        self.close()

    def close(self) -> None:
        """End the worker; another question would start one again."""
        with self._one_at_a_time:
            self._dismiss()

    def ask(self, sql: str) -> Rows:
        """The answer of one SELECT.

        Raises:
            NoData: nothing was ever published.
            StoreUnreadable: the snapshot is not a whole store.
            RefusedStatement: it is not exactly one SELECT over known tables and functions.
            StatementFailed: DuckDB could not run it.
            StatementTooExpensive: it took too long or needed too much memory; it was ended.
        """
        if len(sql) > self._limits.length or "\0" in sql:
            why = f"it is longer than {self._limits.length} characters or holds a null character"
            raise RefusedStatement(why, ONE_SELECT)
        with self._one_at_a_time:
            worker = self._ready()
            try:
                answer = worker.ask(sql, self._limits)
            except (Silence, TooLong, Ended, OSError) as nothing:
                self._replace()
                raise StatementTooExpensive(self._limits.seconds, self._limits.memory_mib) from nothing
            except BaseException:
                self._dismiss()  # who asked was interrupted: its answer would be taken for the next one's
                raise
            if "failed" in answer or worker.asked >= self._limits.statements:
                self._replace()
        return self._told(answer)

    def _told(self, answer: dict[str, Any]) -> Rows:
        if "refused" in answer:
            raise RefusedStatement(answer["refused"], answer["hint"])
        if answer.get("failed") == "memory":
            raise StatementTooExpensive(self._limits.seconds, self._limits.memory_mib)
        if "failed" in answer:
            raise StatementFailed(answer["failed"], DICTIONARY)
        rows = tuple(tuple(row) for row in answer["rows"])
        return Rows(tuple(answer["columns"]), tuple(answer["types"]), rows, tuple(answer["cut"]))

    def _ready(self) -> _Worker:
        """A living worker over the version that is published now."""
        version = self._version()
        if version is None:
            raise NoData("in the database")
        if self._worker is None or not self._worker.is_fit(version):
            self._replace()
        assert self._worker is not None
        try:
            self._worker.wait(_START_SECONDS)
        except (Silence, TooLong, Ended, OSError) as nothing:
            self._dismiss()
            problem = "the process that reads it for free statements could not be started"
            raise StoreUnreadable(self._snapshot, problem, "Try again.") from nothing
        if self._worker.problem:
            problem = self._worker.problem
            self._dismiss()
            raise StoreUnreadable(self._snapshot, problem, "Run `aws-cost-anomalies ingest` again.")
        return self._worker

    def _replace(self) -> None:
        self._dismiss()
        self._worker = self._started()

    def _dismiss(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None

    def _started(self) -> _Worker:
        return _Worker(self._snapshot, self._version(), self._limits)

    def _version(self) -> tuple[int, ...] | None:
        """What tells one published version from another; None when there is none."""
        leftover = self._snapshot.with_name(f"{self._snapshot.name}.wal")
        if leftover.exists():
            hint = f"Close that program, or move {leftover.name} away."
            raise StoreUnreadable(self._snapshot, "another program left changes beside it", hint)
        try:
            found = self._snapshot.stat()
        except FileNotFoundError:
            return None
        return (found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size) if found.st_size else None


class _Worker:
    """One process over one version of the store."""

    def __init__(self, snapshot: Path, version: tuple[int, ...] | None, limits: Limits) -> None:
        """Start it without waiting for it."""
        self.asked = 0
        self.problem = ""
        self._version = version
        self._is_ready = False
        self._awake_until = time.monotonic() + limits.idle / 2
        self._folder = tempfile.mkdtemp(prefix="empty-")
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-c", _PROGRAM, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd=self._folder,
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in, self._out = self._process.stdin, self._process.stdout
        say(self._in.fileno(), {"snapshot": str(snapshot), "limits": asdict(limits)})

    def is_fit(self, version: tuple[int, ...]) -> bool:
        """Whether it lives, reads this version and is not about to end for want of statements."""
        is_awake = time.monotonic() < self._awake_until
        return is_awake and self._version == version and self._process.poll() is None

    def wait(self, seconds: float) -> None:
        """Wait until it is ready. Raises: Silence, TooLong, Ended: it never will be."""
        if not self._is_ready:
            told = hear(self._out.fileno(), seconds=seconds, longest=1 << 16)
            self.problem = str(told["unreadable"]) if isinstance(told, dict) and "unreadable" in told else ""
            self._is_ready = True

    def ask(self, sql: str, limits: Limits) -> dict[str, Any]:
        """What it answers. Raises: Silence, TooLong, Ended, OSError: nothing that can be used."""
        self.asked += 1
        self._awake_until = time.monotonic() + limits.idle / 2
        say(self._in.fileno(), sql)
        answer = hear(self._out.fileno(), seconds=limits.seconds, longest=8 * limits.size + (1 << 20))
        if not isinstance(answer, dict):
            raise Ended
        return answer

    def end(self) -> None:
        """Kill it, at once and for good."""
        self._process.kill()
        self._process.wait()
        self._in.close()
        self._out.close()
        shutil.rmtree(self._folder, ignore_errors=True)
