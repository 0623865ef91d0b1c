"""What can be asked of the store.

A question opens the published version, reads and closes it again, unless `one_version` holds one open. What
only the writer or a rare question needs is imported there: most runs of the program ask one thing and end.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from aws_cost_anomalies import private
from aws_cost_anomalies.errors import NoData, StoreUnreadable
from aws_cost_anomalies.model.load import ApiCall, Coverage, Load, Overlap, Restatement
from aws_cost_anomalies.model.panel import Panel, PanelQuery
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Scope
from aws_cost_anomalies.store import coverage, schema
from aws_cost_anomalies.store.cover import Cover, cover
from aws_cost_anomalies.store.failures import told_plainly
from aws_cost_anomalies.store.lateness import Settling, late_services
from aws_cost_anomalies.store.loads import newest_loads, restatement
from aws_cost_anomalies.store.opening import Connection, is_there, reading
from aws_cost_anomalies.store.siblings import read_panels
from aws_cost_anomalies.store.statements import statement

if TYPE_CHECKING:
    from aws_cost_anomalies.model.alert import Delivery, OutboxEntry, Run
    from aws_cost_anomalies.model.anomaly import Anomaly, Feedback, Said
    from aws_cost_anomalies.model.aws_anomaly import AwsAnomaly
    from aws_cost_anomalies.model.followed import Followed
    from aws_cost_anomalies.model.gap import Gap
    from aws_cost_anomalies.store.writer import Published, Writer

SETTLE_HOURS = 24
_Answer = TypeVar("_Answer")


class _Held(threading.local):
    """The version that a thread's questions are answered from, and what it answered so far."""

    connection: Connection | None = None
    version: str = ""
    answers: dict[Hashable, Any] | None = None


