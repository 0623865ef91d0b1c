"""The work of a day: what is tried again, and what a run says when nothing works."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alert_kills import Inbox, inbox
from daily_bills import LATER, days_of, load, range_bill

from aws_cost_anomalies import App, Settings
from aws_cost_anomalies.daily import Report
from aws_cost_anomalies.errors import MissingLocation, NotDelivered, StaleData
from aws_cost_anomalies.model.alert import Delivery, OutboxEntry, Reason
from aws_cost_anomalies.model.answers import Asked, Wanted
from aws_cost_anomalies.model.message import Message
from aws_cost_anomalies.model.period import Period


@pytest.fixture
def taken() -> Iterator[Inbox]:
    with inbox() as listening:
        yield listening


@pytest.fixture
def app(tmp_path: Path, taken: Inbox) -> App:
    hook = {"name": "ops", "kind": "webhook", "url": taken.url, "allow_private": True}
    database = {"path": tmp_path / "costs.duckdb", "cache_dir": tmp_path / "cache"}
    return App(Settings.model_validate({"channels": [hook], "database": database}), now=LATER)


def entry(key: str, delivery: Delivery, **fields: object) -> OutboxEntry:
    message = Message(key, f"title of {key}", "text", key)
    one = OutboxEntry(key, "all", "ops", Reason.NEW, "first seen", (), message, LATER, delivery)
    return replace(one, **fields)


def test_what_waits_and_what_failed_lately_is_tried_again_and_nothing_older(app: App, taken: Inbox) -> None:
    later, attempts = LATER + timedelta(hours=6), 12
    before = (
        entry("lately", Delivery.FAILED, attempts=attempts, created_at=LATER - timedelta(days=13)),
        entry("long ago", Delivery.FAILED, attempts=attempts, created_at=LATER - timedelta(days=15)),
        entry("asked to wait", Delivery.PENDING, attempts=1, not_before=later),
        entry("in doubt", Delivery.AMBIGUOUS, attempts=1, not_before=later, may_repeat=True),
        entry("on its way", Delivery.SENDING, attempts=1, not_before=later),
        entry("done", Delivery.SENT, attempts=1),
    )
    with app.store.writing(LATER) as writer:
        writer.save_alerts(before)
    assert app.daily.given_up() == 1
    assert app.daily.try_again() == 3
    sent = {each.alert_id: each.may_repeat for each in app.daily.deliver(lambda _: None)}
    assert sent == {"lately": False, "asked to wait": False, "in doubt": True}
    assert len(taken.arrived) == 3
    assert app.daily.try_again() == 0


def test_a_run_that_could_read_nothing_tells_one_trouble(app: App, tmp_path: Path) -> None:
    wanted = Wanted(source="focus", path=str(tmp_path / "gone.csv"))
    *_, report = app.run([wanted], Asked(), wait=lambda _: None)
    assert isinstance(report, Report)
    assert [type(problem) for problem in report.problems] == [MissingLocation]
    assert report.summary.startswith("billing periods: none read; ")


@pytest.mark.parametrize(("age", "is_told"), [(1, False), (4, False), (5, True), (90, True)])
def test_a_run_that_nothing_new_comes_to_is_no_good_one(
    app: App, taken: Inbox, *, age: int, is_told: bool
) -> None:
    last = LATER.date() - timedelta(days=age)
    bill = Period.ending(last, 60)
    load(app.store, range_bill(bill), days_of(bill.start, ["10"] * 60))
    *_, report = app.run([], Asked(), wait=lambda _: None)
    assert isinstance(report, Report)
    assert [type(problem) for problem in report.problems] == [StaleData] * is_told
    assert (f"The newest cost data is of {last}, {age} days ago" in report.summary) is is_told
    assert [run.is_good for run in app.store.runs()] == [not is_told]
    much_later = App(app.settings, now=LATER + timedelta(hours=37))
    much_later.daily.call_out()
    list(much_later.daily.deliver(lambda _: None))
    assert len(taken.arrived) == 1


def test_the_sample_bill_never_ages(app: App) -> None:
    """`run --source sample`, an example of its help, would end with 5 on every day but those of the bill."""
    bill = Period.ending(LATER.date() - timedelta(days=90), 60)
    load(app.store, range_bill(bill, source="sample"), days_of(bill.start, ["10"] * 60))
    *_, report = app.run([], Asked(), wait=lambda _: None)
    assert isinstance(report, Report)
    assert not report.problems


def test_old_data_after_an_ingest_that_failed_is_no_second_trouble(app: App, tmp_path: Path) -> None:
    bill = Period.ending(LATER.date() - timedelta(days=30), 60)
    load(app.store, range_bill(bill), days_of(bill.start, ["10"] * 60))
    wanted = Wanted(source="focus", path=str(tmp_path / "gone.csv"))
    *_, report = app.run([wanted], Asked(), wait=lambda _: None)
    assert isinstance(report, Report)
    assert [type(problem) for problem in report.problems] == [MissingLocation]


def test_where_a_channel_alone_was_down_its_recovery_is_no_news_that_nobody_looks(
    app: App, taken: Inbox
) -> None:
    """Days of 100, 900 on the last, and a channel whose secret is not there for two days."""
    last = LATER.date() - timedelta(days=1)
    bill = Period.ending(last, 60)
    load(app.store, range_bill(bill), days_of(bill.start, ["100"] * 59 + ["900"]))
    hook = {"name": "ops", "kind": "webhook", "url": "env:NO_SUCH_HOOK", "allow_private": True}
    down = Settings.model_validate({**app.settings.model_dump(), "channels": [hook]})
    for hours in (0, 20, 40):
        moment = LATER + timedelta(hours=hours)
        *_, report = App(down, as_of=LATER.date(), now=moment).run([], Asked(), wait=lambda _: None)
        assert [type(problem) for problem in report.problems] == [NotDelivered]
    waiting = [str(each.reason) for each in app.store.alerts()]
    assert waiting == ["new", "no_good_run"]
    moment = LATER + timedelta(hours=64)
    *_, report = App(app.settings, as_of=LATER.date(), now=moment).run([], Asked(), wait=lambda _: None)
    assert report.problems == ()
    assert [(str(each.reason), each.delivery) for each in app.store.alerts()] == [("new", Delivery.SENT)]
    assert len(taken.arrived) == 1
