"""Whether there is news of one anomaly for one subscription: every turn, with its reason and its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from aws_cost_anomalies.alerting.decide import decide
from aws_cost_anomalies.alerting.news import News, Newsworthy, as_told, main_cause, news_of
from aws_cost_anomalies.alerting.routing import Candidate, carriers
from aws_cost_anomalies.model.alert import (
    Alert,
    Delivery,
    Frequency,
    OutboxEntry,
    Reason,
    Subscription,
    Told,
)
from aws_cost_anomalies.model.anomaly import Anomaly, RootCause, Status
from aws_cost_anomalies.model.message import Message
from aws_cost_anomalies.model.period import ONE_DAY
from aws_cost_anomalies.model.scope import Scope

MONDAY = date(2026, 11, 16)
EAST, WEST = (Scope((("RegionId", name),)) for name in ("us-east-1", "eu-west-1"))
ALL = Subscription("all", ("ops",))


@pytest.fixture
def one(anomaly: Anomaly) -> Anomaly:
    """An anomaly of three days up to the Monday, 100.00 USD."""
    return replace(
        anomaly,
        anomaly_id="a",
        status=Status.ONGOING,
        start_date=MONDAY - timedelta(days=2),
        end_date=MONDAY,
        impact=replace(anomaly.impact, total_impact=100.0, total_impact_percentage=50.0),
        root_causes=(),
    )


def over(anomaly: Anomaly, *, stays: bool = False) -> Anomaly:
    """It when it is over: of one that stays the monthly rate goes on."""
    rate = 1500.0 if stays else 0.0
    return replace(anomaly, status=Status.RESOLVED, impact=replace(anomaly.impact, monthly_run_rate=rate))


def of(anomaly: Anomaly, total: float, *causes: RootCause, **more: object) -> Anomaly:
    changed = replace(anomaly, impact=replace(anomaly.impact, total_impact=total), root_causes=causes)
    return replace(changed, **more)


def entry(*told: Told, reason: Reason = Reason.NEW, day: date = MONDAY) -> OutboxEntry:
    created = datetime(day.year, day.month, day.day, 7, tzinfo=UTC)
    message = Message("k", "", "", "")
    return OutboxEntry("k", "all", "ops", reason, "", told, message, created, Delivery.SENT)


def news(anomaly: Anomaly, *said: OutboxEntry, wants: Subscription = ALL, growth: float = 2.0) -> News:
    candidate = Candidate(anomaly, carriers(anomaly))
    return news_of(candidate, wants, said=said, rules=Newsworthy(through=MONDAY, growth=growth))


@pytest.mark.parametrize(
    ("total", "growth", "least", "reason"),
    [
        (200.0, 2.0, 0.0, Reason.GREW),
        (199.9, 2.0, 0.0, None),
        (-200.0, 2.0, 0.0, Reason.GREW),
        (150.0, 1.5, 50.0, Reason.GREW),
        (150.0, 1.5, 50.1, None),
        (90.0, 0.5, 0.0, None),
    ],
)
def test_growth_must_be_large_in_times_and_in_money(
    one: Anomaly, total: float, growth: float, least: float, reason: Reason | None
) -> None:
    wants = replace(ALL, minimum_impact=least)
    found = news(of(one, total), entry(Told("a", 100.0)), wants=wants, growth=growth)
    assert found.reason is reason
    if reason is None:
        assert found.because == "it was told on 2026-11-16 and did not grow much since"


def test_it_is_measured_against_what_was_told_last_of_it(one: Anomaly) -> None:
    said = (entry(Told("a", 100.0), Told("b", 1.0)), entry(Told("c", 1.0)), entry(Told("a", 300.0)))
    assert news(of(one, 500.0), *said).reason is None
    grew = news(of(one, 600.0), *said)
    assert (grew.reason, grew.because, grew.step) == (Reason.GREW, "from 300.00 to 600.00", "2")
    assert news(replace(one, anomaly_id="z"), *said).reason is Reason.NEW


@pytest.mark.parametrize(
    ("total", "causes", "cause"),
    [
        (100.0, (), ""),
        (0.0, (RootCause(EAST, 60.0),), ""),
        (100.0, (RootCause(EAST, 50.0), RootCause(WEST, 50.0)), ""),
        (100.0, (RootCause(EAST, 50.1),), "us-east-1"),
        (100.0, (RootCause(WEST, 40.0), RootCause(EAST, 60.0)), "us-east-1"),
        (-100.0, (RootCause(EAST, -60.0), RootCause(WEST, 10.0)), "us-east-1"),
        (100.0, (RootCause(EAST, -160.0), RootCause(WEST, 90.0)), ""),
    ],
)
def test_the_main_cause_carries_most(
    one: Anomaly, total: float, causes: tuple[RootCause, ...], cause: str
) -> None:
    assert main_cause(of(one, total, *causes)) == cause
    assert as_told(of(one, total, *causes)) == Told("a", total, cause)


@pytest.mark.parametrize(
    ("before", "now", "reason"),
    [("us-east-1", WEST, Reason.CAUSE_CHANGED), ("us-east-1", EAST, None), ("", WEST, None)],
)
def test_only_another_cause_is_news(one: Anomaly, before: str, now: Scope, reason: Reason | None) -> None:
    found = news(of(one, 100.0, RootCause(now, 90.0)), entry(Told("a", 100.0, before)))
    assert found.reason is reason


def test_that_no_cause_is_left_is_no_news(one: Anomaly) -> None:
    assert news(one, entry(Told("a", 100.0, "us-east-1"))).reason is None


@pytest.mark.parametrize(
    ("status", "was_over", "reason", "because"),
    [
        (Status.RESOLVED, False, Reason.RESOLVED, "it ended on 2026-11-16"),
        (
            Status.WITHDRAWN,
            False,
            Reason.WITHDRAWN,
            "the bill of its days was restated, and they are as usual now",
        ),
        (Status.RESOLVED, True, None, "it was told that it is over"),
        (
            Status.WITHDRAWN,
            True,
            Reason.WITHDRAWN,
            "the bill of its days was restated, and they are as usual now",
        ),
    ],
)
def test_an_end_is_told_once(
    one: Anomaly, status: Status, *, was_over: bool, reason: Reason | None, because: str
) -> None:
    one = over(one) if status is Status.RESOLVED else one
    found = news(replace(one, status=status), entry(Told("a", 100.0, is_over=was_over)))
    assert (found.reason, found.because) == (reason, because)
    assert as_told(replace(one, status=status)).is_over


def test_what_stayed_for_four_weeks_did_not_go_away(one: Anomaly) -> None:
    four_weeks = replace(one, start_date=one.end_date - 27 * ONE_DAY)
    gone, stayed = (news(over(four_weeks, stays=s), entry(Told("a", 100.0))) for s in (False, True))
    assert gone.because == "it ended on 2026-11-16"
    usual = "such a level is the usual one from now on and told as odd no longer"
    assert stayed.because == f"it lasted 28 days: {usual}"
    first = news(over(four_weeks, stays=True)).because
    assert first == "it lasted 28 days: such a level is the usual one by now"


@pytest.mark.parametrize("told_in", [Reason.WITHDRAWN, Reason.DIGEST])
def test_what_was_taken_back_is_taken_back_once(one: Anomaly, told_in: Reason) -> None:
    gone = replace(one, status=Status.WITHDRAWN)
    before, after = entry(Told("a", 100.0, is_over=True)), entry(as_told(gone), reason=told_in)
    found = news(gone, before, after)
    assert (found.reason, found.because) == (None, "it was told that it was withdrawn")


def test_a_withdrawal_that_1_0_told_is_known_by_its_reason(one: Anomaly) -> None:
    told = entry(Told("a", 100.0, is_over=True), reason=Reason.WITHDRAWN)
    assert news(replace(one, status=Status.WITHDRAWN), told).reason is None


@pytest.mark.parametrize("status", [Status.OPEN, Status.ONGOING, Status.RESOLVED])
def test_what_was_taken_back_and_is_there_again_is_news(one: Anomaly, status: Status) -> None:
    taken_back = entry(as_told(replace(one, status=Status.WITHDRAWN)), reason=Reason.WITHDRAWN)
    back = replace(one, status=status)
    found = news(back, entry(Told("a", 100.0)), taken_back)
    assert found.reason is Reason.GREW
    assert found.because == "it was taken back, and the bill has it again: 100.00"
    assert news(back, taken_back, entry(as_told(back), reason=Reason.GREW)).reason is not Reason.GREW


@pytest.mark.parametrize(
    ("status", "days", "because"),
    [
        (Status.OPEN, 1, "first seen on 2026-11-16"),
        (Status.ONGOING, 2, "going on for 2 days"),
        (Status.RESOLVED, 1, "over since 2026-11-16, after one day"),
        (Status.RESOLVED, 2, "over since 2026-11-16, after 2 days"),
    ],
)
def test_a_first_notice_says_for_how_long(one: Anomaly, status: Status, days: int, because: str) -> None:
    start = MONDAY - timedelta(days=days - 1)
    one = over(one) if status is Status.RESOLVED else one
    found = news(replace(one, status=status, start_date=start))
    assert (found.reason, found.because, found.step) == (Reason.NEW, because, "")


def test_nobody_follows_what_was_not_asked_for(one: Anomaly) -> None:
    wants = replace(ALL, follow_ups=())
    found = news(of(one, 900.0), entry(Told("a", 100.0)), wants=wants)
    assert (found.reason, found.because) == (None, "its subscription does not follow up when it grows")


def alerts(
    *candidates: Anomaly | Candidate, wants: Subscription, said: tuple[OutboxEntry, ...] = (), day: int = 0
) -> tuple[Alert, ...]:
    asked = [c if isinstance(c, Candidate) else Candidate(c, carriers(c)) for c in candidates]
    today = MONDAY + timedelta(days=day)
    rules = Newsworthy(through=today)
    return decide(asked, [wants], history=said, rules=rules, as_of=today).alerts


def numbered(one: Anomaly, *totals: float) -> list[Anomaly]:
    return [of(one, total, anomaly_id=f"n{number}") for number, total in enumerate(totals)]


def test_a_storm_is_more_than_the_limit_and_what_follows_up_stays_alone(one: Anomaly) -> None:
    wants = replace(ALL, storm=2)
    calm = alerts(*numbered(one, 1.0, 2.0), wants=wants)
    assert [alert.reason for alert in calm] == [Reason.NEW] * 2
    grown = of(one, 900.0)
    storm = alerts(grown, *numbered(one, 1.0, -3.0, 2.0), wants=wants, said=(entry(Told("a", 100.0)),))
    assert [alert.reason for alert in storm] == [Reason.STORM, Reason.GREW]
    assert [each.impact.total_impact for each in storm[0].anomalies] == [-3.0, 2.0, 1.0]
    assert storm[1].anomalies == (grown,)


def test_a_digest_knows_why_each_is_told(one: Anomaly) -> None:
    wants = replace(ALL, frequency=Frequency.DAILY)
    over = replace(of(one, 900.0), status=Status.RESOLVED)
    said = entry(Told("a", 100.0))
    said = replace(said, created_at=said.created_at - timedelta(days=1))
    (alert,) = alerts(over, *numbered(one, 1000.0, 2.0), wants=wants, said=(said,))
    assert [alert.news_of(each) for each in alert.anomalies] == [Reason.NEW, Reason.RESOLVED, Reason.NEW]


def test_a_digest_counts_in_words_and_goes_to_its_owners(one: Anomaly) -> None:
    wants = replace(ALL, frequency=Frequency.DAILY, owners=("<@U1>",))
    (alert,) = alerts(one, wants=wants)
    assert (alert.because, alert.owners) == ("1 anomaly: 1 new", ("<@U1>",))
    assert alerts(wants=wants) == ()


@pytest.mark.parametrize(
    ("frequency", "said_on", "day", "is_told"),
    [
        (Frequency.DAILY, 0, 0, False),
        (Frequency.DAILY, -1, 0, True),
        (Frequency.WEEKLY, 0, 0, False),
        (Frequency.WEEKLY, -1, 0, True),
        (Frequency.WEEKLY, -1, 3, True),
        (Frequency.WEEKLY, 0, 3, False),
        (Frequency.WEEKLY, 0, 6, False),
        (Frequency.WEEKLY, 0, 7, True),
        (Frequency.WEEKLY, 0, 8, True),
    ],
)
def test_a_digest_has_its_day(
    one: Anomaly, frequency: Frequency, said_on: int, day: int, *, is_told: bool
) -> None:
    said = entry(Told("other", 1.0), reason=Reason.DIGEST, day=MONDAY + timedelta(days=said_on))
    fresh = replace(one, end_date=MONDAY + timedelta(days=day))
    found = alerts(fresh, wants=replace(ALL, frequency=frequency), said=(said,), day=day)
    assert bool(found) is is_told


@pytest.mark.parametrize(
    ("reason", "said_on", "is_told"),
    [
        (Reason.NEW, 0, False),
        (Reason.RESOLVED, 0, False),
        (Reason.NEW, -1, True),
        (Reason.HEARTBEAT, 0, True),
        (Reason.NO_GOOD_RUN, 0, True),
    ],
)
def test_a_day_that_alarmed_has_no_heartbeat(
    one: Anomaly, reason: Reason, said_on: int, *, is_told: bool
) -> None:
    said = entry(Told("a", 100.0), reason=reason, day=MONDAY + timedelta(days=said_on))
    if reason is Reason.NO_GOOD_RUN or reason is Reason.HEARTBEAT:
        said = replace(said, told=())
        one = replace(one, end_date=MONDAY - timedelta(days=30), status=Status.RESOLVED)
    found = alerts(one, wants=replace(ALL, heartbeat=True), said=(said,))
    assert [alert.reason for alert in found] == [Reason.HEARTBEAT] * is_told


def test_a_heartbeat_names_what_goes_on_and_nothing_else(one: Anomaly) -> None:
    told = entry(Told("a", 100.0), Told("b", 100.0, is_over=True), Told("c", 100.0), Told("d", 100.0))
    told = replace(told, created_at=told.created_at - timedelta(days=1))
    over = replace(one, anomaly_id="b", status=Status.RESOLVED)
    hushed = Candidate(replace(one, anomaly_id="c"), hushed="planned")
    foreign = replace(one, anomaly_id="d", monitor="other")
    wants = replace(ALL, heartbeat=True, monitors=(one.monitor,))
    (alert,) = alerts(one, over, hushed, foreign, wants=wants, said=(told,))
    assert (alert.reason, alert.because) == (Reason.HEARTBEAT, "nothing is new")
    assert alert.anomalies == (one,)
    assert alerts(one, wants=replace(wants, heartbeat=False), said=(told,)) == ()