class Store:
    """The daily charges, the load records and what was found in them. Safe to share between threads.

    A store that was never written answers like an empty one. Every question may raise StoreUnreadable.
    """

    def __init__(
        self,
        path: Path,
        *,
        settle_hours: Mapping[str, int] | int = SETTLE_HOURS,
        published: Published | None = None,
    ) -> None:
        """Open nothing yet.

        Args:
            path: the file.
            settle_hours: how long after the end of a day its charges are complete, per data source; the
                entry "" stands for all others.
            published: called after each publication, before the writer goes on; what it raises ends its work.
        """
        with told_plainly(path, "looking for it"):
            self.path = Path(os.path.realpath(path)) if path.is_symlink() else path
        self._settle_hours = {"": settle_hours} if isinstance(settle_hours, int) else settle_hours
        self._published = published
        self._held = _Held()
        self._names: tuple[str, dict[str, str]] = ("", {})

    def exists(self) -> bool:
        """Whether anything was ever published."""
        with told_plainly(self.path, "looking for it"):
            return is_there(self.path)

    def version(self) -> str:
        """What tells the version published now from every other; empty when there is none."""
        with told_plainly(self.path, "looking for it"):
            if not is_there(self.path):
                return ""
            file = self.path.stat()
        return f"{file.st_ino:x}-{file.st_mtime_ns:x}-{file.st_size:x}"

    def coverage(self, as_of: date) -> tuple[Coverage, ...]:
        """What is loaded of each data source that has charges before `as_of`."""
        with self._reading() as connection:
            if connection is None:
                return ()
            return self._once(("coverage", as_of), lambda: coverage.coverage(connection, as_of, self._settle))

    def panel(self, query: PanelQuery, *, as_of: date) -> Panel:
        """The panel of a query; a day after `as_of` is unknown.

        Raises:
            InvalidArgument: a dimension or metric that daily charges do not have.
            MixedCurrencies: there are several, and none was chosen.
            NoData: no charge of the slice in the period, or none that states the metric.
        """
        return self.panels([query], as_of=as_of)[0]

    def panels(self, queries: Iterable[PanelQuery], *, as_of: date) -> list[Panel]:
        """The panels of several queries, all of one version of the store. Raises: as `panel`."""
        with self._reading() as connection:
            if connection is None:
                raise NoData("in the database")
            return read_panels(
                connection,
                tuple(queries),
                lambda data_source: self._loads(connection, data_source),
                as_of=as_of,
                settling=lambda data_source: self._settling(connection, data_source, as_of),
            )

    def gaps(self, query: PanelQuery, *, as_of: date) -> tuple[Gap, ...]:
        """The gaps in the days of a query: what the whole bill lacks, whatever slice is asked about.

        Raises: InvalidArgument, MixedCurrencies: as `panel`.
        """
        from aws_cost_anomalies.analysis.missing import LEARNED, WATCHED, missing_charges

        days = replace(query.period, start=query.period.start - LEARNED)
        try:
            panel = self.panel(replace(query, period=days, group_by=WATCHED, within=Scope()), as_of=as_of)
        except NoData:
            return ()
        return missing_charges(panel, query.period)

    def loads(self, data_source: str | None = None) -> tuple[Load, ...]:
        """The newest load of each bill."""
        with self._reading() as connection:
            return self._loads(connection, data_source) if connection else ()

    def loaded_days(self, data_source: str, period: Period, *, as_of: date) -> tuple[date, ...]:
        """The days of a period before `as_of` that a load of this data source speaks for."""
        found = self.cover(data_source, period, as_of=as_of).covered
        return tuple(day for day, is_there in zip(period, found, strict=True) if is_there and day < as_of)

    def cover(self, data_source: str, period: Period, *, as_of: date) -> Cover:
        """Which days of a period the loads of a data source speak for, and which of them are settled."""
        return cover(self.loads(data_source), period, as_of=as_of, settle_hours=self._settle(data_source))

    def overlaps(self) -> tuple[Overlap, ...]:
        """The bills, two and two, that hold the same charges: none, but in a store of an older version."""
        from aws_cost_anomalies.store import twice

        with self._reading() as connection:
            return twice.overlaps(connection) if connection else ()

    def restatements(self) -> tuple[Restatement, ...]:
        """The closed days that any load moved, in order of the loads."""
        return tuple(restatement(row) for row in self._rows("restatements"))

    def account_names(self) -> dict[str, str]:
        """Account id → its newest name, asked once of a version: an answer and its table both need them."""
        version = self._held.version or self.version()
        known, names = self._names
        if known != version:
            names = {str(account): str(name) for account, name in self._rows("account_names")}
            self._names = version, names
        return dict(names)

    def tag_keys(self) -> tuple[str, ...]:
        """Every tag key that a charge has."""
        return tuple(str(key) for (key,) in self._rows("tag_keys"))

    def api_calls(self, period: Period | None = None) -> tuple[ApiCall, ...]:
        """The ledger of paid calls, the oldest first."""
        from aws_cost_anomalies.store import ledger

        with self._reading() as connection:
            return ledger.calls(connection, period) if connection else ()

    def anomalies(self) -> tuple[Anomaly, ...]:
        """Every anomaly saved, each with the last word of the people on it."""
        return tuple(each.anomaly for each in self.followed())

    def followed(self) -> tuple[Followed, ...]:
        """Every anomaly saved, and what it was seen in."""
        from aws_cost_anomalies.store import findings

        with self._reading() as connection:
            return findings.every_followed(connection) if connection else ()

    def alerts(self, on: Sequence[Delivery] | None = None) -> tuple[OutboxEntry, ...]:
        """The outbox, or what of it is on these ways, the oldest first."""
        from aws_cost_anomalies.store import outbox

        with self._reading() as connection:
            return outbox.alerts(connection, on) if connection else ()

    def first_of_thread(self, channel: str, thread: str) -> str:
        """The platform's name of the first message of a thread; empty when there is none."""
        found = self._rows("first_of_thread", channel=channel, thread=thread)
        return str(found[0][0]) if found else ""

    def runs(self) -> tuple[Run, ...]:
        """Every daily run, the oldest first."""
        from aws_cost_anomalies.store import outbox

        with self._reading() as connection:
            return outbox.every_run(connection) if connection else ()

    def aws_anomalies(self) -> tuple[AwsAnomaly, ...]:
        """Every anomaly of AWS Cost Anomaly Detection that was imported, the oldest first."""
        from aws_cost_anomalies.store import aws_anomalies

        with self._reading() as connection:
            return aws_anomalies.every_aws_anomaly(connection) if connection else ()

    def feedback(self) -> dict[str, Feedback]:
        """Anomaly id → the last word of the people on it."""
        from aws_cost_anomalies.store import findings

        with self._reading() as connection:
            return findings.every_feedback(connection) if connection else {}

    def said(self, anomaly_id: str) -> tuple[Said, ...]:
        """Every word of the people on an anomaly, the oldest first."""
        from aws_cost_anomalies.store import findings

        with self._reading() as connection:
            return findings.words_on(connection, anomaly_id) if connection else ()

    def bring_up_to_date(self, now: datetime) -> None:
        """Take the steps of the schema that a store of an older version lacks; any other stays as it is.

        Raises: StoreBusy, DiskFull: as `writing`.
        """
        if self.exists():
            with reading(self.path) as connection:
                is_older = schema.is_older(connection, self.path)
            if is_older:
                with self.writing(now) as writer:
                    writer.bring_up_to_date()

    @contextmanager
    def one_version(self) -> Iterator[None]:
        """Within the block, this thread's questions are answered from the version published at its start.

        They agree with each other whatever a writer does meanwhile, and the file is opened once.
        """
        # Told before the file is opened: what comes in between is kept under a name nobody asks for again.
        version = self._held.version or self.version()
        with self._reading() as connection:
            before = self._held.connection, self._held.version, self._held.answers
            self._held.connection, self._held.version = connection, version
            self._held.answers = before[2] if connection is before[0] else {}
            try:
                yield
            finally:
                self._held.connection, self._held.version, self._held.answers = before

    @contextmanager
    def writing(self, now: datetime) -> Iterator[Writer]:
        """The one writer; what it did is published at the end, and given up when an error ends the block.

        Args:
            now: recorded with every load, aware.

        Raises:
            StoreBusy: another writer is at work; names its pid and since when.
            DiskFull: the version before stays.
        """
        from aws_cost_anomalies.store.lock import writer_lock
        from aws_cost_anomalies.store.writer import Writer

        if "?" in str(self.path.absolute()):
            problem = "DuckDB takes what follows a question mark for no part of the name"
            raise StoreUnreadable(self.path, problem, "Choose a place without one for `database.path`.")
        with told_plainly(self.path, "making its folder"):
            private.make_folder(self.path.parent)
        with writer_lock(self.path, now):
            writer = Writer(self.path, now=now, settle_hours=self._settle, published=self._published)
            try:
                yield writer
                writer.publish()
            finally:
                writer.discard()

    def _settle(self, data_source: str) -> int:
        return self._settle_hours.get(data_source, self._settle_hours.get("", SETTLE_HOURS))

    def _settling(self, connection: Connection, data_source: str, as_of: date) -> Settling:
        """The hours configured, and what was learned of services that are later."""
        question = ("late", data_source, as_of)
        late = self._once(question, lambda: late_services(connection, data_source, as_of=as_of))
        return Settling(self._settle(data_source), late)

    def _loads(self, connection: Connection, data_source: str | None) -> tuple[Load, ...]:
        return self._once(("loads", data_source), lambda: newest_loads(connection, data_source))

    def _once(self, question: Hashable, ask: Callable[[], _Answer]) -> _Answer:
        """An answer that nobody changes, asked once of a version that `one_version` holds."""
        answers = self._held.answers
        if answers is None:
            return ask()
        if question not in answers:
            answers[question] = ask()
        answer: _Answer = answers[question]
        return answer

    def _rows(self, question: str, **values: object) -> list[tuple[object, ...]]:
        with self._reading() as connection:
            if connection is None:
                return []
            return connection.execute(statement(question, values)).fetchall()

    @contextmanager
    def _reading(self) -> Iterator[Connection | None]:
        """The published version, or None when there is none."""
        if self._held.connection is not None:
            yield self._held.connection
            return
        if not self.exists():
            yield None
            return
        with reading(self.path) as connection:
            schema.check(connection, self.path)
            yield connection
