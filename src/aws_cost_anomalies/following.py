"""Anomalies of today beside those the store remembers: the same ids from day to day, and a life to its end.

Knows verdicts and what was remembered; tells nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from aws_cost_anomalies.analysis.following import LIVE, is_same_move, no_longer_seen, recognised
from aws_cost_anomalies.detection import Detection, Judged, inside, told
from aws_cost_anomalies.errors import NoData
from aws_cost_anomalies.model.anomaly import Anomaly, Status
from aws_cost_anomalies.model.answers import Asked
from aws_cost_anomalies.model.followed import Followed, Sighting
from aws_cost_anomalies.model.panel import Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.store import Store
from aws_cost_anomalies.views import Lookback

REMEMBERED = timedelta(days=90)
"""What ended longer ago is not looked for any more; as long as AWS Cost Anomaly Detection keeps its own."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The verdicts on the charges of some days, nothing remembered.

    Attributes:
        judged: every level.
        level_of: anomaly id → the level it was found at.
        anomalies: each dollar once, with causes.
        since: the first day that is told of.
    """

    judged: tuple[Judged, ...]
    level_of: Mapping[str, Judged]
    anomalies: tuple[Anomaly, ...]
    since: date


@dataclass(frozen=True, slots=True, eq=False)
class Today:
    """The verdicts of today.

    Attributes:
        judged: every level.
        level_of: anomaly id → the level it was found at.
        anomalies: each dollar once, under the ids they are known by, with causes and feedback.
        gone: known ones that are not found any more: withdrawn, or over.
    """

    judged: tuple[Judged, ...]
    level_of: Mapping[str, Judged]
    anomalies: tuple[Anomaly, ...]
    gone: tuple[Anomaly, ...]

    @property
    def withdrawn(self) -> tuple[Anomaly, ...]:
        """Known ones that a restated bill took back."""
        return tuple(anomaly for anomaly in self.gone if anomaly.status is Status.WITHDRAWN)


class Following:
    """Today's anomalies, and what the store remembers of earlier ones."""

    def __init__(self, detection: Detection, store: Store, *, as_of: date) -> None:
        """Open nothing yet."""
        self._detection = detection
        self._store = store
        self._as_of = as_of

    def today(self, asked: Asked, days: Lookback) -> Today:
        """What the configured monitors, or those asked for, tell of those days.

        Raises: NoData, MixedCurrencies: as `Detection.judge`.
        """
        return self.seen(asked, self.found(asked, days))

    def found(self, asked: Asked, days: Lookback) -> Found:
        """What the charges alone tell, and who carries it. Raises: as `today`."""
        judged = self._detection.judge(asked, days)
        level_of = {a.anomaly_id: level for level in judged for a in level.anomalies}
        recent = [a for a in told(judged) if a.end_date >= days.since]
        caused = self._detection.with_root_causes([(level_of[a.anomaly_id], a) for a in recent])
        return Found(judged, level_of, caused, days.since)

    def seen(self, asked: Asked, found: Found) -> Today:
        """What was found, beside what is remembered of it."""
        judged = found.judged
        known = self._known(judged) if is_usual(asked) else {}
        seen = recognised(found.anomalies, known.values())
        level_of = {
            now.anomaly_id: found.level_of[then.anomaly_id]
            for now, then in zip(seen, found.anomalies, strict=True)
        }
        missing = [a for a in known.values() if a.anomaly_id not in level_of and a.end_date >= found.since]
        gone = no_longer_seen(missing, {a.anomaly_id: self._spend(judged, a) for a in missing})
        return Today(judged, level_of, self._detection.with_feedback(seen), gone)

    def sighted(self, today: Today) -> tuple[Followed, ...]:
        """Today's anomalies as they are to be remembered."""
        level = today.judged[0]
        return tuple(
            Followed(anomaly, sighting(today.level_of.get(anomaly.anomaly_id, level)))
            for anomaly in (*today.anomalies, *today.gone)
        )

    def under_its_id(self, anomaly_id: str, level: Judged) -> Anomaly | None:
        """The anomaly of a level that is the one remembered under an id, or one that begins like it."""
        remembered = [a for a in self._known([level]).values() if a.anomaly_id.startswith(anomaly_id)]
        for one in remembered:
            for found in self._detection.with_feedback(level.anomalies):
                if found.scope == one.scope and is_same_move(found, one):
                    return replace(found, anomaly_id=one.anomaly_id, feedback=one.feedback)
        return None

    def _known(self, judged: Sequence[Judged]) -> dict[str, Anomaly]:
        """The remembered anomalies that these verdicts speak of: anomaly id → the anomaly as it was last."""
        monitors = {level.monitor.name for level in judged}
        panel = judged[0].panel
        seen_in = (panel.data_source, panel.metric, panel.currency)
        oldest = max(panel.period.start, panel.period.end - REMEMBERED)
        return {
            each.anomaly.anomaly_id: each.anomaly
            for each in self._store.followed()
            if each.anomaly.monitor in monitors
            and (each.seen.data_source, each.seen.metric, each.seen.currency) == seen_in
            and each.anomaly.status is not Status.WITHDRAWN
            and (each.anomaly.start_date >= oldest or each.anomaly.status in LIVE)
        }

    def _spend(self, judged: Iterable[Judged], anomaly: Anomaly) -> float:
        """What the days of an anomaly cost now."""
        level = next(level for level in judged if level.monitor.name == anomaly.monitor)
        days = Period(anomaly.start_date, anomaly.end_date + ONE_DAY)
        within, currency = inside(level, anomaly), level.panel.currency
        query = replace(level.query, period=days, group_by=(), within=within, currency=currency)
        try:
            return float(np.nansum(self._store.panel(query, as_of=self._as_of).costs))
        except NoData:
            return 0.0


def is_usual(asked: Asked) -> bool:
    """Whether a question leaves the monitors as configured, so that its anomalies are those remembered."""
    return asked == Asked(source=asked.source, currency=asked.currency)


def sighting(level: Judged) -> Sighting:
    """What the anomalies of a level are seen in."""
    panel = level.panel
    return Sighting(panel.data_source, panel.metric, panel.currency, last_known_day(panel))


def last_known_day(panel: Panel) -> date:
    """The last day of a panel that anything is known of."""
    known = np.flatnonzero(~np.isnan(panel.costs).all(axis=0))
    return panel.period.start + int(known[-1]) * ONE_DAY if len(known) else panel.period.last_day
