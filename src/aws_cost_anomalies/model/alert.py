"""Alerts: who is told what, for which named reason, and what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from aws_cost_anomalies.model.anomaly import Anomaly, Severity
from aws_cost_anomalies.model.message import Message
from aws_cost_anomalies.model.scope import Scope


class Reason(StrEnum):
    """Why somebody is told now."""

    NEW = "new"
    GREW = "grew"
    CAUSE_CHANGED = "cause_changed"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"
    DIGEST = "digest"
    STORM = "storm"
    HEARTBEAT = "heartbeat"
    NO_GOOD_RUN = "no_good_run"


FOLLOW_UPS = (Reason.GREW, Reason.CAUSE_CHANGED, Reason.RESOLVED, Reason.WITHDRAWN)


class Frequency(StrEnum):
    """How often a subscription speaks."""

    IMMEDIATE = "immediate"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Subscription:
    """Who wants to be told of which anomalies.

    Attributes:
        channels: names of the channels that carry it.
        monitors: only anomalies of these; empty means all.
        within: only anomalies of this slice, or whose impact lies mostly in it.
        accounts: only anomalies of one of these accounts, likewise; empty means all.
        severity: the least.
        minimum_impact: least |total impact|, currency.
        minimum_percent: least |impact|, percent of what was expected; new spend has no percentage and passes.
        is_either: whether one of the two minimums is enough.
        owners: whom to mention, as the channel names them.
        follow_ups: which later reasons are told.
        storm: more first notices than this at once become one digest.
        heartbeat: whether a run without news says so.
    """

    name: str
    channels: tuple[str, ...]
    monitors: tuple[str, ...] = ()
    within: Scope = field(default_factory=Scope)
    accounts: tuple[str, ...] = ()
    severity: Severity = Severity.INFO
    minimum_impact: float = 0.0
    minimum_percent: float = 0.0
    is_either: bool = False
    frequency: Frequency = Frequency.IMMEDIATE
    owners: tuple[str, ...] = ()
    follow_ups: tuple[Reason, ...] = FOLLOW_UPS
    storm: int = 10
    heartbeat: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What an alert said of one anomaly: later ones are measured against it.

    Attributes:
        total_impact: then, currency; 0 of what was taken back.
        cause: the root cause named first, empty when none was.
        is_over: whether it was told as over, or taken back.
    """

    anomaly_id: str
    total_impact: float
    cause: str = ""
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Alert:
    """Anomalies to be told to one channel of one subscription, and why now.

    Attributes:
        because: the reason in one sentence, with the figures it rests on.
        news: of an alert that gathers several reasons, the reason of each anomaly, in their order; empty of
            one whose own reason says it.
    """

    alert_id: str
    subscription: str
    channel: str
    reason: Reason
    because: str
    anomalies: tuple[Anomaly, ...]
    owners: tuple[str, ...] = ()
    news: tuple[Reason, ...] = ()

    def news_of(self, anomaly: Anomaly) -> Reason:
        """Why this one of its anomalies is told."""
        return self.news[self.anomalies.index(anomaly)] if self.news else self.reason


@dataclass(frozen=True, slots=True)
class HeldBack:
    """An anomaly that a subscription is not told of now, and why."""

    anomaly: Anomaly
    subscription: str
    because: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What to tell, and what not."""

    alerts: tuple[Alert, ...]
    held_back: tuple[HeldBack, ...]


class Delivery(StrEnum):
    """Where an alert is on its way."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    AMBIGUOUS = "ambiguous"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came of one attempt to send.

    Attributes:
        delivery: SENT; AMBIGUOUS when it may have arrived (time-out or 5xx after the body left); PENDING when
            it surely did not and may be tried again; FAILED when trying again is of no use.
        detail: the platform's answer in one sentence, without a secret in it.
        reference: the platform's name of the message, to which follow-ups are threaded.
        retry_after: seconds the platform asked to wait; None when it said nothing.
    """

    delivery: Delivery
    detail: str = ""
    reference: str = ""
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """An alert in the outbox, with its message as it was composed and its way so far.

    Attributes:
        attempts: begun so far; more than one, or one that was never answered, makes a repeat possible.
        not_before: when it may be tried next, aware, UTC.
        detail: of the last receipt.
        may_repeat: whether an earlier attempt may have arrived.
    """

    alert_id: str
    subscription: str
    channel: str
    reason: Reason
    because: str
    told: tuple[Told, ...]
    message: Message
    created_at: datetime
    delivery: Delivery = Delivery.PENDING
    attempts: int = 0
    not_before: datetime | None = None
    may_repeat: bool = False
    detail: str = ""
    reference: str = ""
    sent_at: datetime | None = None

    def took_back(self, anomaly_id: str) -> bool:
        """Whether it told that a restated bill took this anomaly back.

        What 1.0 wrote has the impact of before, so that there the reason must say it.
        """
        is_withdrawal = self.reason is Reason.WITHDRAWN
        return any(
            each.anomaly_id == anomaly_id and each.is_over and (is_withdrawal or not each.total_impact)
            for each in self.told
        )


@dataclass(frozen=True, slots=True)
class Run:
    """One daily run.

    Attributes:
        started_at: aware, UTC.
        is_good: whether everything it should read was read and judged.
        summary: what it read, found and sent, in one sentence.
    """

    started_at: datetime
    is_good: bool
    summary: str


def alert_id(subscription: str, channel: str, *, reason: Reason, what: Mapping[str, str]) -> str:
    """A stable key: the same notice of the same things has the same 16 hexadecimal characters.

    Args:
        subscription: whose.
        channel: that carries it.
        reason: why it is told.
        what: anomaly id → the step it is at, empty for a first notice.
    """
    parts = [subscription, channel, reason.value, *(f"{key}\x1e{step}" for key, step in sorted(what.items()))]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
