"""Alerts: what today's anomalies mean for those who want to be told, composed and put in the outbox.

Knows verdicts, subscriptions and history; sends nothing.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aws_cost_anomalies import kinds, views
from aws_cost_anomalies.alerting.compose import compose
from aws_cost_anomalies.alerting.decide import decide
from aws_cost_anomalies.alerting.known import Known
from aws_cost_anomalies.alerting.news import Newsworthy, as_told
from aws_cost_anomalies.alerting.routing import MOSTLY, Candidate, carriers
from aws_cost_anomalies.detection import Detection, Judged
from aws_cost_anomalies.drilldown import DrillDown
from aws_cost_anomalies.errors import SettingsError
from aws_cost_anomalies.following import Following, Today, sighting
from aws_cost_anomalies.model.alert import (
    Alert,
    Decision,
    Frequency,
    HeldBack,
    OutboxEntry,
    Reason,
    Subscription,
)
from aws_cost_anomalies.model.anomaly import Anomaly, Severity
from aws_cost_anomalies.model.answers import Asked
from aws_cost_anomalies.model.explanation import Explanation, Narrative
from aws_cost_anomalies.model.followed import Followed
from aws_cost_anomalies.model.gap import Gap
from aws_cost_anomalies.model.message import Message
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Dimension, Scope
from aws_cost_anomalies.second_opinion import with_opinion
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.store import Store
from aws_cost_anomalies.who import with_activity_if_known

EXPLAINED = (Reason.NEW, Reason.GREW, Reason.CAUSE_CHANGED, Reason.DIGEST, Reason.STORM)
"""Reasons that are told with causes and words; an end needs none."""
IN_FULL = 3
"""So many anomalies of a digest are explained."""
MOST_ASKED = 10
"""CloudTrail answers two questions a second: it is asked about so many anomalies, those of the most money."""


@dataclass(frozen=True, slots=True, eq=False)
class Decided:
    """What is to be told and what is to be remembered, before any of it is written down.

    Attributes:
        entries: alerts with their messages.
        followed: today's anomalies, and those that came to their end.
        narratives: anomaly id → its words, and what they cost.
        unanswered: monitor → why nothing was judged for it.
        gaps: what the bill lacks in the days of which first notices are given.
        data_source: what was judged.
    """

    through: date
    entries: tuple[OutboxEntry, ...]
    held_back: tuple[HeldBack, ...]
    followed: tuple[Followed, ...]
    narratives: Mapping[str, Narrative]
    unanswered: Mapping[str, str]
    gaps: tuple[Gap, ...] = ()
    data_source: str = ""


class Alerts:
    """From verdicts to the outbox."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        *,
        as_of: date,
        now: datetime,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        """Open nothing yet; arguments as App's.

        `wait` lets seconds pass between questions to CloudTrail; without it, it is not asked.
        """
        self._settings = settings
        self._store = store
        self._as_of = as_of
        self._now = now
        self._wait = wait
        self._detection = Detection(settings, store, as_of=as_of)
        self._drilldown = DrillDown(settings, store, as_of=as_of)

    def decided(self, asked: Asked, *, days: int) -> Decided:
        """What everybody is to be told of the anomalies of the last `days` days; writes nothing.

        Raises:
            NoData, MixedCurrencies: as `Detection.judge`.
            SettingsError: a subscription names a channel that is not there.
        """
        name = views.named(self._settings, asked)
        lookback = views.lookback(self._store.coverage, name, as_of=self._as_of, days=days)
        subscribed = subscriptions(self._settings)
        following = Following(self._detection, self._store, as_of=self._as_of)
        today = following.today(asked, lookback)
        rules = self._settings.alerts
        through = sighting(today.judged[0]).through
        decision = decide(
            self._candidates(today, subscribed),
            subscribed,
            history=self._store.alerts(),
            rules=Newsworthy(through, rules.fresh_days, rules.growth),
            as_of=self._as_of,
            looked=max((run.started_at.date() for run in self._store.runs() if run.is_good), default=None),
        )
        fresh = Period.ending(through, rules.fresh_days)
        return self._composed(
            today,
            decision,
            through,
            followed=following.sighted(today),
            gaps=self._detection.gaps(today.judged, fresh),
        )

    def _composed(
        self,
        today: Today,
        decision: Decision,
        through: date,
        *,
        followed: tuple[Followed, ...],
        gaps: tuple[Gap, ...],
    ) -> Decided:
        """The decision with a message for each alert."""
        explanations, panel = self._explanations(today, decision.alerts), today.judged[0].panel
        names = self._store.account_names()
        narrator = kinds.narrator(self._settings, names)
        narratives = {key: narrator.narrate(told) for key, told in explanations.items()}
        entries = tuple(
            _entry(
                alert,
                compose(
                    alert,
                    Known(
                        explanations,
                        narratives=narratives,
                        account_names=names,
                        link=self._settings.alerts.link,
                        gaps=gaps,
                        view_currency=panel.currency,
                        options=views.options(self._settings, self._store.coverage(self._as_of), panel),
                    ),
                ),
                at=self._now + timedelta(microseconds=place),
            )
            for place, alert in enumerate(decision.alerts)
        )
        return Decided(
            through,
            entries,
            decision.held_back,
            followed,
            narratives,
            self._detection.unanswered,
            gaps,
            panel.data_source,
        )

    def _candidates(self, today: Today, subscribed: Iterable[Subscription]) -> list[Candidate]:
        quiet = self._detection.suppressed(today.anomalies, today.judged[0].panel.currency)
        hushed = {each.anomaly.anomaly_id: each.reason for each in quiet}
        # Whoever was told of it hears of its end; a word may have it remembered that no monitor ever told.
        hushed |= {each.anomaly_id: "nothing is seen of it any more" for each in today.gone}
        keys = {key for each in subscribed for key, _ in each.within.values}
        tags = [dimension for key in sorted(keys) if (dimension := Dimension(key)).tag is not None]
        carrying = self._carrying_tags(today, tags)
        return [
            Candidate(
                anomaly,
                carriers(anomaly) | carrying.get(anomaly.anomaly_id, {}),
                hushed.get(anomaly.anomaly_id, ""),
            )
            for anomaly in (*today.anomalies, *today.gone, *today.withdrawn_before)
        ]

    def _carrying_tags(self, today: Today, tags: Sequence[Dimension]) -> dict[str, dict[str, str]]:
        """Anomaly id → tag → the value that carries most of the impact, where one does."""
        placed = [(today.level_of[a.anomaly_id], a) for a in today.anomalies]
        carrying: dict[str, dict[str, str]] = {a.anomaly_id: {} for a in today.anomalies}
        for tag in tags:
            for anomaly, parts in zip(today.anomalies, self._detection.split(placed, tag), strict=True):
                causes, total = parts.causes, anomaly.impact.total_impact
                if causes and total and causes[0].contribution / total > MOSTLY:
                    carrying[anomaly.anomaly_id][tag.key] = causes[0].scope.as_dict()[tag.key]
        return carrying

    def _explanations(self, today: Today, alerts: Iterable[Alert]) -> dict[str, Explanation]:
        """Anomaly id → all about it, for those told at length."""
        wanted: dict[str, tuple[Judged, Anomaly]] = {}
        for alert in alerts:
            if alert.reason in EXPLAINED:
                for anomaly in alert.anomalies[:IN_FULL]:
                    level = today.level_of.get(anomaly.anomaly_id)
                    if level is not None:
                        wanted[anomaly.anomaly_id] = (level, anomaly)
        told = {key: self._explained(level, anomaly) for key, (level, anomaly) in wanted.items()}
        return self._with_activity(told)

    def _explained(self, level: Judged, anomaly: Anomaly) -> Explanation:
        """All about it, and what AWS says of the same where it was asked."""
        return with_opinion(self._drilldown.explained(level, anomaly), self._store)

    def _with_activity(self, told: dict[str, Explanation]) -> dict[str, Explanation]:
        """With who did what around those of the most money, where that is wanted."""
        if self._wait is None or not self._settings.alerts.who_did_it:
            return told
        ranked = sorted(told, key=lambda key: -abs(told[key].anomaly.impact.total_impact))
        asked = {
            key: with_activity_if_known(told[key], self._settings, as_of=self._as_of, wait=self._wait)
            for key in ranked[:MOST_ASKED]
        }
        return {**told, **asked}


