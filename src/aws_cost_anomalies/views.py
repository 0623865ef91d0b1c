"""What a question looks at: the data source, the window, the metric; chosen by rule where nobody named them.

Knows coverage and settings; opens nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import isfinite

import numpy as np

from aws_cost_anomalies.errors import InvalidArgument, NoData
from aws_cost_anomalies.model.answers import Asked, View
from aws_cost_anomalies.model.focus import METRIC_NAMES
from aws_cost_anomalies.model.load import Coverage
from aws_cost_anomalies.model.monitor import Direction, Monitor
from aws_cost_anomalies.model.panel import Panel, PanelQuery
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Dimension, Scope
from aws_cost_anomalies.settings import MonitorRules, Settings

TOLD_DAYS = 30
"""The last days whose anomalies are told, unless asked otherwise."""
HISTORY_DAYS = 120
"""Days before the window that are judged with it: what began in them may last into it."""
LEARNED_DAYS = 406
"""Days before the window that a detector learns from: a year, and five weeks before the same day in it."""
DETAIL = ("cur", "focus", "sample", "cost_explorer")
"""Data sources, the most detailed first."""
USUAL = "USD"
"""The currency whose ids name no currency, where a store has it among several."""
FRESH_ENOUGH = timedelta(days=3)
"""A more detailed source may lag this far behind the freshest one and is still chosen."""


@dataclass(frozen=True, slots=True)
class Lookback:
    """The days of a data source that are told of, and those before them that a detector learns from.

    Attributes:
        period: both.
        since: the first that is told of.
    """

    data_source: str
    period: Period
    since: date

    @property
    def judged_days(self) -> int:
        """How many of the last days are judged; the period may begin later."""
        return (self.period.end - self.since).days + HISTORY_DAYS

    @property
    def told(self) -> Period:
        """Those that are told of."""
        return replace(self.period, start=self.since)


def levels(group_by: str) -> tuple[tuple[Dimension, ...], ...]:
    """The levels of `service, service+account`: each a tuple of dimensions. Raises: InvalidArgument."""
    return tuple(dict.fromkeys(Dimension.parse(level) for level in group_by.split(",")))


def monitors(settings: Settings, asked: Asked) -> tuple[Monitor, ...]:
    """The monitors to look through: the one a question describes, the one it names, or all configured.

    Raises:
        InvalidArgument: a name that no monitor has, or a least impact that nothing reaches.
    """
    rules, least = settings.anomaly, asked.minimum_impact
    if least is not None and not isfinite(least):
        raise InvalidArgument("--min-impact", least, "a finite amount")
    usual = Monitor(
        name="default",
        group_by=asked.group_by or rules.group_by,
        sensitivity=asked.sensitivity or rules.sensitivity,
        minimum_impact=rules.min_impact if least is None else least,
        first_seen="" if asked.group_by is not None else rules.first_seen,
    )
    if asked.group_by is not None or not settings.monitors:
        configured: tuple[Monitor, ...] = (usual,)
    else:
        configured = tuple(_monitor(each, usual, asked) for each in settings.monitors)
    named = tuple(each for each in configured if asked.monitor in {None, each.name})
    if not named:
        raise InvalidArgument("--monitor", asked.monitor, ", ".join(each.name for each in configured))
    return named


def _monitor(rules: MonitorRules, usual: Monitor, asked: Asked) -> Monitor:
    """A configured monitor; what the question says wins, what it leaves out is as usual."""
    least = usual.minimum_impact if rules.min_impact is None else rules.min_impact
    return Monitor(
        name=rules.name,
        group_by=rules.group_by or usual.group_by,
        sensitivity=asked.sensitivity or rules.sensitivity or usual.sensitivity,
        minimum_impact=least if asked.minimum_impact is None else asked.minimum_impact,
        first_seen=_first_seen(rules, usual),
        within=Scope(tuple((Dimension(name).key, value) for name, value in rules.filter.items())),
        direction=Direction(rules.direction),
    )


def _first_seen(rules: MonitorRules, usual: Monitor) -> str:
    """The further levels of a monitor: those named; without, a monitor that names levels has no others."""
    if rules.first_seen is not None:
        return rules.first_seen
    return "" if rules.group_by else usual.first_seen


def named(settings: Settings, asked: Asked) -> str | None:
    """The data source that a question or the settings name; None leaves it to `choose`."""
    return asked.source or settings.anomaly.source or None


def choose(coverages: Sequence[Coverage], name: str | None, days: int | None = None) -> Coverage:
    """The coverage of the source named, or of the most detailed one that covers the window.

    A source covers the window when it reaches within three days of the freshest source and, where `days` is
    given, that many days back; when none does, the one with the most days is taken.

    Raises:
        NoData: nothing is loaded, or nothing of the source named.
    """
    if name is not None:
        name = name.replace("-", "_")
        named = next((c for c in coverages if c.data_source == name), None)
        if named is None:
            there = ", ".join(c.data_source for c in coverages) or "none"
            raise NoData(f"of the source {name}", f"Sources that are loaded: {there}.")
        return named
    if not coverages:
        raise NoData("in the database")
    freshest = max(c.covered.end for c in coverages)
    fresh = [c for c in coverages if c.covered.end >= freshest - FRESH_ENOUGH]
    covering = [c for c in fresh if days is None or c.covered.days >= days]
    if covering:
        return min(covering, key=lambda c: DETAIL.index(c.data_source))
    return max(fresh, key=lambda c: (c.covered.days, -DETAIL.index(c.data_source)))


def source(
    coverage: Callable[[date], Sequence[Coverage]], name: str | None, *, as_of: date, days: int | None = None
) -> Coverage:
    """The coverage that `choose` chooses, of the days before `as_of`.

    Args:
        coverage: what is loaded of each data source before a day.
        name: of the source; None means the one chosen by rule.
        as_of: the first day that is not over.
        days: how far back it should reach.

    Raises:
        NoData: nothing is loaded, nothing of the source named, or only days from `as_of` on.
    """
    try:
        return choose(coverage(as_of), name, days)
    except NoData:
        later = [c for c in coverage(date.max) if name is None or name.replace("-", "_") == c.data_source]
        if not later:
            raise
    there = ", ".join(f"{c.covered} ({c.data_source})" for c in later)
    raise NoData(f"before {as_of}", f"Loaded are {there}: choose a later `--as-of`.")


def window(coverage: Coverage, as_of: date, days: int) -> Period:
    """The last `days` days that are covered and over.

    Raises:
        NoData: the data begins after `as_of`.
    """
    last = min(coverage.covered.last_day, as_of - ONE_DAY)
    if last < coverage.covered.start:
        hint = f"It begins on {coverage.covered.start}; choose a later `--as-of`."
        raise NoData(f"before {as_of}", hint)
    return Period.ending(last, days)


def lookback(
    coverage: Callable[[date], Sequence[Coverage]], name: str | None, *, as_of: date, days: int
) -> Lookback:
    """The last `days` days of the source chosen. Raises: NoData: as `source` and `window`."""
    chosen = source(coverage, name, as_of=as_of, days=days)
    period = window(chosen, as_of, days + LEARNED_DAYS)
    learned = replace(period, start=max(period.start, chosen.covered.start))
    return Lookback(chosen.data_source, learned, period.end - timedelta(days=days))


def query(settings: Settings, asked: Asked, data_source: str, *, period: Period) -> PanelQuery:
    """The query for everything asked, one scope, all charges unless asked otherwise."""
    metric = asked.metric or settings.anomaly.metric
    if metric not in METRIC_NAMES:
        raise InvalidArgument("The metric", metric, ", ".join(METRIC_NAMES))
    return PanelQuery(
        period=period,
        data_source=data_source,
        metric=METRIC_NAMES[metric],
        currency=(asked.currency or settings.anomaly.currency).upper(),
        within=asked.within,
        charge_categories=asked.categories or (),
    )


def grouped(settings: Settings, asked: Asked, data_source: str, *, period: Period) -> PanelQuery:
    """The same by what was asked, by service where nothing was."""
    by = Dimension.parse(asked.group_by or "service")
    return replace(query(settings, asked, data_source, period=period), group_by=by)


def watched(settings: Settings, asked: Asked, base: PanelQuery) -> PanelQuery:
    """The query narrowed to the charges that detection looks at."""
    categories = settings.anomaly.charge_categories if asked.categories is None else asked.categories
    return replace(base, charge_categories=tuple(categories), marketplace=settings.anomaly.marketplace)


def usual(settings: Settings, data_source: str, *, period: Period, currency: str) -> PanelQuery:
    """The query for the charges that detection looks at where nothing else is asked."""
    base = query(settings, Asked(currency=currency), data_source, period=period)
    return watched(settings, Asked(), base)


def other_currency(coverages: Sequence[Coverage], currency: str) -> str:
    """The currency, where a store holds several and another is the usual one: US dollars, or the first."""
    every = {code for each in coverages for code in each.currencies}
    usual = USUAL if USUAL in every else min(every, default=currency)
    return "" if currency == usual else currency


def options(settings: Settings, coverages: Sequence[Coverage], panel: Panel) -> str:
    """What a command takes to look at the charges of a panel: ` --source cur --currency EUR`.

    Empty where the store holds nothing else, or the settings name the same.
    """
    rules, source = settings.anomaly, panel.data_source.replace("_", "-")
    own = next((each.currencies for each in coverages if each.data_source == panel.data_source), ())
    named = f" --source {source}" if len(coverages) > 1 and rules.source != source else ""
    is_one = len(own) < 2 or rules.currency.upper() == panel.currency  # noqa: PLR2004 - several
    return named if is_one else f"{named} --currency {panel.currency}"


def view(panel: Panel, query: PanelQuery, group_by: Sequence[str] | None = None) -> View:
    """What an answer made of this query's panel rests on; by the query's dimensions unless told otherwise."""
    known = ~np.isnan(panel.costs).all(axis=0) if panel.scopes else np.zeros(panel.period.days, bool)
    settled = panel.settled.any(axis=0) & known  # services known to be late do not hold up the others
    days = list(panel.period)
    return View(
        data_source=panel.data_source,
        metric=next(short for short, column in METRIC_NAMES.items() if column == panel.metric),
        currency=panel.currency,
        group_by=tuple(map(str, query.group_by) if group_by is None else group_by),
        period=panel.period,
        through=days[np.flatnonzero(known)[-1]] if known.any() else panel.period.last_day,
        settled_through=days[np.flatnonzero(settled)[-1]] if settled.any() else None,
        charge_categories=query.charge_categories,
        marketplace=query.marketplace,
        within=query.within,
    )
