"""What the pages are made from: the use cases of today, opened anew when the day or the settings change."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from aws_cost_anomalies.app import App
from aws_cost_anomalies.page.desk import Desk
from aws_cost_anomalies.page.frame import Frame


class Site:
    """One running dashboard. Safe to share between threads."""

    def __init__(
        self,
        open_app: Callable[[date | None], App],
        *,
        frame: Frame,
        config: Path,
        as_of: date | None = None,
    ) -> None:
        """Open nothing yet.

        Args:
            open_app: the use cases as configured now, with the day taken for today; None for the clock's.
            frame: of every page.
            config: the settings file, there or not.
            as_of: the day taken for today; None follows the clock.
        """
        self.frame = frame
        self.config = config
        self._open_app = open_app
        self._as_of = as_of
        self._desk: tuple[date, Desk] | None = None
        self._lock = threading.Lock()

    @property
    def desk(self) -> Desk:
        """The use cases of today."""
        today = self._as_of or datetime.now(UTC).date()  # noqa: TID251 - a door reads the clock
        with self._lock:
            if self._desk is None or self._desk[0] != today:
                self._desk = (today, Desk(self._open_app(self._as_of)))
            return self._desk[1]

    def fresh_app(self) -> App:
        """The use cases with the clock of this moment, to write with."""
        return self._open_app(self._as_of)

    def reopen(self) -> None:
        """Read the settings anew."""
        with self._lock:
            self._desk = None
