"""The last part of the line: a bill moves, a channel hears of it once, and hears of the end."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from alert_kills import Inbox, inbox
from cur_deliveries import daily, deliver
from http_double import HttpDouble

from aws_cost_anomalies import App, Settings
from aws_cost_anomalies.errors import UnknownAnomaly, WithdrawnAnomaly
from aws_cost_anomalies.model.alert import Delivery, OutboxEntry
from aws_cost_anomalies.model.anomaly import Feedback, Status
from aws_cost_anomalies.model.answers import Asked, LoadedBill, Wanted

pytestmark = pytest.mark.slow

FIRST = date(2026, 7, 1)
MORNING = datetime(2026, 9, 1, 7, tzinfo=UTC)
USUAL = [100.0] * 60


@pytest.fixture
def taken() -> Iterator[Inbox]:
    with inbox() as listening:
        yield listening


class Team:
    """A team with one bill and one channel, morning after morning."""

    def __init__(self, open_app: Callable[..., App], bill: Path, hook: Inbox) -> None:
        self.open_app, self.bill, self.hook = open_app, bill, hook

    def app(self, day: int, **flags: object) -> App:
        """As of the day after so many days of the bill."""
        as_of = FIRST + timedelta(days=day)
        now = datetime(as_of.year, as_of.month, as_of.day, 7, tzinfo=UTC)
        hook = {"name": "hook", "kind": "webhook", "url": self.hook.url, "allow_private": True}
        return self.open_app(as_of, now=now, **{"channels": [hook], "database.settle_hours": 0, **flags})

    def morning(self, costs: list[float], *, day: int | None = None, **flags: object) -> list[str]:
        """What the channel is told when the bill says this: reason and title."""
        deliver(self.bill, daily(FIRST, costs), execution=str(len(costs)) + str(sum(costs)))
        app = self.app(day or len(costs), **flags)
        steps = list(app.run([Wanted(source="cur", path=str(self.bill))], Asked(), wait=lambda _: None))
        report = steps[-1]
        assert report.problems == (), report.summary
        assert {step.status for step in steps if isinstance(step, LoadedBill)} <= {"loaded", "unchanged"}
        sent = [step for step in steps if isinstance(step, OutboxEntry)]
        assert all(entry.delivery is Delivery.SENT for entry in sent)
        return [str(entry.reason) for entry in sent]


@pytest.fixture
def team(open_app: Callable[..., App], tmp_path: Path, taken: Inbox) -> Team:
    return Team(open_app, tmp_path / "bill", taken)


def test_a_step_is_told_followed_and_ended_once_each(team: Team) -> None:
    assert team.morning([*USUAL, 300.0]) == ["new"]
    assert team.morning([*USUAL, 300.0]) == [], "the same morning again"
    assert team.morning([*USUAL, 300.0, 300.0]) == ["grew"]
    assert team.morning([*USUAL, 300.0, 300.0, 300.0]) == []
    for back in (1, 2):
        assert team.morning([*USUAL, *[300.0] * 3, *[100.0] * back]) == [], "it may pause"
    assert team.morning([*USUAL, *[300.0] * 3, *[100.0] * 3]) == ["resolved"]
    assert team.morning([*USUAL, *[300.0] * 3, *[100.0] * 4]) == []
    assert len(team.hook.arrived) == 3
    ids = {
        one["anomaly_id"]
        for entry in team.app(66).store.alerts()
        for one in entry.message.payload["anomalies"]
    }
    assert len(ids) == 1, "one anomaly from its first day to its end"


def test_after_a_no_neither_its_growth_nor_its_end_is_told_but_a_far_odder_day_is(team: Team) -> None:
    assert team.morning([*USUAL, 300.0]) == ["new"]
    app = team.app(61)
    ((told,),) = (entry.told for entry in app.store.alerts())
    app.give_feedback(app.feedback_effect(told.anomaly_id, Feedback.NO, Asked()), note="")
    for more in (1, 2, 3):
        assert team.morning([*USUAL, 300.0, *[305.0] * more]) == [], "it lasts"
    for back in (1, 2, 3, 4):
        assert team.morning([*USUAL, 300.0, *[305.0] * 3, *[100.0] * back]) == [], "it ends"
    assert team.morning([*USUAL, 300.0, 305.0, 900.0], day=63) == ["grew"]


def test_what_a_restated_bill_takes_back_is_withdrawn_once(team: Team) -> None:
    assert team.morning([*USUAL, 300.0]) == ["new"]
    restated = [*USUAL, 100.0, 100.0]
    assert team.morning(restated) == ["withdrawn"]
    assert team.morning(restated) == []
    (anomaly,) = team.app(62).store.anomalies()
    assert anomaly.status is Status.WITHDRAWN
    (shown,) = team.app(62).store.anomalies()
    assert shown.impact.total_impact == pytest.approx(200.0, abs=1.0)


def test_what_was_over_when_it_was_told_is_withdrawn_too_and_stays_listed(team: Team) -> None:
    assert team.morning([*USUAL, 300.0, 100.0, 100.0]) == ["new"]
    restated = [*USUAL, 100.0, 100.0, 100.0]
    assert team.morning(restated) == ["withdrawn"]
    assert team.morning(restated) == []
    (listed,) = team.app(63).detect(Asked()).withdrawn
    assert (listed.status, listed.start_date) == (Status.WITHDRAWN, FIRST + timedelta(days=60))
    assert team.app(63).detect(Asked(), days=1).withdrawn == (), "of the days looked at"
    (held,) = team.app(63).alerts(Asked()).held_back
    assert held.because == "it was told that it was withdrawn"
    assert team.morning([*USUAL, 300.0, 100.0, 100.0]) == ["grew"], "the bill has it again"
    assert team.app(63).detect(Asked()).withdrawn == ()


def test_a_daily_digest_that_spoke_before_the_restatement_tells_of_it_the_day_after(team: Team) -> None:
    daily_mail = {"name": "mail", "channels": ["hook"], "frequency": "daily"}
    told = {"subscriptions": [daily_mail]}
    assert team.morning([*USUAL, 300.0, 100.0], **told) == ["digest"]
    restated = [*USUAL, 100.0, 100.0]
    assert team.morning(restated, **told) == [], "the same day"
    assert team.morning([*restated, 100.0], **told) == ["digest"]
    assert team.app(63).store.alerts()[-1].because == "1 anomaly: 1 withdrawn"
    assert team.morning([*restated, 100.0, 100.0], **told) == []


def test_what_was_withdrawn_is_neither_explained_nor_judged_but_said(team: Team) -> None:
    team.morning([*USUAL, 300.0, 100.0, 100.0])
    (alert,) = team.app(63).store.alerts()
    number = alert.told[0].anomaly_id
    deliver(team.bill, daily(FIRST, [*USUAL, 100.0, 100.0, 100.0]), execution="restated")
    app = team.app(63)
    list(app.ingest(app.plan_ingest(Wanted(source="cur", path=str(team.bill)))))
    what = "a restated bill took back the cost spike in Amazon Elastic Compute Cloud"
    for when in ("with the data through 2026-09-01", "on 2026-09-02"):
        app = team.app(63)
        with pytest.raises(WithdrawnAnomaly, match=f"{number}.* withdrawn {when}: {what}") as asked:
            app.explain(number[:6], Asked())
        assert "on 2026-08-30, +200.00 USD." in asked.value.message
        assert "trends --restatements" in asked.value.hint
        for word in Feedback:
            with pytest.raises(WithdrawnAnomaly, match=when):
                app.feedback_effect(number, word, Asked())
        assert app.store.feedback() == {}
        list(app.run([], Asked(), wait=lambda _: None))
    with pytest.raises(UnknownAnomaly):
        app.explain("0" * 12, Asked())


def test_before_it_is_told_anomalies_shows_what_the_restatement_takes_back(team: Team) -> None:
    team.morning([*USUAL, 300.0])
    deliver(team.bill, daily(FIRST, [*USUAL, 100.0, 100.0]), execution="restated")
    app = team.app(62)
    list(app.ingest(app.plan_ingest(Wanted(source="cur", path=str(team.bill)))))
    found = app.detect(Asked())
    assert found.anomalies == ()
    assert [one.status for one in found.withdrawn] == [Status.WITHDRAWN]


def test_a_first_run_does_not_dig_up_old_stories(team: Team) -> None:
    assert team.morning([*USUAL[:45], 900.0, *USUAL[:14]]) == []
    held = team.app(60).alerts(Asked()).held_back
    assert ["more than 7 days before the last data" in each.because for each in held] == [True]


def test_the_demo_bill_tells_slack_each_alert_once_however_often_it_runs(
    demo_store: Path, tmp_path: Path
) -> None:
    shutil.copy(demo_store.parent / "costs.duckdb", tmp_path / "costs.duckdb")
    with HttpDouble() as slack:
        hook = {
            "name": "finops",
            "kind": "slack",
            "url": f"{slack.url}/services/T0/B0/x",
            "allow_private": True,
        }
        settings = Settings.load(
            demo_store, environment={}, flags={"database.path": tmp_path / "costs.duckdb", "channels": [hook]}
        )
        for now in (MORNING, MORNING + timedelta(hours=1)):
            app = App(settings, as_of=MORNING.date(), now=now)
            *_, report = app.run([], Asked(), wait=lambda _: None)
            assert report.problems == ()
        told = [asked.json["text"] for asked in slack.asked]
    assert len(told) == len(set(told)) == 7
    assert sum("SageMaker" in text for text in told) == 1
    assert {entry.delivery for entry in app.store.alerts()} == {Delivery.SENT}


def test_every_message_says_what_who_how_much_and_since_when(team: Team) -> None:
    team.morning([*USUAL, 300.0])
    (entry,) = team.app(61).store.alerts()
    told = json.dumps([entry.message.title, entry.message.text, repr(entry.message.blocks)])
    for fact in ("Amazon Elastic Compute Cloud", "111111111111", "300.00", "2026-08-30", "explain"):
        assert fact in told, fact


def test_a_planned_change_is_not_told(team: Team, tmp_path: Path) -> None:
    (tmp_path / "planned.yaml").write_text(
        "- {scope: {service: Amazon Elastic Compute Cloud}, days: 2026-08-29..2026-08-31, owner: ann}\n"
    )
    assert team.morning([*USUAL, 300.0]) == []
    (held,) = team.app(61).alerts(Asked()).held_back
    assert held.because.startswith("planned by ann")


def test_a_run_whose_bill_is_missing_still_judges_what_is_there_and_says_so(
    team: Team, tmp_path: Path
) -> None:
    assert team.morning([*USUAL, 300.0]) == ["new"]
    app = team.app(62)
    *_, report = app.run([Wanted(source="cur", path=str(tmp_path / "gone"))], Asked(), wait=lambda _: None)
    assert [type(problem).__name__ for problem in report.problems] == ["MissingLocation"]
    assert report.decided is not None
    assert [(run.is_good, run.started_at.day) for run in app.store.runs()] == [(True, 31), (False, 1)]


def test_too_long_without_a_good_run_is_told_once(team: Team, tmp_path: Path) -> None:
    team.morning(USUAL)
    for day, said in ((61, 0), (62, 1), (63, 1)):
        app = team.app(day)
        *_, report = app.run(
            [Wanted(source="cur", path=str(tmp_path / "gone"))], Asked(), wait=lambda _: None
        )
        assert report.problems
        notices = [entry for entry in app.store.alerts() if entry.reason == "no_good_run"]
        assert len(notices) == said, day
    assert "since 2026-08-30 07:00 UTC" in notices[0].because
