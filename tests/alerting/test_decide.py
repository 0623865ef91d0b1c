"""Who is told what: each reason has its day, and nobody hears the same twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from aws_cost_anomalies.alerting.decide import decide
from aws_cost_anomalies.alerting.news import Newsworthy, as_told
from aws_cost_anomalies.alerting.routing import Candidate, carriers
from aws_cost_anomalies.model.alert import (
    Alert,
    Decision,
    Delivery,
    Frequency,
    OutboxEntry,
    Reason,
    Subscription,
)
from aws_cost_anomalies.model.anomaly import Anomaly, Feedback, Impact, Kind, RootCause, Severity, Status
from aws_cost_anomalies.model.message import Message
from aws_cost_anomalies.model.scope import Scope

MONDAY = date(2026, 11, 16)
PROD = "111111111111"
EVERYTHING = Subscription("all", ("ops",))


def scope(**values: str) -> Scope:
    return Scope(tuple(values.items()))


def anomaly(number: int = 1, *, impact: float = 100.0, end: date = MONDAY, **fields: object) -> Anomaly:
    one = Anomaly(
        anomaly_id=f"{number:012d}",
        monitor="default",
        scope=scope(ServiceName="Amazon EC2", SubAccountId=PROD),
        kind=Kind.STEP_UP,
        severity=Severity.WARNING,
        status=Status.ONGOING,
        score=9.0,
        start_date=end - timedelta(days=2),
        end_date=end,
        detected_on=end,
        impact=Impact(impact, impact, 200.0 + impact, 200.0, impact / 2, 0.0, 0.0),
    )
    return replace(one, **fields)


class Inbox:
    """What one team has been told so far, day after day."""

    def __init__(self, *subscriptions: Subscription) -> None:
        self.subscriptions = subscriptions or (EVERYTHING,)
        self.history: list[OutboxEntry] = []
        self.looked: date | None = None

    def morning(self, *anomalies: Anomaly | Candidate, day: date = MONDAY) -> Decision:
        candidates = [a if isinstance(a, Candidate) else Candidate(a, carriers(a)) for a in anomalies]
        decision = decide(
            candidates,
            self.subscriptions,
            history=self.history,
            rules=Newsworthy(through=day),
            as_of=day,
            looked=self.looked,
        )
        self.history += [entry(alert, day) for alert in decision.alerts]
        return decision

    def told(self, *anomalies: Anomaly | Candidate, day: date = MONDAY) -> list[str]:
        """The reasons of what is told that day."""
        return [str(alert.reason) for alert in self.morning(*anomalies, day=day).alerts]

    def silent(self, *anomalies: Anomaly | Candidate, day: date = MONDAY) -> str:
        """Why nothing is told that day."""
        decision = self.morning(*anomalies, day=day)
        assert not decision.alerts
        (held,) = decision.held_back
        return held.because


def entry(alert: Alert, day: date) -> OutboxEntry:
    return OutboxEntry(
        alert.alert_id,
        alert.subscription,
        alert.channel,
        alert.reason,
        alert.because,
        tuple(as_told(each) for each in alert.anomalies) if alert.reason is not Reason.HEARTBEAT else (),
        Message(alert.alert_id, "", "", ""),
        datetime(day.year, day.month, day.day, 7, tzinfo=UTC),
        Delivery.SENT,
    )


def days(number: int) -> date:
    return MONDAY + timedelta(days=number)


def test_a_life_is_told_once_at_every_turn() -> None:
    inbox = Inbox()
    assert inbox.told(anomaly()) == ["new"]
    assert inbox.told(anomaly(impact=150.0), day=days(1)) == []
    assert inbox.told(anomaly(impact=220.0), day=days(2)) == ["grew"]
    assert inbox.told(anomaly(impact=300.0), day=days(3)) == []
    assert inbox.told(anomaly(impact=440.0), day=days(4)) == ["grew"]
    assert inbox.told(anomaly(impact=440.0, status=Status.RESOLVED), day=days(5)) == ["resolved"]
    assert inbox.told(anomaly(impact=440.0, status=Status.RESOLVED), day=days(6)) == []
    assert len({each.alert_id for each in inbox.history}) == len(inbox.history)


def test_the_same_morning_twice_says_nothing_new() -> None:
    inbox = Inbox()
    assert inbox.told(anomaly(1), anomaly(2)) == ["new", "new"]
    assert inbox.told(anomaly(1), anomaly(2)) == []


def test_the_reasons_come_with_their_figures() -> None:
    inbox = Inbox()
    (first,) = inbox.morning(anomaly()).alerts
    assert first.because == "going on for 3 days"
    (grew,) = inbox.morning(anomaly(impact=250.0), day=days(1)).alerts
    assert grew.because == "from 100.00 to 250.00"


def test_what_a_restated_bill_takes_back_is_taken_back() -> None:
    inbox = Inbox()
    inbox.told(anomaly())
    assert inbox.told(anomaly(status=Status.WITHDRAWN), day=days(1)) == ["withdrawn"]
    assert inbox.told(anomaly(status=Status.WITHDRAWN), day=days(2)) == []
    assert "withdrawn before anybody" in Inbox().silent(anomaly(status=Status.WITHDRAWN))


def test_what_was_told_as_over_is_taken_back_too() -> None:
    inbox = Inbox()
    assert inbox.told(anomaly(status=Status.RESOLVED)) == ["new"]
    taken_back = anomaly(status=Status.WITHDRAWN)
    assert inbox.told(taken_back, day=days(1)) == ["withdrawn"]
    assert inbox.silent(taken_back, day=days(2)) == "it was told that it was withdrawn"
    assert len({each.alert_id for each in inbox.history}) == 2


def test_what_was_taken_back_waits_for_the_digest_and_is_told_in_one() -> None:
    inbox = Inbox(replace(EVERYTHING, frequency=Frequency.DAILY))
    assert inbox.told(anomaly()) == ["digest"]
    taken_back = anomaly(status=Status.WITHDRAWN)
    assert inbox.silent(taken_back) == "it waits for the next digest"
    (alert,) = inbox.morning(taken_back, day=days(1)).alerts
    assert alert.because == "1 anomaly: 1 withdrawn"
    assert inbox.silent(taken_back, day=days(2)) == "it was told that it was withdrawn"


def test_what_was_over_when_it_was_told_does_not_end_again() -> None:
    inbox = Inbox()
    over = anomaly(status=Status.RESOLVED)
    assert inbox.told(over) == ["new"]
    assert inbox.silent(over, day=days(1)) == "it was told that it is over"


def test_another_cause_is_news() -> None:
    inbox = Inbox()
    inbox.told(anomaly(root_causes=(RootCause(scope(RegionId="us-east-1"), 90.0),)))
    now = anomaly(root_causes=(RootCause(scope(RegionId="eu-west-1"), 80.0),))
    (alert,) = inbox.morning(now, day=days(1)).alerts
    assert alert.reason is Reason.CAUSE_CHANGED
    assert alert.because == "most of it is in eu-west-1 now; it was us-east-1"


def test_old_news_is_no_first_notice() -> None:
    assert "ended on 2026-11-09" in Inbox().silent(anomaly(end=days(-7), status=Status.RESOLVED))
    assert Inbox().told(anomaly(end=days(-6), status=Status.RESOLVED)) == ["new"]


def test_what_is_planned_or_no_anomaly_to_people_is_held_back() -> None:
    why = "planned by ann: load test"
    assert Inbox().silent(Candidate(anomaly(), hushed=why)) == why
    inbox = Inbox()
    inbox.told(anomaly())
    assert inbox.silent(Candidate(anomaly(impact=900.0), hushed=why), day=days(1)) == why


def test_a_digest_of_a_past_day_waits_where_something_was_told_since() -> None:
    """As under `--as-of`: what is due goes by the day asked for, what was told by the clock."""
    inbox = Inbox(replace(EVERYTHING, frequency=Frequency.DAILY))
    assert inbox.told(anomaly(1), day=days(5)) == ["digest"]
    assert inbox.silent(anomaly(2), day=days(3)) == "it waits for the next digest"
    assert inbox.told(anomaly(2, end=days(6)), day=days(6)) == ["digest"]


@pytest.mark.parametrize("status", [Status.RESOLVED, Status.WITHDRAWN])
def test_the_end_of_what_had_a_no_is_told_to_nobody(status: Status) -> None:
    inbox = Inbox()
    inbox.told(anomaly())
    over = anomaly(status=status, feedback=Feedback.NO)
    assert inbox.silent(over, day=days(1)) == "NO was said of it"
    assert Inbox().silent(over) == "NO was said of it"
    assert inbox.told(replace(over, feedback=Feedback.YES), day=days(1)) == [str(status)]


@pytest.mark.parametrize(
    ("wants", "because"),
    [
        ({"monitors": ("prod",)}, "monitor default is not among its monitors"),
        ({"accounts": ("222222222222",)}, "account 111111111111 is not among its accounts"),
        ({"within": scope(RegionId="eu-west-1")}, "it is not, or not mostly, in RegionId eu-west-1"),
        ({"severity": Severity.CRITICAL}, "severity warning is below critical"),
        ({"minimum_impact": 100.01}, "its impact of 100.00 is below 100.01"),
        ({"minimum_percent": 60.0}, "its impact of 50 % is below 60 %"),
        (
            {"minimum_impact": 200.0, "minimum_percent": 60.0, "is_either": True},
            "its impact of 100.00 is below 200.00",
        ),
    ],
)
def test_a_subscription_hears_of_its_own_alone(wants: dict[str, object], because: str) -> None:
    assert Inbox(replace(EVERYTHING, **wants)).silent(anomaly()) == because


@pytest.mark.parametrize(
    "wants",
    [
        {"monitors": ("default", "prod")},
        {"accounts": (PROD,)},
        {"within": scope(ServiceName="Amazon EC2")},
        {"within": Scope((("tag:team", "search"),))},
        {"minimum_impact": 100.0, "minimum_percent": 50.0},
        {"minimum_impact": 100.0, "minimum_percent": 60.0, "is_either": True},
    ],
)
def test_a_subscription_hears_of_its_own(wants: dict[str, object]) -> None:
    candidate = Candidate(anomaly(), {"tag:team": "search"})
    assert Inbox(replace(EVERYTHING, **wants)).told(candidate) == ["new"]


def test_new_spend_has_no_percentage_and_passes() -> None:
    new = anomaly(kind=Kind.NEW, impact=100.0)
    new = replace(new, impact=replace(new.impact, total_impact_percentage=None))
    assert Inbox(replace(EVERYTHING, minimum_percent=500.0)).told(new) == ["new"]


def test_an_anomaly_of_a_service_is_the_business_of_the_account_that_carries_it() -> None:
    service = scope(ServiceName="Amazon EC2")
    leaf = Scope((*service.values, ("SubAccountId", PROD)))
    other = Scope((*service.values, ("SubAccountId", "222222222222")))
    mine = replace(EVERYTHING, accounts=(PROD,))
    carried = anomaly(scope=service, root_causes=(RootCause(leaf, 70.0), RootCause(other, 30.0)))
    assert Inbox(mine).told(carried) == ["new"]
    spread = anomaly(scope=service, root_causes=(RootCause(leaf, 50.0), RootCause(other, 50.0)))
    assert Inbox(mine).silent(spread) == "it is spread over accounts"


def test_every_channel_of_every_subscription_is_told_for_itself() -> None:
    inbox = Inbox(replace(EVERYTHING, channels=("ops", "mail")), replace(EVERYTHING, name="finops"))
    alerts = inbox.morning(anomaly()).alerts
    assert [(a.subscription, a.channel) for a in alerts] == [
        ("all", "ops"),
        ("all", "mail"),
        ("finops", "ops"),
    ]
    assert len({a.alert_id for a in alerts}) == 3
    assert inbox.told(anomaly()) == []


def test_a_storm_is_one_digest_with_the_largest_first() -> None:
    inbox = Inbox(replace(EVERYTHING, storm=3))
    many = [anomaly(n, impact=10.0 * n) for n in range(1, 5)]
    (alert,) = inbox.morning(*many).alerts
    assert alert.reason is Reason.STORM
    assert [a.impact.total_impact for a in alert.anomalies] == [40.0, 30.0, 20.0, 10.0]
    assert alert.because == "4 anomalies: 4 new"
    assert inbox.told(*many) == []
    assert inbox.told(*many, anomaly(5), day=days(1)) == ["new"]


def test_a_daily_digest_gathers_the_news_of_the_day() -> None:
    inbox = Inbox(replace(EVERYTHING, frequency=Frequency.DAILY))
    (first,) = inbox.morning(anomaly(1), anomaly(2)).alerts
    assert (first.reason, first.because) == (Reason.DIGEST, "2 anomalies: 2 new")
    assert inbox.silent(anomaly(3)) == "it waits for the next digest"
    (second,) = inbox.morning(anomaly(1, impact=250.0), anomaly(3), day=days(1)).alerts
    assert second.because == "2 anomalies: 1 new, 1 grew"
    assert inbox.silent(anomaly(4), day=days(1)) == "it waits for the next digest", "the last one counts"
    assert inbox.told(anomaly(3), day=days(2)) == []


def test_a_weekly_digest_speaks_on_mondays_first_and_a_week_later() -> None:
    inbox = Inbox(replace(EVERYTHING, frequency=Frequency.WEEKLY))
    assert inbox.told(anomaly(), day=days(1)) == []
    assert inbox.told(anomaly(end=days(7)), day=days(7)) == ["digest"]
    assert inbox.told(anomaly(2, end=days(8)), day=days(8)) == []
    assert inbox.told(anomaly(2, end=days(8)), day=days(14)) == ["digest"]
    assert inbox.silent(anomaly(3, end=days(14)), day=days(14)) == "it waits for the next digest"


def test_a_weekly_digest_that_came_late_returns_to_its_day() -> None:
    inbox = Inbox(replace(EVERYTHING, frequency=Frequency.WEEKLY))
    assert inbox.told(anomaly()) == ["digest"]
    inbox.looked = days(6)
    assert inbox.told(anomaly(2, end=days(8)), day=days(8)) == ["digest"], "nobody looked on the Monday"
    inbox.looked = days(13)
    assert inbox.told(anomaly(3, end=days(14)), day=days(14)) == ["digest"], "six days after the last one"


def test_a_monday_without_news_is_a_monday() -> None:
    inbox = Inbox(replace(EVERYTHING, frequency=Frequency.WEEKLY))
    assert inbox.told(anomaly()) == ["digest"]
    assert inbox.told(day=days(7)) == []
    inbox.looked = days(7)
    assert inbox.silent(anomaly(2, end=days(8)), day=days(8)) == "it waits for the next digest"
    assert inbox.told(anomaly(2, end=days(8)), day=days(14)) == ["digest"]


def test_a_notice_that_nobody_looked_does_not_put_a_digest_off() -> None:
    inbox = Inbox(replace(EVERYTHING, frequency=Frequency.WEEKLY))
    notice = Alert("k", "all", "ops", Reason.NO_GOOD_RUN, "nobody looked", ())
    inbox.history.append(entry(notice, days(-1)))
    assert inbox.told(anomaly()) == ["digest"]


def test_quiet_when_nothing_is_new_unless_a_heartbeat_is_wanted() -> None:
    assert Inbox().told() == []
    inbox = Inbox(replace(EVERYTHING, heartbeat=True))
    (alert,) = inbox.morning().alerts
    assert (alert.reason, alert.anomalies) == (Reason.HEARTBEAT, ())
    assert inbox.told(anomaly(), day=days(1)) == ["new"]
    (alert,) = inbox.morning(anomaly(), day=days(2)).alerts
    assert (alert.reason, alert.anomalies) == (Reason.HEARTBEAT, (anomaly(),))
    assert inbox.told(anomaly(impact=250.0), day=days(3)) == ["grew"]


def test_follow_ups_can_be_chosen() -> None:
    inbox = Inbox(replace(EVERYTHING, follow_ups=(Reason.RESOLVED,)))
    inbox.told(anomaly())
    assert "does not follow up when it grows" in inbox.silent(anomaly(impact=300.0), day=days(1))
    assert inbox.told(anomaly(impact=300.0, status=Status.RESOLVED), day=days(2)) == ["resolved"]


def test_each_held_back_anomaly_is_named_once_per_subscription() -> None:
    inbox = Inbox(replace(EVERYTHING, channels=("ops", "mail"), severity=Severity.CRITICAL))
    held: Sequence[object] = inbox.morning(anomaly()).held_back
    assert len(held) == 1
