"""The record of tool calls: who asked for what, whether it was allowed, what came of it. One JSON line each.

The file lies beside the database with mode 0600 and holds arguments, never results and never secrets.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from aws_cost_anomalies import private
from aws_cost_anomalies.errors import DiskFull, SettingsError

FILE = "agent-calls.jsonl"
LONGEST = 2_000
"""Characters of arguments that are kept."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a tool.

    Attributes:
        door: who asked, e.g. `query`, `mcp`.
        outcome: done, failed, not allowed, stopped (by Ctrl-C) or bug.
        characters: of the answer.
    """

    door: str
    tool: str
    arguments: str
    outcome: str
    seconds: float
    characters: int
    usd: float = 0.0


Record = Callable[[Call], None]


class Audit:
    """Calls written to a file, each before its answer is used."""

    def __init__(self, folder: Path, *, now: datetime) -> None:
        """Open nothing yet; `now` is the moment it is made."""
        self.file = folder / FILE
        self._began, self._monotonic = now, time.monotonic()

    def __call__(self, call: Call) -> None:
        """Append a call. Raises: DiskFull, SettingsError: it cannot be written."""
        now = self._began + timedelta(seconds=time.monotonic() - self._monotonic)
        at = now.isoformat(timespec="seconds")
        line = json.dumps({"at": at, **asdict(call), "arguments": call.arguments[:LONGEST]})
        try:
            private.make_folder(self.file.parent)
            opened = os.open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(opened, "a", encoding="utf-8") as file:
                file.write(line + "\n")
        except OSError as error:
            if isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError):
                problem = f"The record of tool calls {self.file} cannot be written: {error.strerror}."
                raise SettingsError(problem, "Check `database.path` and its folder's rights.") from None
            raise DiskFull(self.file, "writing the record of tool calls") from None
