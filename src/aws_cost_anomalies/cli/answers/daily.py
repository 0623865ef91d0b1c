"""A daily run, printed: what was read, what was told, what went wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from aws_cost_anomalies.cli import tables
from aws_cost_anomalies.cli.answers.alerts import PrintedAlerts, alert_object
from aws_cost_anomalies.cli.answers.ingested import PrintedIngest
from aws_cost_anomalies.cli.screen import Screen
from aws_cost_anomalies.daily import Report
from aws_cost_anomalies.model.answers import Ingested


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """A run for one reader."""

    report: Report
    as_of: date

    def show(self, screen: Screen) -> None:
        """Print the bills, the alerts and the summary."""
        if self.report.bills:
            self._ingest.show(screen)
            screen.show(tables.blank())
        if self._alerts is not None:
            self._alerts.show(screen)
        screen.show(tables.caption(self.report.summary))

    def document(self) -> dict[str, object]:
        """Its JSON document."""
        ingest = self._ingest.document()
        alerts = self._alerts.document() if self._alerts else self._unjudged()
        problems = [
            {"problem": p.message, "hint": p.hint or None, "exit_code": p.exit_code}
            for p in self.report.problems
        ]
        summary = {"good": not problems, "summary": self.report.summary, "problems": problems}
        return {"as_of": self.as_of, **summary, **ingest, **alerts}

    def rows(self) -> Iterator[Sequence[object]]:
        """A CSV row per alert."""
        yield from self._alerts.rows() if self._alerts else ()

    def _unjudged(self) -> dict[str, object]:
        """The same keys where nothing was judged; what was in the outbox is sent all the same."""
        return {
            "data_source": None,
            "through": None,
            "dry_run": False,
            "alerts": [alert_object(entry) for entry in self.report.delivered],
            "held_back": [],
            "gaps": [],
            "unanswered": [],
            "narration": {"tokens": 0, "usd": 0.0},
        }

    @property
    def _ingest(self) -> PrintedIngest:
        return PrintedIngest(Ingested(self.report.bills, self.report.paid_requests), self.as_of)

    @property
    def _alerts(self) -> PrintedAlerts | None:
        if self.report.decided is None:
            return None
        return PrintedAlerts(self.report.decided, self.report.delivered, self.as_of)
