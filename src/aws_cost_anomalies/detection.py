"""Detection over the store: a Panel comes out, a detector marks it, episodes become anomalies with causes.

Knows which panels a verdict takes; knows no door, and not how a detector thinks.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from aws_cost_anomalies import kinds, plans, views
from aws_cost_anomalies.analysis.attribution import attribute_each
from aws_cost_anomalies.analysis.crossing import Placed, crossing, told_elsewhere
from aws_cost_anomalies.analysis.episodes import EpisodeRules, episodes
from aws_cost_anomalies.analysis.following import no_longer_told, still_told
from aws_cost_anomalies.analysis.missing import WATCHED, missing_charges
from aws_cost_anomalies.analysis.nested import drop_nested
from aws_cost_anomalies.analysis.rules import Match
from aws_cost_anomalies.analysis.silence import asked_for, planned, silenced
from aws_cost_anomalies.analysis.withheld import why_withheld, withheld
from aws_cost_anomalies.errors import NoData
from aws_cost_anomalies.model.anomaly import Anomaly, Flags, RootCause
from aws_cost_anomalies.model.answers import Asked, Suppressed, View
from aws_cost_anomalies.model.explanation import Breakdown
from aws_cost_anomalies.model.gap import Gap
from aws_cost_anomalies.model.monitor import Monitor
from aws_cost_anomalies.model.panel import Panel, PanelQuery
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Dimension, Scope
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.store import Store
from aws_cost_anomalies.verdicts import Verdicts
from aws_cost_anomalies.views import Lookback


class Look(NamedTuple):
    """A level of a monitor to be judged: on so many of the last days of the query."""

    monitor: Monitor
    query: PanelQuery
    days: int


"""One level of a monitor, not judged yet."""
DRILL_DOWN = ("account", "region", "service", "usage-type")
"""Dimensions of the daily summary that an impact is split over."""
AT_ONCE = timedelta(days=90)
"""The charges of anomalies that began within so many days are read together."""
ALL = sys.maxsize


@dataclass(frozen=True, slots=True)
class Judged:
    """One level of a monitor with its verdicts.

    Attributes:
        anomalies: those told.
        withheld: those that a second look took back.
    """

    monitor: Monitor
    dimensions: tuple[Dimension, ...]
    query: PanelQuery
    panel: Panel
    flags: Flags
    anomalies: tuple[Anomaly, ...]
    withheld: tuple[Anomaly, ...] = ()

    @property
    def seen(self) -> tuple[Anomaly, ...]:
        """Those that can be asked about."""
        return self.anomalies + self.withheld


def view_of(judged: Sequence[Judged]) -> View:
    """What the verdicts of several levels rest on."""
    usual = [level for level in judged if not level.monitor.only_new]
    levels = dict.fromkeys("+".join(map(str, level.dimensions)) or "total" for level in usual or judged)
    return views.view(judged[0].panel, judged[0].query, list(levels))


class Detection:
    """Verdicts on the levels of a view, and what lies below an anomaly."""

    def __init__(self, settings: Settings, store: Store, *, as_of: date) -> None:
        """Open nothing yet."""
        self._settings = settings
        self._store = store
        self._as_of = as_of
        self._kept = Verdicts(settings.database.cache_dir / "verdicts")
        self.unanswered: dict[str, str] = {}
        """Monitor → why nothing was judged for it, or for one of its levels."""

    def judge(self, asked: Asked, days: Lookback) -> tuple[Judged, ...]:
        """Every level of every monitor asked for, judged over those days.

        One that looks at nothing does not stop the others: it is left to `unanswered`.

        Raises:
            NoData: there is nothing to look at for any of them.
            MixedCurrencies: as the store answers.
        """
        return tuple(self.judge_each(asked, self.looks(asked, days)))

    def looks(self, asked: Asked, days: Lookback) -> list[Look]:
        """Every level of every monitor asked for, over those days."""
        base = views.query(self._settings, asked, days.data_source, period=days.period)
        watched = views.watched(self._settings, asked, base)
        return [
            Look(
                each,
                replace(watched, group_by=level, within=_both(each.within, asked.within)),
                days.judged_days,
            )
            for monitor in views.monitors(self._settings, asked)
            for each, level in _levels(monitor)
        ]

    def judge_each(self, asked: Asked, looks: Iterable[Look]) -> Iterator[Judged]:
        """Levels one after the other, each judged when it is its turn. Raises: as `judge`."""
        nothing: list[NoData] = []
        is_any = False
        for look in looks:
            try:
                judged = self._judged(asked, look)
            except NoData as error:
                nothing.append(error)
                self.unanswered[look.monitor.name] = f"{error.message} {error.hint}".strip()
            else:
                is_any = True
                yield judged
        if nothing and not is_any:
            raise nothing[0]

    def judge_other(self, asked: Asked, judged: Judged, panel: Panel) -> Judged:
        """A level judged on another panel than its own."""
        flags = kinds.detector(self._settings, asked.detector, judged.monitor).detect(panel)
        return self._told(judged.monitor, judged.query, panel, flags=flags)

    def told(self, judged: Sequence[Judged], known: Iterable[Anomaly] = ()) -> tuple[Anomaly, ...]:
        """The anomalies of several levels, each dollar once; those known stay at the level they are known at.

        An anomaly told elsewhere stands for none inside it any more, so the rest is looked through again.
        """
        level_of = {anomaly.anomaly_id: level for level in judged for anomaly in level.anomalies}
        left = [anomaly for level in judged for anomaly in level.anomalies]
        held = still_told(left, known)
        gone: set[str] = set()
        while True:
            left = [anomaly for anomaly in left if anomaly.anomaly_id not in gone]
            kept = drop_nested(left, held=held)
            found = [Placed(anomaly, inside(level_of[anomaly.anomaly_id], anomaly)) for anomaly in kept]
            met = crossing(found)
            if not met:
                return kept
            gone = told_elsewhere(found, met, self._carriers(met, level_of, kept), held=held)
            if not gone:
                return kept

    def with_root_causes(self, found: Sequence[tuple[Judged, Anomaly]]) -> tuple[Anomaly, ...]:
        """The anomalies, each with the slices of daily charges that carry it."""
        queries = []
        for judged, anomaly in found:
            finer = tuple(d for d in map(Dimension, DRILL_DOWN) if d not in judged.dimensions)
            queries.append(below(judged, anomaly, judged.dimensions + finer))
        panels = self._store.panels(queries, as_of=self._as_of)
        anomalies = [anomaly for _, anomaly in found]
        breakdowns = attribute_each(list(zip(anomalies, panels, strict=True)), dimension="+".join(DRILL_DOWN))
        return tuple(
            replace(anomaly, root_causes=breakdown.causes)
            for anomaly, breakdown in zip(anomalies, breakdowns, strict=True)
        )

    def split(self, found: Sequence[tuple[Judged, Anomaly]], by: Dimension) -> list[Breakdown]:
        """What each of the anomalies is made of by one dimension more, in their order."""
        queries = [below(judged, anomaly, (by,)) for judged, anomaly in found]
        panels = self._store.panels(queries, as_of=self._as_of) if queries else []
        anomalies = [anomaly for _, anomaly in found]
        return attribute_each(list(zip(anomalies, panels, strict=True)), dimension=str(by))

    def gaps(self, judged: Sequence[Judged], told: Period) -> tuple[Gap, ...]:
        """What the bill lacks in some days; read from a panel that was judged, where one is of all of it."""
        for level in judged:
            if set(level.dimensions) == set(WATCHED) and not level.query.within.values:
                return missing_charges(level.panel, told)
        query = replace(judged[0].query, period=told, currency=judged[0].panel.currency)
        return self._store.gaps(query, as_of=self._as_of)

    def with_feedback(self, anomalies: Sequence[Anomaly]) -> tuple[Anomaly, ...]:
        """The anomalies, each with the last word said of it."""
        said = self._store.feedback()
        return tuple(replace(a, feedback=said.get(a.anomaly_id)) for a in anomalies)

    def said(self, currency: str) -> list[Anomaly]:
        """The anomalies of a currency that people said something of: amounts of another are no measure."""
        every = (one for one in self._store.followed() if one.anomaly.feedback is not None)
        return [one.anomaly for one in every if (one.seen.currency or currency) == currency]

    def suppressed(self, anomalies: Sequence[Anomaly], currency: str) -> tuple[Suppressed, ...]:
        """What need not be told: planned first, then what feedback keeps silent."""
        announced = planned(anomalies, plans.read_plans(self._settings.planned))
        known = {each.anomaly.anomaly_id for each in announced}
        others = [a for a in anomalies if a.anomaly_id not in known]
        return announced + silenced(others, self.said(currency))

    def withheld(
        self, judged: Sequence[Judged], told: Sequence[Anomaly], *, since: date
    ) -> tuple[Suppressed, ...]:
        """What a second look took back of the days since, each dollar once, where nothing is told of it."""
        level_of = {anomaly.anomaly_id: level for level in judged for anomaly in level.withheld}
        back = drop_nested(a for level in judged for a in level.withheld)
        recent = no_longer_told((a for a in back if a.end_date >= since), told)
        placed = [(level_of[a.anomaly_id], a) for a in self.with_feedback(recent)]
        return tuple(Suppressed(a, why_withheld(level.panel, level.flags, a)) for level, a in placed)

    def _carriers(
        self, met: Collection[str], level_of: Mapping[str, Judged], found: Iterable[Anomaly]
    ) -> dict[str, tuple[RootCause, ...]]:
        """Anomaly id → all charges that carry it, by every dimension of the levels that cross.

        A quarter of a year at once: a replay may have years of them.
        """
        levels = [level_of[anomaly_id] for anomaly_id in met]
        by = tuple(dict.fromkeys(d for level in levels for d in level.dimensions))
        crossed = sorted((a for a in found if a.anomaly_id in met), key=lambda a: a.start_date)
        carriers: dict[str, tuple[RootCause, ...]] = {}
        for _, group in groupby(crossed, key=lambda a: a.start_date.toordinal() // AT_ONCE.days):
            anomalies = tuple(group)
            learned = anomalies[0].start_date - timedelta(days=views.HISTORY_DAYS)
            last = max(anomaly.end_date for anomaly in anomalies)
            queries = [below(level_of[a.anomaly_id], a, by) for a in anomalies]
            periods = [
                Period(max(q.period.start, learned), min(q.period.end, last + ONE_DAY)) for q in queries
            ]
            panels = self._store.panels(
                [replace(query, period=period) for query, period in zip(queries, periods, strict=True)],
                as_of=self._as_of,
            )
            each = zip(anomalies, panels, strict=True)
            carried = attribute_each(list(each), dimension="+".join(map(str, by)), top=ALL)
            carriers |= {a.anomaly_id: b.causes for a, b in zip(anomalies, carried, strict=True)}
        return carriers

    def _judged(self, asked: Asked, look: Look) -> Judged:
        panel = self._store.panel(look.query, as_of=self._as_of)
        detector = kinds.detector(self._settings, asked.detector, look.monitor, last=look.days)
        flags = self._kept.of(panel, detector)
        return self._told(look.monitor, look.query, panel, flags=flags)

    def _told(self, monitor: Monitor, query: PanelQuery, panel: Panel, *, flags: Flags) -> Judged:
        """A level with those of its anomalies that its monitor tells."""
        rules = self._rules(monitor, panel.currency)
        found = episodes(panel, flags, rules=rules)
        back = withheld(panel, flags, found, rules=rules)
        if monitor.within.values:
            found, back = (
                tuple(replace(anomaly, watched=monitor.within) for anomaly in some) for some in (found, back)
            )
        after_all = asked_for(back, self.said(panel.currency)) if back else ()
        back = tuple(anomaly for anomaly in back if anomaly not in after_all)
        told = monitor.wanted(found + after_all)
        return Judged(monitor, query.group_by, query, panel, flags, told, withheld=monitor.wanted(back))

    def _rules(self, monitor: Monitor, currency: str) -> EpisodeRules:
        rules = self._settings.anomaly
        return EpisodeRules(
            monitor=monitor.name,
            minimum_impact=monitor.minimum_impact,
            minimum_percent=rules.min_impact_pct,
            match=Match(rules.match),
            other_currency=views.other_currency(self._store.coverage(self._as_of), currency),
        )


def _levels(monitor: Monitor) -> Iterator[tuple[Monitor, tuple[Dimension, ...]]]:
    """The levels of a monitor, those on which only new spend is told last."""
    usual = views.levels(monitor.group_by)
    yield from ((monitor, level) for level in usual)
    new = replace(monitor, only_new=True)
    further = views.levels(monitor.first_seen) if monitor.first_seen else ()
    yield from ((new, level) for level in further if set(level) not in [set(other) for other in usual])


def below(judged: Judged, anomaly: Anomaly, by: tuple[Dimension, ...]) -> PanelQuery:
    """The charges of an anomaly by other dimensions."""
    within, currency = inside(judged, anomaly), judged.panel.currency
    return replace(judged.query, group_by=by, within=within, currency=currency)


def inside(judged: Judged, anomaly: Anomaly) -> Scope:
    """The slice that an anomaly is about: its scope within what was looked at."""
    return _both(judged.query.within, anomaly.scope)


def _both(one: Scope, other: Scope) -> Scope:
    """What lies in both, the second where both name a dimension."""
    return Scope(tuple({**one.as_dict(), **other.as_dict()}.items()))
