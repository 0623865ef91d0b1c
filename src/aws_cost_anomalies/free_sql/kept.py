"""One worker kept between statements, so that the next one need not wait until a process has started.

What is kept is somebody to ask, with everything he does about a worker that failed, grew old, fell asleep or
reads a store that is no longer the published one. Knows no limits of its own.
"""

from __future__ import annotations

import atexit
import threading
from functools import cache
from pathlib import Path

from aws_cost_anomalies.free_sql.free_sql import FreeSql
from aws_cost_anomalies.free_sql.rows import Rows


class Kept:
    """At most one idle worker; statements that come at the same time each have one of their own."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._lock = threading.Lock()
        self._idle: tuple[Path, FreeSql] | None = None

    def ask(self, snapshot: Path, sql: str) -> Rows:
        """The answer of one SELECT over a published store. Raises: as `FreeSql.ask`."""
        place = snapshot.resolve()
        free_sql = self._taken(place)
        try:
            return free_sql.ask(sql)
        finally:
            self._keep((place, free_sql))

    def close(self) -> None:
        """End the worker that is kept."""
        self._keep(None)

    def _taken(self, snapshot: Path) -> FreeSql:
        with self._lock:
            if self._idle is not None and self._idle[0] == snapshot:
                (_, kept), self._idle = self._idle, None
                return kept
        return FreeSql(snapshot)

    def _keep(self, newer: tuple[Path, FreeSql] | None) -> None:
        with self._lock:
            older, self._idle = self._idle, newer
        if older is not None:
            older[1].close()


@cache
def kept() -> Kept:
    """The one of this process; its worker ends with the process."""
    made = Kept()
    atexit.register(made.close)
    return made
