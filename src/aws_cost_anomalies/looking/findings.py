"""What is odd now, as a page shows it again and again: judged once for each version of the charges.

Knows what an answer depends on; knows no page. Feedback and what runs remember are read anew whenever the
store changes; verdicts and causes only when its charges do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from aws_cost_anomalies import kinds, views
from aws_cost_anomalies.analysis.nested import largest_first
from aws_cost_anomalies.analysis.silence import asked_for
from aws_cost_anomalies.detection import Detection, view_of
from aws_cost_anomalies.drilldown import DrillDown
from aws_cost_anomalies.errors import CostAnomaliesError, UnknownAnomaly
from aws_cost_anomalies.explain.explain import days_around
from aws_cost_anomalies.following import Following, Found, Today, as_withdrawn, sighting
from aws_cost_anomalies.looking.kept import Kept
from aws_cost_anomalies.looking.loaded import Loaded
from aws_cost_anomalies.model.anomaly import Anomaly, Feedback, Status
from aws_cost_anomalies.model.answers import Asked, Suppressed, View
from aws_cost_anomalies.model.explanation import DayVerdict, Explanation, Narrative
from aws_cost_anomalies.model.followed import Followed
from aws_cost_anomalies.model.scope import Dimension
from aws_cost_anomalies.second_opinion import with_opinion

DAYS = 90
"""Days of anomalies that are shown: as long as AWS Cost Anomaly Detection keeps its own."""
PATIENCE = 0.15
"""Seconds that a page waits for new verdicts before it shows the old ones."""


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """Everything odd of the last days.

    Attributes:
        anomalies: each with its causes and the last word said of it, the largest money first.
        silent: planned, kept silent by feedback, or withheld by a second look.
        withdrawn: told before, restated away.
        owners: anomaly id → tag → the value that carries most of it.
        is_current: whether the newest charges were judged; the last verdicts are shown while they are.
        unanswered: monitor → why nothing was judged for it.
    """

    view: View
    anomalies: tuple[Anomaly, ...]
    silent: tuple[Suppressed, ...]
    withdrawn: tuple[Anomaly, ...]
    owners: Mapping[str, Mapping[str, str]]
    today: Today
    is_current: bool = True
    unanswered: Mapping[str, str] = field(default_factory=dict)

    def of(self, anomaly_id: str) -> Anomaly:
        """The anomaly whose id begins like this. Raises: UnknownAnomaly."""
        every = (*self.anomalies, *(each.anomaly for each in self.silent), *self.withdrawn)
        found = {a.anomaly_id: a for a in every if a.anomaly_id.startswith(anomaly_id)}
        if len(found) != 1:
            raise UnknownAnomaly(anomaly_id, tuple(found))
        return next(iter(found.values()))


@dataclass(frozen=True, slots=True, eq=False)
class _Verdicts:
    """What the charges alone tell."""

    found: Found
    owners: Mapping[str, Mapping[str, str]]
    unanswered: Mapping[str, str]


class Watching:
    """Findings, kept from question to question. Safe to share between threads."""

    def __init__(self, loaded: Loaded) -> None:
        """Judge nothing yet."""
        self._loaded = loaded
        self._verdicts: Kept[_Verdicts] = Kept(2)
        self._findings: Kept[Findings] = Kept(4)
        self._explanations: Kept[Explanation] = Kept(256)
        self._newest: tuple[str, _Verdicts] | None = None

    def account_names(self) -> dict[str, str]:
        """Account id → its newest name."""
        return self._loaded.store.account_names()

    def is_ready(self) -> bool:
        """Whether `now` answers at once; where there are no verdicts yet they are made in the background."""
        if self._newest is not None:
            return True
        try:
            self._verdicts.start(self._loaded.charges(), self._judged).result(timeout=PATIENCE)
        except NotYet:
            return False
        except CostAnomaliesError:
            return True
        return True

    def now(self) -> Findings:
        """Everything odd of the last days. Raises: NoData, MixedCurrencies."""
        version, charges = self._loaded.store.version(), self._loaded.charges()
        told_by, verdicts = self._current(charges)
        key = (version, told_by, _stamp(self._loaded.settings.planned))
        return self._findings.get(key, lambda: self._seen(verdicts, is_current=told_by == charges))

    def explained(self, anomaly_id: str) -> Explanation:
        """One anomaly in full. Raises: UnknownAnomaly, WithdrawnAnomaly."""
        findings = self.now()
        anomaly = findings.of(anomaly_id)
        told = self._explanations.get(
            (self._loaded.charges(), anomaly.anomaly_id), lambda: self._full(anomaly)
        )
        with self._loaded.store.one_version():
            return with_opinion(replace(told, anomaly=anomaly), self._loaded.store)

    def is_explained(self, anomaly_id: str) -> bool:
        """Whether that needs no more work."""
        return self._explanations.is_there((self._loaded.charges(), anomaly_id))

    def narrated(self, told: Explanation) -> Narrative:
        """It in words, by rule: no page asks a model unbidden."""
        return kinds.plain_narrator(self.account_names()).narrate(told)

    def say(self, numbers: Sequence[str], word: Feedback, *, note: str, now: datetime) -> None:
        """Keep a word said of anomalies, all at once. Raises: UnknownAnomaly, WithdrawnAnomaly, StoreBusy."""
        findings = self.now()
        found = [findings.of(number) for number in numbers]
        level = findings.today.judged[0]
        seen = [
            Followed(replace(a, feedback=word), sighting(findings.today.level(a.anomaly_id) or level))
            for a in found
        ]
        for each in seen:
            if each.anomaly.status is Status.WITHDRAWN:
                raise as_withdrawn(each, self._loaded.store)
        with self._loaded.store.writing(now) as writer:
            writer.save_anomalies(seen)
            for anomaly in found:
                writer.save_feedback(anomaly.anomaly_id, word, at=now, note=note)

    def days(self, anomaly: Anomaly) -> tuple[DayVerdict, ...]:
        """The days around it, as far as they are judged; none for one that was restated away."""
        level = self.now().today.level(anomaly.anomaly_id)
        return days_around(anomaly, level.panel, level.flags) if level else ()

    def _current(self, charges: str) -> tuple[str, _Verdicts]:
        """The verdicts on these charges; the ones before while they are not there yet."""
        if self._newest is None or self._newest[0] == charges:
            verdicts = self._verdicts.get(charges, self._judged)
        else:
            making = self._verdicts.start(charges, self._judged)
            try:
                verdicts = making.result(timeout=PATIENCE)
            except NotYet:
                return self._newest
        self._newest = (charges, verdicts)
        return self._newest

    def _judged(self) -> _Verdicts:
        with self._loaded.store.one_version():
            detection = Detection(self._loaded.settings, self._loaded.store, as_of=self._loaded.as_of)
            name = views.named(self._loaded.settings, Asked())
            days = views.lookback(self._loaded.store.coverage, name, as_of=self._loaded.as_of, days=DAYS)
            found = Following(detection, self._loaded.store, as_of=self._loaded.as_of).found(Asked(), days)
            return _Verdicts(found, self._owners(detection, found), dict(detection.unanswered))

    def _owners(self, detection: Detection, found: Found) -> dict[str, dict[str, str]]:
        """Who carries most of each anomaly, by every tag that is kept."""
        owners: dict[str, dict[str, str]] = {a.anomaly_id: {} for a in found.anomalies}
        placed = [(found.level_of[a.anomaly_id], a) for a in found.anomalies]
        for dimension in map(Dimension.of_tag, self._loaded.store.tag_keys()):
            split = detection.split(placed, dimension)
            for anomaly, breakdown in zip(found.anomalies, split, strict=True):
                if breakdown.causes:
                    value = breakdown.causes[0].scope.as_dict()[dimension.key]
                    owners[anomaly.anomaly_id][str(dimension)] = value
        return owners

    def _seen(self, verdicts: _Verdicts, *, is_current: bool) -> Findings:
        with self._loaded.store.one_version():
            detection = Detection(self._loaded.settings, self._loaded.store, as_of=self._loaded.as_of)
            following = Following(detection, self._loaded.store, as_of=self._loaded.as_of)
            today = following.seen(Asked(), verdicts.found)
            withheld = detection.withheld(today.judged, today.anomalies, since=verdicts.found.since)
            # Verdicts are older than the last word, which may want one of these told.
            currency = today.judged[0].panel.currency
            after_all = asked_for((each.anomaly for each in withheld), detection.said(currency))
            every = (*today.anomalies, *detection.with_feedback(after_all))
            silent = (
                *detection.suppressed(every, currency),
                *(w for w in withheld if w.anomaly not in after_all),
            )
        unsaid = {each.anomaly.anomaly_id for each in silent}
        then = zip(today.anomalies, verdicts.found.anomalies, strict=True)
        view = view_of(today.judged)
        return Findings(
            view=replace(
                view, period=replace(view.period, start=max(view.period.start, verdicts.found.since))
            ),
            anomalies=tuple(sorted((a for a in every if a.anomaly_id not in unsaid), key=largest_first)),
            silent=silent,
            withdrawn=today.withdrawn,
            owners={now.anomaly_id: verdicts.owners[was.anomaly_id] for now, was in then},
            today=today,
            is_current=is_current,
            unanswered=verdicts.unanswered,
        )

    def _full(self, anomaly: Anomaly) -> Explanation:
        today = self.now().today
        level = today.level(anomaly.anomaly_id)
        if level is None:
            raise as_withdrawn(Followed(anomaly, sighting(today.judged[0])), self._loaded.store)
        with self._loaded.store.one_version():
            drill = DrillDown(self._loaded.settings, self._loaded.store, as_of=self._loaded.as_of)
            return drill.explained(level, anomaly)


def _stamp(file: Path) -> int:
    """When a file was written last; 0 when there is none."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0
