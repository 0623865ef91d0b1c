"""Dispatch: alerts out of the outbox to their channels, at least once each, every possible repeat labelled.

An attempt is on record before it is made and its receipt after it, so a process that dies between the two
leaves an alert that may have arrived: it is sent again with the same key, and says that it may be a repeat.
Knows the outbox and the joint of notifiers; knows no platform.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from aws_cost_anomalies.errors import CostAnomaliesError, StoreBusy
from aws_cost_anomalies.model.alert import Delivery, OutboxEntry, Receipt
from aws_cost_anomalies.model.ports import Notifier
from aws_cost_anomalies.store import Store
from aws_cost_anomalies.store.writer import Writer

LEASE = timedelta(minutes=30)
"""An attempt without a receipt for so long was broken off."""
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 900.0
"""Seconds before the second attempt, doubled with each; and the most."""
MOST_DOUBLINGS = 10
GIVEN_UP_AFTER = timedelta(days=4)
"""A channel that was down over a weekend still gets its alerts; later they are no news any more."""
LEAST_ATTEMPTS = 3
"""Nothing is given up before, however old it was when it was tried first."""
MOST_AMBIGUOUS = 3
AMBIGUOUS_PAUSE = 6 * 3600.0
"""Seconds to the next, after so many attempts that may each have arrived: more would annoy."""
ON_ITS_WAY = (Delivery.PENDING, Delivery.SENDING, Delivery.AMBIGUOUS)
FOR_THE_LOCK = 60
"""Seconds to wait for another writer before a receipt is given up; the alert then counts as broken off."""


class Dispatch:
    """The way from the outbox to the channels."""

    def __init__(
        self,
        store: Store,
        notifier: Callable[[str], Notifier],
        *,
        now: datetime,
        wait: Callable[[float], None],
        patience: float = 120.0,
    ) -> None:
        """Send nothing yet.

        Args:
            store: with the outbox.
            notifier: of a channel's name. May raise what `errors` knows; the alert then waits for the next
                run.
            now: aware; the time goes on with every wait.
            wait: lets seconds pass.
            patience: seconds to wait in all for channels that ask for time.
        """
        self._store = store
        self._notifier = notifier
        self._now = now
        self._wait = wait
        self._patience = patience
        self._waited = 0.0

    def deliver(self) -> Iterator[OutboxEntry]:
        """Each alert that is due, after each attempt; ends when none will be due within the patience."""
        done: OutboxEntry | None = None
        while True:
            entry = self._next(done)
            if done is not None:
                yield done
            if entry is None:
                done = None
                if not self._rest():
                    return
                continue
            done = self._attempted(entry)

    def _next(self, done: OutboxEntry | None) -> OutboxEntry | None:
        """The next alert that is due, claimed; what became of the one before is written down with it."""
        if done is None and not any(self._is_due(entry) for entry in self._store.alerts(ON_ITS_WAY)):
            return None
        with self._writing() as writer:
            if done is not None:
                writer.save_alerts([done])
            due = next((entry for entry in writer.alerts(ON_ITS_WAY) if self._is_due(entry)), None)
            if due is None:
                return None
            claimed = replace(
                due,
                delivery=Delivery.SENDING,
                attempts=due.attempts + 1,
                not_before=self._moment + LEASE,
                may_repeat=due.may_repeat or due.delivery is Delivery.SENDING,
            )
            writer.save_alerts([claimed])
            return claimed

    def _attempted(self, entry: OutboxEntry) -> OutboxEntry:
        """The alert after one attempt."""
        try:
            notifier = self._notifier(entry.channel)
        except CostAnomaliesError as error:
            detail = " ".join(filter(None, (error.message, error.hint)))
            return self._after(entry, Receipt(Delivery.PENDING, detail, retry_after=LONGEST_PAUSE))
        thread = self._store.first_of_thread(entry.channel, entry.message.thread)
        receipt = notifier.send(entry.message, reply_to=thread, may_repeat=entry.may_repeat)
        return self._after(entry, receipt)

    def _after(self, entry: OutboxEntry, receipt: Receipt) -> OutboxEntry:
        told = replace(entry, delivery=receipt.delivery, detail=receipt.detail, not_before=None)
        match receipt.delivery:
            case Delivery.SENT:
                return replace(told, reference=receipt.reference, sent_at=self._moment)
            case Delivery.FAILED:
                return told
        is_ambiguous = receipt.delivery is Delivery.AMBIGUOUS
        told = replace(told, may_repeat=entry.may_repeat or is_ambiguous)
        is_old = self._moment - entry.created_at >= GIVEN_UP_AFTER
        if is_old and entry.attempts >= LEAST_ATTEMPTS:
            detail = f"gave up after {entry.attempts} attempts; the last: {receipt.detail}"
            return replace(told, delivery=Delivery.FAILED, detail=detail)
        pause = min(FIRST_PAUSE * 2 ** min(entry.attempts - 1, MOST_DOUBLINGS), LONGEST_PAUSE)
        # Only what may have arrived before waits so long: a first doubt is worth one labelled attempt.
        if is_ambiguous and entry.may_repeat and entry.attempts >= MOST_AMBIGUOUS:
            pause = AMBIGUOUS_PAUSE
        seconds = max(pause, receipt.retry_after or 0.0)
        return replace(told, not_before=self._moment + timedelta(seconds=seconds))

    def _rest(self) -> bool:
        """Wait until the next alert is due; whether there is one within the patience."""
        waiting = [entry.not_before for entry in self._store.alerts(ON_ITS_WAY) if entry.not_before]
        if not waiting:
            return False
        seconds = max((min(waiting) - self._moment).total_seconds(), 0.0)
        if self._waited + seconds > self._patience:
            return False
        self._pause(seconds)
        return True

    def _is_due(self, entry: OutboxEntry) -> bool:
        is_time = entry.not_before is None or entry.not_before <= self._moment
        return entry.delivery in ON_ITS_WAY and is_time

    @property
    def _moment(self) -> datetime:
        return self._now + timedelta(seconds=self._waited)

    def _pause(self, seconds: float) -> None:
        self._wait(seconds)
        self._waited += seconds

    @contextmanager
    def _writing(self) -> Iterator[Writer]:
        """The one writer, waited for. Raises: StoreBusy when another one does not end."""
        with ExitStack() as entered:
            yield self._writer(entered)

    def _writer(self, entered: ExitStack) -> Writer:
        for _ in range(FOR_THE_LOCK):
            try:
                return entered.enter_context(self._store.writing(self._now))
            except StoreBusy:
                self._pause(1.0)
        return entered.enter_context(self._store.writing(self._now))
