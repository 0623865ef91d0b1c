"""Every day: bills in, verdicts, alerts decided and sent, the run on record; safe to repeat or start twice.

Knows the order of these and what one failing means for the rest; knows no door.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from aws_cost_anomalies import kinds
from aws_cost_anomalies.alerting.compose import compose
from aws_cost_anomalies.alerting.known import Known
from aws_cost_anomalies.alerts import Alerts, Decided, subscriptions
from aws_cost_anomalies.dispatch import Dispatch
from aws_cost_anomalies.errors import (
    CostAnomaliesError,
    NoData,
    NotDelivered,
    PartialResult,
    StaleData,
    StoreBusy,
)
from aws_cost_anomalies.ingestion import Ingestion
from aws_cost_anomalies.model.alert import Alert, Delivery, OutboxEntry, Reason, Run, alert_id
from aws_cost_anomalies.model.answers import Asked, LoadedBill, Wanted
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.store import Store
from aws_cost_anomalies.views import TOLD_DAYS

REMEMBERED = timedelta(days=14)
"""So long a failed alert is spoken of, and may be tried again: older news is none."""
LATE = timedelta(days=4)
"""Every source has told of a day by then."""


class Watch(StrEnum):
    """What a look at the record of runs says."""

    WELL = "well"
    SILENT = "silent"
    NEVER_RAN = "never_ran"


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """What a run did.

    Attributes:
        bills: what was looked at.
        paid_requests: to Cost Explorer.
        decided: None when nothing could be judged.
        attempts: every attempt to send, in order.
        problems: what went wrong, the worst first; empty after a good run.
    """

    bills: tuple[LoadedBill, ...] = ()
    paid_requests: int = 0
    decided: Decided | None = None
    attempts: tuple[OutboxEntry, ...] = ()
    problems: tuple[CostAnomaliesError, ...] = ()

    @property
    def delivered(self) -> tuple[OutboxEntry, ...]:
        """Each alert as it stood after its last attempt."""
        return tuple({entry.alert_id: entry for entry in self.attempts}.values())

    @property
    def summary(self) -> str:
        """What was read, paid, found and sent, in one sentence."""
        counts = Counter(bill.status for bill in self.bills)
        read = ", ".join(f"{count} {status}" for status, count in sorted(counts.items())) or "none read"
        live = len(self.decided.followed) if self.decided else 0
        sent = sum(entry.delivery is Delivery.SENT for entry in self.delivered)
        parts = [f"billing periods: {read}"]
        if self.paid_requests:
            parts.append(f"{_counted(self.paid_requests, 'request')} paid")
        in_view = f"{live} anomal{'y' if live == 1 else 'ies'} in view"
        parts.append(f"{in_view}, {_counted(sent, 'alert')} sent")
        parts.extend(gap.lack for gap in (self.decided.gaps if self.decided else ()))
        parts.extend(problem.message.rstrip(".") for problem in self.problems)
        return "; ".join(parts)


class Daily:
    """The work of a day, and what watches over it."""

    def __init__(self, settings: Settings, store: Store, *, as_of: date, now: datetime) -> None:
        """Open nothing yet; arguments as App's."""
        self._settings = settings
        self._store = store
        self._as_of = as_of
        self._now = now
        self._ingestion = Ingestion(settings, store, as_of=as_of, now=now)

    def run(
        self, sources: Sequence[Wanted], asked: Asked, *, wait: Callable[[float], None]
    ) -> Iterator[LoadedBill | Decided | OutboxEntry | Report]:
        """Each step as it is done, the report last; a step that fails does not stop the ones after it.

        Args:
            sources: what to ingest; none for none.
            asked: what is judged of what is in the store then.
            wait: lets seconds pass.

        Raises:
            StoreBusy: another run is at work.
        """
        self._store.bring_up_to_date(self._now)
        report = Report()
        for wanted in sources:
            for step in self._ingested(wanted, report):
                if isinstance(step, Report):
                    report = step
                else:
                    yield step
        try:
            decided = self.decided(asked, wait=wait)
            self.keep(decided)
            report = _with(replace(report, decided=decided), *self._stale(decided, report))
            if not report.problems:
                self._take_back_notices()
            yield decided
        except CostAnomaliesError as problem:
            report = _unjudged(report, problem)
        for entry in self.deliver(wait):
            report = replace(report, attempts=(*report.attempts, entry))
            yield entry
        report = _with(report, *_undelivered(report))
        self._record(report)
        for entry in self.deliver(wait):
            report = replace(report, attempts=(*report.attempts, entry))
            yield entry
        yield report

    def decided(
        self, asked: Asked, *, days: int = TOLD_DAYS, wait: Callable[[float], object] | None = None
    ) -> Decided:
        """Who is to be told what of the anomalies of the last `days` days; writes and sends nothing.

        With `wait`, which lets seconds pass, CloudTrail is asked who did it where the settings want that.
        """
        alerts = Alerts(self._settings, self._store, as_of=self._as_of, now=self._now, wait=wait)
        with self._store.one_version():
            return alerts.decided(asked, days=days)

    def keep(self, decided: Decided) -> None:
        """Remember today's anomalies and put the alerts in the outbox, in one transaction."""
        with self._store.writing(self._now) as writer:
            writer.save_findings(decided.followed, decided.entries)

    def deliver(self, wait: Callable[[float], None]) -> Iterator[OutboxEntry]:
        """Every alert that is due, after each attempt; `wait` lets seconds pass."""
        dispatch = Dispatch(
            self._store, lambda name: kinds.notifier(self._settings, name), now=self._now, wait=wait
        )
        return dispatch.deliver()

    def given_up(self) -> int:
        """How many alerts of the last weeks no channel ever took."""
        return len(self._lately(self._store.alerts([Delivery.FAILED])))

    def at_work(self) -> list[OutboxEntry]:
        """Alerts that a sender took and has put no receipt on record for: it is at work, or was killed.

        Nobody can tell which before its time is up; from `not_before` on any run sends them again.
        """
        sending = self._store.alerts([Delivery.SENDING])
        return [entry for entry in sending if entry.not_before and entry.not_before > self._now]

    def waiting(self) -> int:
        """How many alerts are still to be sent, when their channel is asked again."""
        return len(self._store.alerts([Delivery.PENDING, Delivery.AMBIGUOUS]))

    def try_again(self) -> int:
        """Make due at once what waits, and what failed for good in the last weeks; how many.

        What a killed sender left counts as soon as its time is up.
        """
        with self._store.writing(self._now) as writer:
            failed = self._lately(writer.alerts([Delivery.FAILED]))
            waiting = writer.alerts([Delivery.PENDING, Delivery.AMBIGUOUS])
            again = [replace(entry, not_before=None) for entry in waiting]
            taken = writer.alerts([Delivery.SENDING])
            again += [e for e in taken if e.not_before is None or e.not_before <= self._now]
            again += [replace(e, delivery=Delivery.PENDING, attempts=0, not_before=None) for e in failed]
            writer.save_alerts(again)
        return len(again)

    def _lately(self, entries: Iterable[OutboxEntry]) -> list[OutboxEntry]:
        return [entry for entry in entries if self._now - entry.created_at <= REMEMBERED]

    def call_out(self) -> Watch:
        """Put a notice in the outbox when there was no good run for too long; what the record of runs says.

        A good run that never was counts from the first one on record. The hourly watch may be the first to
        meet a store of an older version, so it brings it up to date.
        """
        self._store.bring_up_to_date(self._now)
        runs = self._store.runs()
        good = max((run.started_at for run in runs if run.is_good), default=None)
        began = good or min((run.started_at for run in runs), default=None)
        if began is None:
            return Watch.NEVER_RAN
        if self._now - began <= timedelta(hours=self._settings.alerts.silent_hours):
            return Watch.WELL
        because = "there was no good run " + (f"since {good:%Y-%m-%d %H:%M} UTC" if good else "yet")
        if runs and not runs[-1].is_good:
            because += f"; the last one: {runs[-1].summary}"
        entries = [
            self._notice(each.name, channel, because=because, outage=str(began))
            for each in subscriptions(self._settings)
            for channel in each.channels
        ]
        with self._store.writing(self._now) as writer:
            writer.save_findings([], entries)
        return Watch.SILENT

    def _ingested(self, wanted: Wanted, report: Report) -> Iterator[LoadedBill | Report]:
        """Each billing period of one source, then the report with them."""
        bills: list[LoadedBill] = []
        paid = 0
        problems: list[CostAnomaliesError] = []
        try:
            job = self._ingestion.planned(wanted)
            try:
                for bill in self._ingestion.run(job):
                    bills.append(bill)
                    yield bill
            finally:
                paid = job.source.paid_requests
        except StoreBusy:
            raise
        except CostAnomaliesError as problem:
            problems.append(problem)
        problems += [PartialResult(bill.problem, bill.hint) for bill in bills if bill.status == "failed"]
        done = replace(report, bills=(*report.bills, *bills), paid_requests=report.paid_requests + paid)
        yield _with(done, *problems)

    def _stale(self, decided: Decided, report: Report) -> list[StaleData]:
        """That nothing new has come for days, unless a trouble that is told already says why.

        An export that is delivered no more fails nowhere: each run would be a good one, and silent for ever.
        The sample bill never ages.
        """
        age = self._as_of - decided.through
        if age <= LATE or report.problems or decided.data_source == "sample":
            return []
        return [StaleData(decided.through, days=age.days)]

    def _record(self, report: Report) -> None:
        """Write the run down, and call out when good ones have been missing for too long."""
        with self._store.writing(self._now) as writer:
            writer.record_run(Run(self._now, is_good=not report.problems, summary=report.summary))
        if report.problems:
            self.call_out()

    def _take_back_notices(self) -> None:
        """Forget notices that nobody looks which never arrived: somebody looked, a channel alone was down."""
        never = self._store.alerts([Delivery.PENDING, Delivery.FAILED])
        ids = [entry.alert_id for entry in never if entry.reason is Reason.NO_GOOD_RUN]
        if ids:
            with self._store.writing(self._now) as writer:
                writer.forget_alerts(ids)

    def _notice(self, subscription: str, channel: str, *, because: str, outage: str) -> OutboxEntry:
        """That nobody looked; once for every outage."""
        reason = Reason.NO_GOOD_RUN
        key = alert_id(subscription, channel, reason=reason, what={"": outage})
        alert = Alert(key, subscription, channel, reason, because, ())
        message = compose(alert, Known({}, narratives={}, account_names={}, link=self._settings.alerts.link))
        return OutboxEntry(key, subscription, channel, reason, because, (), message, self._now)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _with(report: Report, *problems: CostAnomaliesError) -> Report:
    """The report with more problems, the worst first."""
    every = sorted((*report.problems, *problems), key=lambda problem: problem.transient)
    return replace(report, problems=tuple(every))


def _unjudged(report: Report, problem: CostAnomaliesError) -> Report:
    """The report when nothing could be judged. Raises: StoreBusy, which ends the run."""
    if isinstance(problem, StoreBusy):
        raise problem
    # After an ingest that failed there is nothing to judge because of that: one trouble, told once.
    is_consequence = isinstance(problem, NoData) and bool(report.problems)
    return report if is_consequence else _with(report, problem)


def _undelivered(report: Report) -> list[CostAnomaliesError]:
    """What could not be sent, one problem per channel."""
    failed = [entry for entry in report.delivered if entry.delivery is not Delivery.SENT]
    by_channel = {entry.channel: entry for entry in failed}
    return [NotDelivered(channel, entry.detail) for channel, entry in by_channel.items()]
