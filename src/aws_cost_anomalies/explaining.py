"""One anomaly and what is said of it: found by its id, explained in full, answered with feedback.

Knows where an id can be found; the verdicts, and what lies below them, come from the rooms beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import chain

from aws_cost_anomalies import views
from aws_cost_anomalies.analysis.silence import silenced
from aws_cost_anomalies.detection import Detection, Judged, Look
from aws_cost_anomalies.drilldown import DrillDown
from aws_cost_anomalies.errors import CostAnomaliesError, MixedCurrencies, NoData, UnknownAnomaly
from aws_cost_anomalies.following import Following, as_withdrawn, sighting
from aws_cost_anomalies.model.anomaly import Anomaly, Feedback, Status
from aws_cost_anomalies.model.answers import Asked, FeedbackEffect
from aws_cost_anomalies.model.explanation import Explanation
from aws_cost_anomalies.model.followed import Followed
from aws_cost_anomalies.second_opinion import with_opinion
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.store import Store

LEVELS_TO_SEARCH = (
    "service",
    "account",
    "service+account",
    "region",
    "usage-type",
    "service+region",
    "total",
)
"""Where an id is looked for that the configured grouping does not have."""


class Explaining:
    """Questions about one anomaly."""

    def __init__(self, settings: Settings, store: Store, *, as_of: date, now: datetime) -> None:
        """Open nothing yet; arguments as App's."""
        self._settings = settings
        self._store = store
        self._as_of = as_of
        self._now = now
        self._detection = Detection(settings, store, as_of=as_of)
        self._following = Following(self._detection, store, as_of=as_of)

    def explain(self, anomaly_id: str, asked: Asked) -> Explanation:
        """One anomaly in full. Raises: UnknownAnomaly, WithdrawnAnomaly."""
        level, anomaly = self._found(anomaly_id, asked)
        (anomaly,) = self._detection.with_root_causes([(level, anomaly)])
        explained = DrillDown(self._settings, self._store, as_of=self._as_of).explained(level, anomaly)
        return with_opinion(explained, self._store)

    def feedback_effect(self, anomaly_id: str, word: Feedback, asked: Asked) -> FeedbackEffect:
        """What saying this of an anomaly would have kept silent so far. Raises: as `explain`."""
        judged = self._judged(asked)
        level, anomaly = self._found(anomaly_id, asked, judged)
        if level.panel.data_source not in {each.panel.data_source for each in judged}:
            judged = self._judged(replace(asked, source=level.panel.data_source))
        (caused,) = self._detection.with_root_causes([(level, anomaly)])
        anomaly = replace(caused, feedback=word)
        said = [a for a in self._detection.said(level.panel.currency) if a.anomaly_id != anomaly.anomaly_id]
        past = self._detection.told(judged)
        before = {each.anomaly.anomaly_id for each in silenced(past, said)}
        after = silenced(past, [*said, anomaly])
        silent = tuple(each.anomaly for each in after if each.anomaly.anomaly_id not in before)
        return FeedbackEffect(anomaly, sighting(level), silent)

    def give_feedback(self, effect: FeedbackEffect, *, note: str) -> None:
        """Keep an anomaly together with what is said of it. Raises: StoreBusy."""
        said = effect.anomaly.feedback
        if said is not None:
            with self._store.writing(self._now) as writer:
                writer.save_anomalies([Followed(effect.anomaly, effect.seen)])
                writer.save_feedback(effect.anomaly.anomaly_id, said, at=self._now, note=note)

    def _judged(self, asked: Asked) -> tuple[Judged, ...]:
        return tuple(self._detection.judge_each(asked, self._looks(asked, views.HISTORY_DAYS)))

    def _looks(self, asked: Asked, days: int) -> list[Look]:
        name = views.named(self._settings, asked)
        lookback = views.lookback(self._store.coverage, name, as_of=self._as_of, days=days)
        return self._detection.looks(asked, lookback)

    def _found(self, anomaly_id: str, asked: Asked, judged: Sequence[Judged] = ()) -> tuple[Judged, Anomaly]:
        """The anomaly an id means, and its level.

        An id that is remembered stands for the anomaly as it is seen now.
        """
        for level in chain(judged, self._levels(anomaly_id, asked), self._elsewhere(anomaly_id, asked)):
            anomalies = self._detection.with_feedback(level.seen)
            found = [a for a in anomalies if a.anomaly_id.startswith(anomaly_id)]
            if len(found) > 1:
                raise UnknownAnomaly(anomaly_id, tuple(a.anomaly_id for a in found))
            known = found[0] if found else self._following.under_its_id(anomaly_id, level)
            if known is not None:
                return level, known
        raise self._not_found(anomaly_id, asked)

    def _not_found(self, anomaly_id: str, asked: Asked) -> CostAnomaliesError:
        """Why nothing is seen under an id: a restated bill took it back, or nobody raised it."""
        known = [each for each in self._store.followed() if each.anomaly.anomaly_id.startswith(anomaly_id)]
        gone = [each for each in known if each.anomaly.status is Status.WITHDRAWN]
        gone = gone or (self._taken_back(known, asked) if known else [])
        if len(gone) != 1:
            return UnknownAnomaly(anomaly_id, tuple(each.anomaly.anomaly_id for each in gone))
        return as_withdrawn(gone[0], self._store)

    def _taken_back(self, known: Sequence[Followed], asked: Asked) -> list[Followed]:
        """Those of the remembered that the next run will withdraw: `anomalies` lists them as withdrawn."""
        usual = Asked(source=asked.source, currency=asked.currency)
        oldest = min(each.anomaly.end_date for each in known)
        days = min(max((self._as_of - oldest).days, views.TOLD_DAYS), views.HISTORY_DAYS)
        name = views.named(self._settings, asked)
        lookback = views.lookback(self._store.coverage, name, as_of=self._as_of, days=days)
        ids = {each.anomaly.anomaly_id for each in known}
        now = self._following.sighted(self._following.today(usual, lookback))
        return [e for e in now if e.anomaly.status is Status.WITHDRAWN and e.anomaly.anomaly_id in ids]

    def _elsewhere(self, anomaly_id: str, asked: Asked) -> Iterator[Judged]:
        """The same in the other data sources, unless one was named: `anomalies --source` told of them."""
        if asked.source is not None:
            return
        name = views.named(self._settings, asked)
        chosen = views.source(self._store.coverage, name, as_of=self._as_of, days=views.TOLD_DAYS)
        for each in self._store.coverage(self._as_of):
            if each.data_source != chosen.data_source:
                # What ails a source that nobody asked for is no answer.
                with suppress(NoData, MixedCurrencies):
                    yield from self._levels(anomaly_id, replace(asked, source=each.data_source))

    def _levels(self, anomaly_id: str, asked: Asked) -> Iterator[Judged]:
        """Where an id may be found, judged one by one: the last days, those before, the usual groupings.

        The last days are judged as those who told of them judged them, with as much history: these verdicts
        are kept. What is remembered under the id says at which level to look first.
        """
        remembered = [a for a in self._store.anomalies() if a.anomaly_id.startswith(anomaly_id)]
        likely = {(a.monitor, frozenset(a.scope.as_dict())) for a in remembered}

        def is_unlikely(look: Look) -> bool:
            return (look.monitor.name, frozenset(d.key for d in look.query.group_by)) not in likely

        looks = sorted(self._looks(asked, views.TOLD_DAYS), key=is_unlikely)
        for level in self._detection.judge_each(asked, looks):
            since = level.panel.period.end - timedelta(days=views.TOLD_DAYS)
            told, back = (
                tuple(a for a in some if a.end_date >= since) for some in (level.anomalies, level.withheld)
            )
            yield replace(level, anomalies=told, withheld=back)
        for each in (asked, *(replace(asked, group_by=group_by) for group_by in LEVELS_TO_SEARCH)):
            looks = sorted(self._looks(each, views.HISTORY_DAYS), key=is_unlikely)
            yield from self._detection.judge_each(each, looks)
