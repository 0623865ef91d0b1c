"""The bill over time as a page shows it: answered once for each version of the charges.

Knows which panels that takes; knows no page.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from aws_cost_anomalies import slices, views
from aws_cost_anomalies.analysis import trend
from aws_cost_anomalies.analysis.projection import month_to_come
from aws_cost_anomalies.errors import MixedCurrencies
from aws_cost_anomalies.looking.kept import Kept
from aws_cost_anomalies.looking.loaded import Loaded
from aws_cost_anomalies.model.answers import Asked, Comparison, Trends
from aws_cost_anomalies.model.load import Coverage
from aws_cost_anomalies.model.look import Explored, Look, Month
from aws_cost_anomalies.model.panel import Panel, PanelQuery
from aws_cost_anomalies.model.period import ONE_DAY, BillingPeriod, Period

FOUR_WEEKS = timedelta(days=28)


class Exploring:
    """Looks at the bill, kept from question to question. Safe to share between threads."""

    def __init__(self, loaded: Loaded) -> None:
        """Read nothing yet."""
        self._loaded = loaded
        self._coverage: Kept[tuple[Coverage, ...]] = Kept(4)
        self._explored: Kept[Explored] = Kept(128)
        self._months: Kept[Month] = Kept(8)

    def explored(self, look: Look) -> Explored:
        """Cost over time, beside the same number of days before. Raises: NoData, InvalidArgument."""
        return self._explored.get((self._loaded.charges(), look), lambda: self._look(look))

    def month(self, asked: Asked) -> Month:
        """How the month of the last day stands. Raises: NoData, MixedCurrencies."""
        return self._months.get((self._loaded.charges(), asked), lambda: self._month(asked))

    def _look(self, look: Look) -> Explored:
        with self._loaded.store.one_version():
            name = views.named(self._loaded.settings, look.asked)
            source = views.source(self._covered, name, as_of=self._loaded.as_of, days=look.days)
            period = views.window(source, self._loaded.as_of, look.days)
            query = self._query(look, source, period)
            earlier, panel = self._both(query, source)
        return Explored(
            trends=self._trends(look, query, panel),
            before=None
            if earlier is None
            else self._trends(look, replace(query, period=period.before()), earlier),
            movers=None if earlier is None else self._movers(look, query, (earlier, panel)),
        )

    def _query(self, look: Look, source: Coverage, period: Period) -> PanelQuery:
        base = views.grouped(self._loaded.settings, look.asked, source.data_source, period=period)
        known = source.currencies
        currency = known[0] if not base.currency and len(known) == 1 else base.currency
        return replace(base, currency=currency)

    def _covered(self, day: date) -> tuple[Coverage, ...]:
        """What is loaded of each data source before a day."""
        return self._coverage.get((self._loaded.charges(), day), lambda: self._loaded.store.coverage(day))

    def _both(self, query: PanelQuery, source: Coverage) -> tuple[Panel | None, Panel]:
        """The days before, where the source speaks for all of them and there were charges; and the days.

        Both are read in one scan; days in another currency are nothing to compare with.
        """
        before = query.period.before()
        if before.start < source.covered.start:
            return None, self._panels(query)[0]
        try:
            (whole,) = self._panels(replace(query, period=Period(before.start, query.period.end)))
        except MixedCurrencies:
            return None, self._panels(query)[0]
        panel = _days_of(whole, query.period)
        if not panel.scopes:
            return None, self._panels(query)[0]
        earlier = _days_of(whole, before)
        return earlier if earlier.scopes else None, panel

    def _panels(self, query: PanelQuery) -> list[Panel]:
        return slices.panels(self._loaded.settings, self._loaded.store, [query], as_of=self._loaded.as_of)

    def _trends(self, look: Look, query: PanelQuery, panel: Panel) -> Trends:
        view = views.view(panel, query)
        return trend.trends(panel, granularity=look.granularity, top=look.top, view=view)

    def _movers(self, look: Look, query: PanelQuery, panels: tuple[Panel, Panel]) -> Comparison:
        return trend.compare(*panels, top=max(look.top, 10), view=views.view(panels[1], query))

    def _month(self, asked: Asked) -> Month:
        with self._loaded.store.one_version():
            name = views.named(self._loaded.settings, asked)
            source = views.source(self._covered, name, as_of=self._loaded.as_of)
            through = views.window(source, self._loaded.as_of, 1).last_day
            this = BillingPeriod.of(through).period
            last = BillingPeriod.of(this.start - ONE_DAY).period
            start = max(min(last.start, through - FOUR_WEEKS), source.covered.start)
            period = Period(start, through + ONE_DAY)
            query = views.query(self._loaded.settings, asked, source.data_source, period=period)
            (panel,) = self._panels(query)
        return _month_of(panel, this, last, whole=source.settled_through)


def _days_of(panel: Panel, period: Period) -> Panel:
    """Some days of a panel, with the scopes that cost something then."""
    days = slice(panel.period.index(period.start), panel.period.index(period.end))
    costs, settled = panel.costs[:, days], panel.settled[:, days]
    is_there = (np.nan_to_num(costs) != 0).any(axis=1)
    scopes = tuple(scope for scope, there in zip(panel.scopes, is_there, strict=True) if there)
    return replace(panel, scopes=scopes, period=period, costs=costs[is_there], settled=settled[is_there])


def _month_of(panel: Panel, this: Period, last: Period, *, whole: date | None) -> Month:
    """The sums of a panel of one scope; days that are not settled are projected, where that is more."""
    costs, period, through = panel.costs.sum(axis=0), panel.period, panel.period.last_day
    final = through if whole is None or whole >= through or whole < this.start else whole

    def spent(days: Period) -> float:
        return float(np.nansum(costs[max(period.index(days.start), 0) : max(period.index(days.end), 0)]))

    so_far = spent(Period(this.start, through + ONE_DAY))
    settled = spent(Period(this.start, final + ONE_DAY))
    is_known = last.start >= period.start
    same = min(last.start + (through - this.start), last.last_day)
    return Month(
        currency=panel.currency,
        first=this.start,
        through=through,
        so_far=so_far,
        before_so_far=spent(Period(last.start, same + ONE_DAY)) if is_known else None,
        before=spent(last) if is_known else None,
        projected=max(so_far, settled + month_to_come(costs, period, through=final)),
    )
