"""Who is told what now, each for a named reason; and who is not, and why.

Pure: the same anomalies, subscriptions and history give the same decision. Knows no platform and no clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from aws_cost_anomalies.alerting.news import OVER, News, Newsworthy, news_of
from aws_cost_anomalies.alerting.routing import Candidate, why_not
from aws_cost_anomalies.alerting.twins import twins
from aws_cost_anomalies.model.alert import (
    Alert,
    Decision,
    Frequency,
    HeldBack,
    OutboxEntry,
    Reason,
    Subscription,
    alert_id,
)
from aws_cost_anomalies.model.anomaly import Anomaly

STAYS = "usual by now"
NEWS_NAMED = ("new", "grew", "of another cause", "resolved", STAYS, "withdrawn")
"""What is counted in a message about several, in this order."""


@dataclass(frozen=True, slots=True)
class _Place:
    """One channel of one subscription, and what was said there."""

    subscription: Subscription
    channel: str
    said: tuple[OutboxEntry, ...]


@dataclass(frozen=True, slots=True)
class _When:
    """Today, and the day of the last good run."""

    as_of: date
    looked: date | None


def decide(
    candidates: Sequence[Candidate],
    subscriptions: Iterable[Subscription],
    *,
    history: Iterable[OutboxEntry],
    rules: Newsworthy,
    as_of: date,
    looked: date | None = None,
) -> Decision:
    """What every subscription is told now, and what it is not.

    Args:
        candidates: today's anomalies, and those that came to their end.
        subscriptions: who wants to be told.
        history: the outbox; an alert in it counts as told, wherever it is on its way.
        rules: when something is news.
        as_of: today, UTC.
        looked: the day of the last good run there was, None when there was none or nobody knows.
    """
    entries = tuple(history)
    alerts: list[Alert] = []
    held_back: list[HeldBack] = []
    for subscription in subscriptions:
        for channel in subscription.channels:
            said = tuple(e for e in entries if (e.subscription, e.channel) == (subscription.name, channel))
            place = _Place(subscription, channel, said)
            told, held = _decide(place, candidates, rules=rules, when=_When(as_of, looked))
            alerts += told
            held_back += [each for each in held if each not in held_back]
    return Decision(tuple(alerts), tuple(held_back))


def _decide(
    place: _Place, candidates: Sequence[Candidate], *, rules: Newsworthy, when: _When
) -> tuple[list[Alert], list[HeldBack]]:
    candidates, twice = _each_once(place, candidates)
    found = [news_of(each, place.subscription, said=place.said, rules=rules) for each in candidates]
    news = [each for each in found if each.reason is not None]
    held = [HeldBack(n.anomaly, place.subscription.name, n.because) for n in found if n.reason is None]
    held += twice
    if place.subscription.frequency is not Frequency.IMMEDIATE:
        if not _is_due(place, when):
            wait = [
                HeldBack(n.anomaly, place.subscription.name, "it waits for the next digest") for n in news
            ]
            return [], held + wait
        alerts = [_together(place, Reason.DIGEST, news)] if news else []
    else:
        alerts = _at_once(place, news)
    if not alerts and place.subscription.heartbeat and not _has_alarmed(place, when.as_of):
        alerts = [_heartbeat(place, candidates, when.as_of)]
    return alerts, held


def _each_once(place: _Place, candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[HeldBack]]:
    """The candidates without what another monitor tells this subscription of the same charges."""
    mine = [each for each in candidates if not why_not(each, place.subscription)]
    told = {each.anomaly_id for entry in place.said for each in entry.told}
    same = twins(mine, told)
    held = [
        HeldBack(each.anomaly, place.subscription.name, _told_as(same[each.anomaly.anomaly_id]))
        for each in mine
        if each.anomaly.anomaly_id in same
    ]
    return [each for each in candidates if each.anomaly.anomaly_id not in same], held


def _told_as(other: Anomaly) -> str:
    return f"monitor {other.monitor} tells the same dollars: {other.anomaly_id}"


def _at_once(place: _Place, news: Sequence[News]) -> list[Alert]:
    """An alert each; first notices of a storm become one."""
    first = [each for each in news if each.reason is Reason.NEW]
    later = [each for each in news if each.reason is not Reason.NEW]
    if len(first) > place.subscription.storm:
        return [_together(place, Reason.STORM, first), *(_alone(place, each) for each in later)]
    return [_alone(place, each) for each in (*first, *later)]


def _alone(place: _Place, news: News) -> Alert:
    return _alert(place, news.reason or Reason.NEW, news.because, news=(news,))


def _together(place: _Place, reason: Reason, news: Sequence[News]) -> Alert:
    """One alert for all, the largest money first."""
    ranked = tuple(sorted(news, key=lambda each: -abs(each.anomaly.impact.total_impact)))
    noun = "anomaly" if len(news) == 1 else "anomalies"
    counts = Counter(_named(each) for each in news)
    because = f"{len(news)} {noun}: " + ", ".join(
        f"{counts[name]} {name}" for name in NEWS_NAMED if counts[name]
    )
    gathered = _alert(place, reason, because, news=ranked)
    return replace(gathered, news=tuple(each.reason or Reason.NEW for each in ranked))


def _named(news: News) -> str:
    """What there is to say of one, for a count: nothing that stays is counted as resolved."""
    if news.reason is Reason.RESOLVED and news.anomaly.stays:
        return STAYS
    return "of another cause" if news.reason is Reason.CAUSE_CHANGED else str(news.reason)


def _alert(place: _Place, reason: Reason, because: str, *, news: Sequence[News]) -> Alert:
    name, channel = place.subscription.name, place.channel
    what = {each.anomaly.anomaly_id: each.step for each in news}
    key = alert_id(name, channel, reason=reason, what=what)
    anomalies = tuple(each.anomaly for each in news)
    return Alert(key, name, channel, reason, because, anomalies, place.subscription.owners)


def _heartbeat(place: _Place, candidates: Sequence[Candidate], as_of: date) -> Alert:
    """That nothing is new, with what is still going on; once a day."""
    name, channel = place.subscription.name, place.channel
    key = alert_id(name, channel, reason=Reason.HEARTBEAT, what={"": str(as_of)})
    live = (c for c in candidates if c.anomaly.status not in OVER and not c.hushed)
    mine = tuple(c.anomaly for c in live if not why_not(c, place.subscription))
    return Alert(key, name, channel, Reason.HEARTBEAT, "nothing is new", mine)


def _has_alarmed(place: _Place, today: date) -> bool:
    """Whether something was told today already: a later run of that day does not say that nothing is new."""
    return any(
        entry.created_at.date() == today and entry.reason not in {Reason.HEARTBEAT, Reason.NO_GOOD_RUN}
        for entry in place.said
    )


def _is_due(place: _Place, when: _When) -> bool:
    """Whether a digest may speak: once a day, or on Mondays; where nobody looked then, the day after.

    A Monday without news is a Monday all the same: what is new on the Tuesday waits for the next one.
    """
    told = [entry.created_at.date() for entry in place.said if entry.reason is not Reason.NO_GOOD_RUN]
    if place.subscription.frequency is Frequency.DAILY:
        return not told or max(told) < when.as_of
    monday = when.as_of - timedelta(days=when.as_of.weekday())
    if when.as_of == monday:
        return not told or max(told) < monday
    there = [*told, *filter(None, [when.looked])]
    return bool(there) and max(there) < monday
