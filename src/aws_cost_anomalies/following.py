"""Anomalies of today beside those the store remembers: the same ids from day to day, and a life to its end.

Knows verdicts and what was remembered; tells nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from aws_cost_anomalies.analysis.following import (
    ended,
    hidden_moves,
    is_same_move,
    no_longer_seen,
    recognised,
)
from aws_cost_anomalies.analysis.nested import LIVE
from aws_cost_anomalies.detection import Detection, Judged, inside
from aws_cost_anomalies.errors import NoData, WithdrawnAnomaly
from aws_cost_anomalies.model import money, naming
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
    """The verdicts on the charges of some days, none under the id it is remembered by.

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
        withdrawn_before: known to be withdrawn since an earlier day, and not found again.
    """

    judged: tuple[Judged, ...]
    level_of: Mapping[str, Judged]
    anomalies: tuple[Anomaly, ...]
    gone: tuple[Anomaly, ...]
    withdrawn_before: tuple[Anomaly, ...] = ()

    def level(self, anomaly_id: str) -> Judged | None:
        """The level that an anomaly was found at, also one that is withheld; None for one that is gone."""
        back = (level for level in self.judged if anomaly_id in {a.anomaly_id for a in level.withheld})
        return self.level_of.get(anomaly_id) or next(back, None)

    @property
    def withdrawn(self) -> tuple[Anomaly, ...]:
        """Known ones that a restated bill took back, today or before."""
        today = (anomaly for anomaly in self.gone if anomaly.status is Status.WITHDRAWN)
        return (*today, *self.withdrawn_before)


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
        """What the charges tell, at the levels where it was told before, and who carries it.

        Raises: as `today`.
        """
        judged = self._detection.judge(asked, days)
        level_of = {a.anomaly_id: level for level in judged for a in level.anomalies}
        known = _not_withdrawn(self._remembered(judged)) if is_usual(asked) and len(judged) > 1 else {}
        recent = [a for a in self._detection.told(judged, known.values()) if a.end_date >= days.since]
        caused = self._detection.with_root_causes([(level_of[a.anomaly_id], a) for a in recent])
        return Found(judged, level_of, caused, days.since)

    def seen(self, asked: Asked, found: Found) -> Today:
        """What was found, beside what is remembered of it."""
        judged = found.judged
        remembered = self._remembered(judged) if is_usual(asked) else {}
        known = _not_withdrawn(remembered)
        seen = recognised(found.anomalies, known.values())
        level_of = {
            now.anomaly_id: found.level_of[then.anomaly_id]
            for now, then in zip(seen, found.anomalies, strict=True)
        }
        away = [a for a in remembered.values() if a.anomaly_id not in level_of]
        # A word alone has these remembered: nobody is told that they end, or that the bill took them back.
        spoken_of = (a for a in away if a.feedback is not None and a.anomaly_id in known)
        back = hidden_moves(spoken_of, (a for level in judged for a in level.withheld))
        away = [a for a in away if a.anomaly_id not in back]
        hidden = hidden_moves(
            (a for a in away if a.anomaly_id in known), (a for level in judged for a in level.anomalies)
        )
        unseen = [a for a in away if a.end_date >= found.since]
        lost = [a for a in unseen if a.anomaly_id in known and a.anomaly_id not in hidden]
        spend = {a.anomaly_id: self._spend(judged, a) for a in lost}
        gone = (
            *no_longer_seen(lost, spend, since=judged[0].panel.period.start),
            *ended((a for a in away if a.anomaly_id in hidden), hidden),
        )
        before = tuple(a for a in unseen if a.anomaly_id not in known)
        return Today(judged, level_of, self._detection.with_feedback(seen), gone, before)

    def sighted(self, today: Today) -> tuple[Followed, ...]:
        """Today's anomalies as they are to be remembered."""
        level = today.judged[0]
        return tuple(
            Followed(anomaly, sighting(today.level_of.get(anomaly.anomaly_id, level)))
            for anomaly in (*today.anomalies, *today.gone)
        )

    def under_its_id(self, anomaly_id: str, level: Judged) -> Anomaly | None:
        """The anomaly of a level that is the one remembered under an id, or one that begins like it."""
        known = _not_withdrawn(self._remembered([level]))
        for one in (a for a in known.values() if a.anomaly_id.startswith(anomaly_id)):
            for found in self._detection.with_feedback(level.anomalies):
                if found.scope == one.scope and is_same_move(found, one):
                    return replace(found, anomaly_id=one.anomaly_id, feedback=one.feedback)
        return None

    def _remembered(self, judged: Sequence[Judged]) -> dict[str, Anomaly]:
        """The remembered anomalies that these verdicts speak of: anomaly id → the anomaly as it was last."""
        watched = {level.monitor.name: level.monitor.within for level in judged}
        panel = judged[0].panel
        seen_in = (panel.data_source, panel.metric, panel.currency)
        oldest = max(panel.period.start, panel.period.end - REMEMBERED)
        return {
            each.anomaly.anomaly_id: replace(each.anomaly, watched=watched[each.anomaly.monitor])
            for each in self._store.followed()
            if each.anomaly.monitor in watched
            and (each.seen.data_source, each.seen.metric, each.seen.currency) == seen_in
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


def _not_withdrawn(remembered: Mapping[str, Anomaly]) -> dict[str, Anomaly]:
    """Those that a verdict may find again; one that was withdrawn begins anew when the bill has it again."""
    return {key: one for key, one in remembered.items() if one.status is not Status.WITHDRAWN}


def as_withdrawn(each: Followed, store: Store) -> WithdrawnAnomaly:
    """What is left to say of an anomaly that was withdrawn: since when it is, and what it had been.

    Who was told knows the day of the message; else the data it was judged last with speak for the day.
    """
    one = each.anomaly
    notices = [e for e in store.alerts() if any(said.anomaly_id == one.anomaly_id for said in e.told)]
    last = notices[-1] if notices and notices[-1].took_back(one.anomaly_id) else None
    when = f"on {last.created_at:%Y-%m-%d}" if last else f"with the data through {each.seen.through}"
    is_one_day = one.start_date == one.end_date
    lasted = f"on {one.start_date}" if is_one_day else f"from {one.start_date} to {one.end_date}"
    impact = f"{money.signed(one.impact.total_impact)} {each.seen.currency}"
    what = f"the {naming.happened(one, store.account_names())} {lasted}, {impact}"
    return WithdrawnAnomaly(one.anomaly_id, what, when=when)


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
