"""Alerts leave the outbox: none is lost, and what may repeat says so."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from alert_kills import kill_many
from daily_bills import LATER

from aws_cost_anomalies.dispatch import Dispatch
from aws_cost_anomalies.errors import SettingsError, StoreBusy
from aws_cost_anomalies.model.alert import Delivery, OutboxEntry, Reason, Receipt, Told
from aws_cost_anomalies.model.message import Message
from aws_cost_anomalies.store import Store

SENT = Receipt(Delivery.SENT, "ok", reference="ts1")
AMBIGUOUS = Receipt(Delivery.AMBIGUOUS, "no answer within 10 s")
BUSY = Receipt(Delivery.PENDING, "429 too many requests", retry_after=30.0)
REFUSED = Receipt(Delivery.FAILED, "404 no_service")


class Channel:
    """A channel that answers as it is told, and remembers what it was asked."""

    def __init__(self, answers: Iterable[Receipt] = ()) -> None:
        self._answers: Iterator[Receipt] = iter(answers)
        self.asked: list[tuple[str, str, bool]] = []

    def send(self, message: Message, *, reply_to: str = "", may_repeat: bool = False) -> Receipt:
        self.asked.append((message.key, reply_to, may_repeat))
        return next(self._answers, SENT)


class Clockwork:
    """A wait that takes no time."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.waits.append(seconds)


def entry(key: str = "a", *, thread: str = "t", channel: str = "ops", minutes: int = 0) -> OutboxEntry:
    created = LATER + timedelta(minutes=minutes)
    message = Message(key, "EC2 +100.00 USD", "EC2 cost more.", thread)
    told = (Told("0123", 100.0),)
    return OutboxEntry(key, "all", channel, Reason.NEW, "first seen", told, message, created)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "costs.duckdb")


Deliver = Callable[..., list[Delivery]]


@pytest.fixture
def deliver(store: Store) -> Deliver:
    """Deliver what is due, and say what became of each attempt."""

    def _deliver(channel: Channel, *, now: datetime = LATER, wait: Clockwork | None = None) -> list[Delivery]:
        dispatch = Dispatch(store, lambda _: channel, now=now, wait=wait or Clockwork())
        return [each.delivery for each in dispatch.deliver()]

    return _deliver


def put(store: Store, *entries: OutboxEntry) -> None:
    with store.writing(LATER) as writer:
        writer.save_findings([], entries)


def test_what_is_pending_is_sent_once_the_oldest_first(store: Store, deliver: Deliver) -> None:
    put(store, entry("b", minutes=1), entry("a"))
    channel = Channel()
    assert deliver(channel, now=LATER + timedelta(hours=1)) == [Delivery.SENT, Delivery.SENT]
    assert [key for key, _, _ in channel.asked] == ["a", "b"]
    assert deliver(channel) == []
    first = store.alerts()[0]
    assert (first.reference, first.attempts, first.detail) == ("ts1", 1, "ok")
    assert first.sent_at == LATER + timedelta(hours=1)


def test_an_empty_outbox_writes_nothing(store: Store, deliver: Deliver) -> None:
    assert deliver(Channel()) == []
    assert not store.exists()


def test_a_channel_that_asks_for_time_gets_it(store: Store, deliver: Deliver) -> None:
    put(store, entry())
    wait = Clockwork()
    assert deliver(Channel([BUSY, BUSY]), wait=wait) == [Delivery.PENDING, Delivery.PENDING, Delivery.SENT]
    assert wait.waits == [30.0, 30.0]
    assert not store.alerts()[0].may_repeat


def test_a_channel_that_asks_for_little_time_again_and_again_is_not_given_up(
    store: Store, deliver: Deliver
) -> None:
    put(store, entry())
    wait = Clockwork()
    last = deliver(Channel([replace(BUSY, retry_after=1.0)] * 30), wait=wait)[-1]
    assert last is Delivery.PENDING
    assert wait.waits == [2.0, 4.0, 8.0, 16.0, 32.0]


def test_patience_ends_and_the_next_run_goes_on(store: Store, deliver: Deliver) -> None:
    put(store, entry())
    hour = replace(BUSY, retry_after=3600.0)
    assert deliver(Channel([hour])) == [Delivery.PENDING]
    assert deliver(Channel(), now=LATER + timedelta(minutes=50)) == []
    assert deliver(Channel(), now=LATER + timedelta(minutes=61)) == [Delivery.SENT]


