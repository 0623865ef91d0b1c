"""Everything that changes the store. One method is one transaction on the private copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from aws_cost_anomalies.errors import CostAnomaliesError
from aws_cost_anomalies.model.alert import Delivery, OutboxEntry, Run
from aws_cost_anomalies.model.anomaly import Feedback
from aws_cost_anomalies.model.aws_anomaly import AwsAnomaly
from aws_cost_anomalies.model.bill import DailyCharges, RawBill
from aws_cost_anomalies.model.followed import Followed
from aws_cost_anomalies.model.load import ApiCall, Load
from aws_cost_anomalies.store import aws_anomalies, exactness, forgetting, ledger, outbox, replacing
from aws_cost_anomalies.store.cover import SettleHours
from aws_cost_anomalies.store.failures import told_plainly
from aws_cost_anomalies.store.findings import replace_followed
from aws_cost_anomalies.store.loads import last_load
from aws_cost_anomalies.store.moments import stored, told
from aws_cost_anomalies.store.opening import Connection
from aws_cost_anomalies.store.publication import PrivateCopy
from aws_cost_anomalies.store.statements import statement

Published = Callable[[Path], None]
"""What is told of a new version: where it lies. What it raises ends the writer's work."""


class Writer:
    """The one who may change the store; readers see its changes once they are published.

    A bill that is refused changes nothing. After any other failure, of the disk or the database, what was not
    published is given up; the writer can go on from the published version.
    """

    def __init__(
        self, store: Path, *, now: datetime, settle_hours: SettleHours, published: Published | None = None
    ) -> None:
        """Work on a private copy; the caller holds the lock.

        Args:
            store: the published file.
            now: recorded with every load, aware.
            settle_hours: tells which days of a data source a load finds closed.
            published: called after each publication.
        """
        self._store = store
        self._now = told(stored(now))
        self._settle_hours = settle_hours
        self._published = published
        self._earlier: int | None = None
        self._copy = PrivateCopy(store, stored(now))

    def replace_charges(self, bill: RawBill, charges: DailyCharges) -> Load:
        """The load record of a bill that took the place of what the store held of it.

        A month's bill replaces the bill of that name; a bill of plain days replaces exactly those days. Both
        leave other data sources and exports alone.

        Raises:
            BadBill: line items, daily charges and load record are not exactly equal, another export holds the
                same charges, or another payer's bill has this name; nothing changed.
            DiskFull: nothing changed either.
        """
        hours = self._settle_hours(bill.data_source)
        with self._transaction(f"loading {bill.billing_period} of {bill.export}") as connection:
            if self._earlier is None:
                self._earlier = last_load(connection)
            load = replacing.replace(
                connection, bill, charges, now=self._now, settle_hours=hours, earlier=self._earlier
            )
        with self._or_discard("reading back what was loaded") as (connection, _):
            exactness.check(connection, load)
        return load

    def kinds_of_first_days(self, load: Load) -> int:
        """How many kinds of usage a load has, where all of it stands on first days of months; else 0."""
        unit = {"data_source": load.data_source, "export": load.export, "billing_period": load.billing_period}
        with self._or_discard("reading back what was loaded") as (connection, _):
            found = connection.execute(statement("kinds_of_first_days", unit)).fetchone()
        return int(found[0] or 0) if found else 0

    def forget(self, data_source: str, export: str, month: str | None = None) -> tuple[Load, ...]:
        """Drop what an export has loaded, or one month of it; the records of what was there.

        Raises:
            NoData: nothing of it is loaded.
        """
        with self._transaction(f"dropping {export}") as connection:
            return forgetting.forget(connection, data_source, export, month=month, now=self._now)

    def save_anomalies(self, followed: Sequence[Followed]) -> None:
        """Keep them, each in place of the one with its id; what people said of them is kept apart."""
        with self._transaction("saving anomalies") as connection:
            replace_followed(connection, followed)

    def save_findings(self, followed: Sequence[Followed], alerts: Sequence[OutboxEntry]) -> None:
        """Keep anomalies, and put the alerts that tell of them in the outbox: both, or neither.

        An alert that is in the outbox already stays as it is.
        """
        with self._transaction("saving anomalies and alerts") as connection:
            replace_followed(connection, followed)
            outbox.add_alerts(connection, alerts)

    def alerts(self, on: Sequence[Delivery] | None = None) -> tuple[OutboxEntry, ...]:
        """The outbox, or what of it is on these ways, as this writer sees it."""
        with self._or_discard("reading the outbox") as (connection, _):
            return outbox.alerts(connection, on)

    def save_alerts(self, entries: Sequence[OutboxEntry]) -> None:
        """Keep what became of alerts, each in place of the one with its id."""
        with self._transaction("saving what became of alerts") as connection:
            outbox.replace_alerts(connection, entries)

    def forget_alerts(self, ids: Sequence[str]) -> None:
        """Take alerts out of the outbox that never arrived and are true no longer."""
        with self._transaction("taking alerts back") as connection:
            outbox.forget_alerts(connection, ids)

    def record_run(self, run: Run) -> None:
        """Write a daily run down."""
        with self._transaction("recording the run") as connection:
            outbox.add_run(connection, run)

    def save_feedback(self, anomaly_id: str, feedback: Feedback, *, at: datetime, note: str = "") -> None:
        """Keep what somebody said of an anomaly; the last word counts."""
        said = {"anomaly_id": anomaly_id, "feedback": feedback.value, "note": note, "given_at": stored(at)}
        with self._transaction("saving the feedback") as connection:
            connection.execute(statement("insert_feedback", said))

    def save_aws_anomalies(self, anomalies: Sequence[AwsAnomaly], asked: ApiCall) -> None:
        """Keep what AWS told, each in place of the one with its id, and that it was asked."""
        with self._transaction("saving AWS's anomalies") as connection:
            aws_anomalies.replace_aws_anomalies(connection, anomalies)
            ledger.add_call(connection, asked)

    def record_api_call(self, call: ApiCall) -> None:
        """Add a line to the ledger of paid calls."""
        with self._transaction("recording paid requests") as connection:
            ledger.add_call(connection, call)

    def define_line_items(self, select: str) -> None:
        """Make `cost_line_items` the view of this SELECT over raw files."""
        with self._or_discard("defining the view of line items") as (connection, _):
            connection.execute(statement("define_line_items", select=select))

    def bring_up_to_date(self) -> None:
        """Take the steps of the schema that are missing; every other change does so before it."""
        self._copy.connection()

    def publish(self) -> None:
        """Let readers see everything done so far, and go on."""
        if self._copy.publish() and self._published is not None:
            self._published(self._store)

    def discard(self) -> None:
        """Forget what was not published."""
        self._copy.discard()

    @contextmanager
    def _transaction(self, step: str) -> Iterator[Connection]:
        """Whole or not at all; a bill that is refused leaves the rest of the copy as it was."""
        with self._or_discard(step) as (connection, keep):
            connection.begin()
            try:
                yield connection
            except CostAnomaliesError:
                connection.rollback()
                keep()
                raise
            connection.commit()

    @contextmanager
    def _or_discard(self, step: str) -> Iterator[tuple[Connection, Callable[[], object]]]:
        """The connection to the copy, which is given up when anything fails on it, and a way to spare it."""
        connection = self._copy.connection()
        with told_plainly(self._store, step), ExitStack() as on_failure:
            on_failure.callback(self._copy.discard)
            yield connection, on_failure.pop_all
            on_failure.pop_all()
