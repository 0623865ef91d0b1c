"""Whether there is news of an anomaly for somebody who was told this much of it.

Knows one anomaly, one subscription and what was said; knows no platform.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from aws_cost_anomalies.alerting.routing import MOSTLY, Candidate, why_not
from aws_cost_anomalies.model.alert import OutboxEntry, Reason, Subscription, Told
from aws_cost_anomalies.model.anomaly import Anomaly, Feedback, Status

OVER = (Status.RESOLVED, Status.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Newsworthy:
    """When something is news.

    Attributes:
        through: the last day with data.
        fresh_days: a first notice is given of what was anomalous in so many last days.
        growth: a follow-up is given when the impact is this many times the one told last.
    """

    through: date
    fresh_days: int = 7
    growth: float = 2.0


@dataclass(frozen=True, slots=True)
class News:
    """What there is to say of an anomaly, or why there is nothing.

    Attributes:
        reason: None when it is not told.
        because: the reason in one sentence.
        step: tells one follow-up from the next; empty for a first notice.
    """

    anomaly: Anomaly
    reason: Reason | None
    because: str
    step: str = ""


def news_of(
    candidate: Candidate, subscription: Subscription, *, said: Sequence[OutboxEntry], rules: Newsworthy
) -> News:
    """The news of one anomaly for one subscription, given what was said to it on this channel."""
    anomaly = candidate.anomaly
    if anomaly.feedback is Feedback.NO and anomaly.status in OVER:
        return News(anomaly, None, "NO was said of it")
    told = [(entry, each) for entry in said for each in entry.told if each.anomaly_id == anomaly.anomaly_id]
    if not told:
        because = _why_silent(candidate, subscription, rules)
        return News(anomaly, None, because) if because else News(anomaly, Reason.NEW, _first(anomaly))
    entry, last = told[-1]
    is_back = entry.took_back(anomaly.anomaly_id)
    reason, because = _later(candidate, last, was_taken_back=is_back)
    if reason is Reason.GREW and not _has_grown(anomaly, last, subscription=subscription, rules=rules):
        reason, because = None, f"it was told on {entry.created_at:%Y-%m-%d} and did not grow much since"
    if reason is not None and reason not in subscription.follow_ups:
        return News(anomaly, None, f"its subscription does not follow up when it {_verb(reason)}")
    return News(anomaly, reason, because, step=str(len(told)))


def as_told(anomaly: Anomaly) -> Told:
    """What an alert of it says, for later ones to be measured against."""
    if anomaly.status is Status.WITHDRAWN:
        return Told(anomaly.anomaly_id, 0.0, is_over=True)
    return Told(anomaly.anomaly_id, anomaly.impact.total_impact, main_cause(anomaly), anomaly.status in OVER)


def main_cause(anomaly: Anomaly) -> str:
    """The root cause that carries most of the impact; empty when none does."""
    total = anomaly.impact.total_impact
    if not anomaly.root_causes or not total:
        return ""
    first = max(anomaly.root_causes, key=lambda cause: abs(cause.contribution))
    return str(first.scope) if first.contribution / total > MOSTLY else ""


def _why_silent(candidate: Candidate, subscription: Subscription, rules: Newsworthy) -> str:
    """Why a first notice is not given; empty when it is."""
    anomaly = candidate.anomaly
    if candidate.hushed:
        return candidate.hushed
    if anomaly.status is Status.WITHDRAWN:
        return "it was withdrawn before anybody was told"
    oldest = rules.through - timedelta(days=rules.fresh_days - 1)
    if anomaly.end_date < oldest:
        return f"it ended on {anomaly.end_date}, more than {rules.fresh_days} days before the last data"
    return why_not(candidate, subscription)


def _later(candidate: Candidate, last: Told, *, was_taken_back: bool) -> tuple[Reason | None, str]:
    """What may be said after a first notice; whether growth is enough is another question.

    What was taken back and is in the bill again has grown from nothing, be it over or not.
    """
    anomaly = candidate.anomaly
    if anomaly.status is Status.WITHDRAWN or (anomaly.status is Status.RESOLVED and not was_taken_back):
        return _end(anomaly, last, was_taken_back=was_taken_back)
    if candidate.hushed:
        return None, candidate.hushed
    now, cause = f"{abs(anomaly.impact.total_impact):,.2f}", main_cause(anomaly)
    if was_taken_back:
        return Reason.GREW, f"it was taken back, and the bill has it again: {now}"
    if cause and last.cause and cause != last.cause:
        return Reason.CAUSE_CHANGED, f"most of it is in {cause} now; it was {last.cause}"
    return Reason.GREW, f"from {abs(last.total_impact):,.2f} to {now}"


def _end(anomaly: Anomaly, last: Told, *, was_taken_back: bool) -> tuple[Reason | None, str]:
    """An end is told once; money that never was is taken back from what was told as over as well."""
    if was_taken_back:
        return None, "it was told that it was withdrawn"
    if anomaly.status is Status.WITHDRAWN:
        return Reason.WITHDRAWN, "the bill of its days was restated, and they are as usual now"
    if last.is_over:
        return None, "it was told that it is over"
    lasted = (anomaly.end_date - anomaly.start_date).days + 1
    if anomaly.stays:
        usual = "such a level is the usual one from now on and told as odd no longer"
        return Reason.RESOLVED, f"it lasted {lasted} days: {usual}"
    return Reason.RESOLVED, f"it ended on {anomaly.end_date}"


def _has_grown(anomaly: Anomaly, last: Told, *, subscription: Subscription, rules: Newsworthy) -> bool:
    before, now = abs(last.total_impact), abs(anomaly.impact.total_impact)
    return now >= rules.growth * before and now - before >= subscription.minimum_impact


def _first(anomaly: Anomaly) -> str:
    days = (anomaly.end_date - anomaly.start_date).days + 1
    if anomaly.stays:
        return f"it lasted {days} days: such a level is the usual one by now"
    if anomaly.status is Status.RESOLVED:
        return f"over since {anomaly.end_date}, after {'one day' if days == 1 else f'{days} days'}"
    return f"first seen on {anomaly.start_date}" if days == 1 else f"going on for {days} days"


def _verb(reason: Reason) -> str:
    return {
        Reason.GREW: "grows",
        Reason.CAUSE_CHANGED: "changes its cause",
        Reason.RESOLVED: "is over",
        Reason.WITHDRAWN: "was withdrawn",
    }[reason]