def test_one_that_waits_holds_nobody_up(store: Store, deliver: Deliver) -> None:
    put(store, entry("a"), entry("b"))
    channel = Channel([BUSY])
    assert deliver(channel) == [Delivery.PENDING, Delivery.SENT, Delivery.SENT]
    assert [key for key, _, _ in channel.asked] == ["a", "b", "a"]


def test_what_may_have_arrived_is_sent_again_and_says_so(store: Store, deliver: Deliver) -> None:
    put(store, entry())
    channel = Channel([AMBIGUOUS])
    assert deliver(channel) == [Delivery.AMBIGUOUS, Delivery.SENT]
    assert [may_repeat for _, _, may_repeat in channel.asked] == [False, True]


def test_what_may_have_arrived_three_times_waits_for_later_runs_of_some_days(
    store: Store, deliver: Deliver
) -> None:
    put(store, entry())
    channel = Channel([AMBIGUOUS] * 6)
    assert deliver(channel) == [Delivery.AMBIGUOUS] * 3
    assert deliver(channel, now=LATER + timedelta(minutes=10)) == [], "three in a run are enough"
    for day in (1, 2):
        assert deliver(channel, now=LATER + timedelta(days=day)) == [Delivery.AMBIGUOUS]
    assert deliver(channel, now=LATER + timedelta(days=4)) == [Delivery.FAILED]
    assert store.alerts()[0].detail == "gave up after 6 attempts; the last: no answer within 10 s"
    assert deliver(channel, now=LATER + timedelta(days=5)) == []


def test_a_channel_that_failed_for_a_moment_has_it_from_the_next_run_once(
    store: Store, deliver: Deliver
) -> None:
    put(store, entry())
    channel = Channel([AMBIGUOUS] * 3)
    deliver(channel)
    assert deliver(channel, now=LATER + timedelta(days=1)) == [Delivery.SENT]
    assert deliver(channel, now=LATER + timedelta(days=2)) == []
    assert [may_repeat for _, _, may_repeat in channel.asked] == [False, True, True, True]


def test_what_is_old_when_it_is_tried_first_is_tried_three_times(store: Store, deliver: Deliver) -> None:
    put(store, entry())
    busy = Channel([replace(BUSY, retry_after=1.0)] * 9)
    done = deliver(busy, now=LATER + timedelta(days=30))
    assert done == [Delivery.PENDING, Delivery.PENDING, Delivery.FAILED]


def test_a_first_doubt_after_a_busy_channel_is_not_given_up(store: Store, deliver: Deliver) -> None:
    put(store, entry())
    channel = Channel([replace(BUSY, retry_after=1.0)] * 4 + [AMBIGUOUS])
    assert deliver(channel)[-2:] == [Delivery.AMBIGUOUS, Delivery.SENT]
    assert channel.asked[-1] == ("a", "", True)


def test_a_final_refusal_is_not_tried_again_and_the_rest_goes_on(store: Store, deliver: Deliver) -> None:
    put(store, entry("a"), entry("b"))
    assert deliver(Channel([REFUSED])) == [Delivery.FAILED, Delivery.SENT]
    assert deliver(Channel()) == []
    assert store.alerts()[0].detail == "404 no_service"


def test_an_attempt_is_on_record_before_it_is_made(store: Store, deliver: Deliver) -> None:
    put(store, entry())

    class Dies(Channel):
        def send(self, message: Message, *, reply_to: str = "", may_repeat: bool = False) -> Receipt:
            (on_record,) = store.alerts()
            assert (on_record.delivery, on_record.attempts) == (Delivery.SENDING, 1)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliver(Dies())
    channel = Channel()
    assert deliver(channel, now=LATER + timedelta(minutes=27)) == [], "another process may be at it"
    assert deliver(channel, now=LATER + timedelta(minutes=30)) == [Delivery.SENT]
    assert channel.asked == [("a", "", True)]


def test_a_channel_that_cannot_be_built_waits_for_the_next_run(store: Store) -> None:
    put(store, entry())

    def missing(name: str) -> Channel:
        raise SettingsError(f"No channel {name!r} is configured.", "Add it.")

    dispatch = Dispatch(store, missing, now=LATER, wait=Clockwork())
    (told,) = dispatch.deliver()
    assert (told.delivery, told.detail) == (Delivery.PENDING, "No channel 'ops' is configured. Add it.")
    assert not told.may_repeat


