"""What the pages are made from: the use cases of today, opened anew when the day or the settings change."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from aws_cost_anomalies.app import App
from aws_cost_anomalies.exploring import Exploring
from aws_cost_anomalies.findings import Watch
from aws_cost_anomalies.kept import Kept
from aws_cost_anomalies.model.alert import OutboxEntry
from aws_cost_anomalies.page.frame import Frame


@dataclass(frozen=True, slots=True)
class Desk:
    """The use cases of one day."""

    app: App
    watch: Watch
    exploring: Exploring


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
        self._names: Kept[dict[str, str]] = Kept(2)
        self._outbox: Kept[tuple[OutboxEntry, ...]] = Kept(2)

    @property
    def desk(self) -> Desk:
        """The use cases of today."""
        today = self._as_of or datetime.now(UTC).date()  # noqa: TID251 - a door reads the clock
        with self._lock:
            if self._desk is None or self._desk[0] != today:
                app = self._open_app(self._as_of)
                watch = app.watch()
                self._desk = (today, Desk(app, watch, app.exploring(watch)))
            return self._desk[1]

    def fresh_app(self) -> App:
        """The use cases with the clock of this moment, to write with."""
        return self._open_app(self._as_of)

    def reopen(self) -> None:
        """Read the settings anew."""
        with self._lock:
            self._desk = None

    def names(self) -> dict[str, str]:
        """Account id → name."""
        store = self.desk.app.store
        return self._names.get(store.version(), store.account_names)

    def outbox(self) -> tuple[OutboxEntry, ...]:
        """Every alert, the oldest first."""
        store = self.desk.app.store
        return self._outbox.get(store.version(), store.alerts)