def subscriptions(settings: Settings) -> tuple[Subscription, ...]:
    """Who is told: as configured; else one subscription to everything, on every channel there is.

    Raises:
        SettingsError: one names a channel or a monitor that is not there.
    """
    names = [channel.name for channel in kinds.channels(settings)]
    if not settings.subscriptions:
        return (Subscription("default", tuple(names)),)
    monitors = [monitor.name for monitor in views.monitors(settings, Asked())]
    for rules in settings.subscriptions:
        _all_there(rules.name, rules.channels, names, what="channel")
        _all_there(rules.name, rules.monitors, monitors, what="monitor")
    return tuple(
        Subscription(
            name=rules.name,
            channels=rules.channels,
            monitors=rules.monitors,
            within=Scope(tuple((Dimension.parse(k)[0].key, value) for k, value in rules.filter.items())),
            accounts=rules.accounts,
            severity=Severity(rules.min_severity),
            minimum_impact=rules.min_impact,
            minimum_percent=rules.min_impact_pct,
            is_either=rules.match == "any",
            frequency=Frequency(rules.frequency),
            owners=rules.owners,
            follow_ups=tuple(Reason(name) for name in rules.follow_ups),
            storm=rules.storm,
            heartbeat=rules.heartbeat,
        )
        for rules in settings.subscriptions
    )


def _all_there(subscription: str, wanted: Iterable[str], known: Sequence[str], *, what: str) -> None:
    """Refuse what would never be told to anybody.

    Raises:
        SettingsError: a subscription names what is not there.
    """
    for name in wanted:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = (
                f"Did you mean {near[0]}?" if near else f"{what.capitalize()}s there are: {', '.join(known)}."
            )
            raise SettingsError(f"Subscription {subscription} names no {what}: {name!r}.", hint)


def _entry(alert: Alert, message: Message, *, at: datetime) -> OutboxEntry:
    """The alert as it waits to be sent; those of one decision keep their order."""
    told = () if alert.reason is Reason.HEARTBEAT else tuple(as_told(each) for each in alert.anomalies)
    return OutboxEntry(
        alert_id=alert.alert_id,
        subscription=alert.subscription,
        channel=alert.channel,
        reason=alert.reason,
        because=alert.because,
        told=told,
        message=message,
        created_at=at,
    )