def test_a_follow_up_goes_into_the_thread_of_the_first_notice(store: Store, deliver: Deliver) -> None:
    put(store, entry("a"))
    deliver(Channel())
    put(
        store,
        entry("b", minutes=1),
        entry("c", thread="other", minutes=2),
        entry("d", channel="x", minutes=3),
    )
    channel = Channel()
    deliver(channel, now=LATER + timedelta(hours=1))
    assert [(key, thread) for key, thread, _ in channel.asked] == [("b", "ts1"), ("c", ""), ("d", "")]


def test_another_writer_is_waited_for(store: Store) -> None:
    put(store, entry())
    descriptor = os.open(store.path.with_name(f"{store.path.name}.lock"), os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        fcntl.flock(descriptor, fcntl.LOCK_UN)

    dispatch = Dispatch(store, lambda _: Channel(), now=LATER, wait=wait)
    assert [each.delivery for each in dispatch.deliver()] == [Delivery.SENT]
    os.close(descriptor)
    assert waits == [1.0]


def test_the_pause_doubles_up_to_a_quarter_of_an_hour(store: Store) -> None:
    put(store, entry())
    wait = Clockwork()
    channel = Channel([Receipt(Delivery.PENDING, "429")] * 20)
    done = list(Dispatch(store, lambda _: channel, now=LATER, wait=wait, patience=2822.0).deliver())
    assert wait.waits == [2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 900.0, 900.0]
    assert [each.attempts for each in done] == list(range(1, 13))
    assert {each.delivery for each in done} == {Delivery.PENDING}


def test_a_wait_as_long_as_the_patience_is_waited(store: Store) -> None:
    put(store, entry())
    for patience, waits in ((29.9, []), (30.0, [30.0])):
        wait = Clockwork()
        now = LATER if patience < 30 else LATER + timedelta(hours=1)
        list(Dispatch(store, lambda _: Channel([BUSY]), now=now, wait=wait, patience=patience).deliver())
        assert wait.waits == waits


def test_time_goes_on_with_every_wait(store: Store) -> None:
    put(store, entry())
    dispatch = Dispatch(store, lambda _: channel, now=LATER, wait=Clockwork())
    channel = Channel([BUSY])
    busy, sent = dispatch.deliver()
    assert busy.not_before == LATER + timedelta(seconds=30)
    assert (sent.sent_at, sent.not_before) == (LATER + timedelta(seconds=30), None)


def test_a_doubt_is_remembered_through_what_comes_after(store: Store, deliver: Deliver) -> None:
    put(store, entry())
    channel = Channel([AMBIGUOUS, BUSY])
    assert deliver(channel) == [Delivery.AMBIGUOUS, Delivery.PENDING, Delivery.SENT]
    assert [may_repeat for _, _, may_repeat in channel.asked] == [False, True, True]


def test_a_follow_up_needs_the_first_notice_s_name_and_its_own_channel(
    store: Store, deliver: Deliver
) -> None:
    nameless = replace(entry("a"), delivery=Delivery.SENT)
    put(store, nameless, replace(entry("b", channel="x", minutes=1), delivery=Delivery.SENT, reference="ts7"))
    put(store, entry("c", minutes=2))
    channel = Channel()
    deliver(channel)
    assert channel.asked == [("c", "", False)]


def test_a_channel_that_cannot_be_built_is_tried_again_in_a_quarter_of_an_hour(store: Store) -> None:
    put(store, entry())

    def missing(name: str) -> Channel:
        raise SettingsError(f"No channel {name!r}.", "")

    (told,) = Dispatch(store, missing, now=LATER, wait=Clockwork()).deliver()
    assert (told.detail, told.not_before) == ("No channel 'ops'.", LATER + timedelta(minutes=15))


def test_a_writer_that_never_ends_is_waited_for_a_minute(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aws_cost_anomalies.store.lock._TRIES", 1)
    put(store, entry())
    descriptor = os.open(store.path.with_name(f"{store.path.name}.lock"), os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    wait = Clockwork()
    try:
        with pytest.raises(StoreBusy):
            list(Dispatch(store, lambda _: Channel(), now=LATER, wait=wait).deliver())
    finally:
        os.close(descriptor)
    assert wait.waits == [1.0] * 60


def test_no_alert_is_lost_and_no_repeat_goes_unsaid_when_senders_are_killed(tmp_path: Path) -> None:
    tally = kill_many(6, tmp_path)
    assert tally.kills == 6
    assert tally.alerts >= 15
