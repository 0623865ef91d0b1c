"""Panels by any dimension: from the daily summary where it has it, else from the raw line items; and gaps.

Knows which of the two can answer; knows nothing of what is asked of a panel.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

import numpy as np

from aws_cost_anomalies import kinds, views
from aws_cost_anomalies.errors import NoData
from aws_cost_anomalies.model.gap import Gap
from aws_cost_anomalies.model.panel import Panel, PanelQuery
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import LINE_ITEM_ONLY, SHORT_NAMES
from aws_cost_anomalies.raw_bills import bills_of, is_intact
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.store import Store

_LINE_ITEM_KEYS = frozenset(SHORT_NAMES[name] for name in LINE_ITEM_ONLY)


def panels(settings: Settings, store: Store, queries: Sequence[PanelQuery], *, as_of: date) -> list[Panel]:
    """The panels of several queries; one without a charge has no scope, if another has some.

    Raises:
        NoData: no charge in any of them, or no raw files of those days are at hand.
        MixedCurrencies: there are several, and none was chosen.
    """
    with suppress(NoData):
        if not any(map(_takes_line_items, queries)):
            return store.panels(queries, as_of=as_of)  # one scan for all of them
    found: list[Panel | NoData] = []
    for query in queries:
        try:
            found.append(
                _as_loaded(store, line_items(settings, store, query), as_of)
                if _takes_line_items(query)
                else store.panel(query, as_of=as_of)
            )
        except NoData as nothing:
            found.append(nothing)
    there = next((panel for panel in found if isinstance(panel, Panel) and panel.scopes), None)
    if there is None:
        raise next((each for each in found if isinstance(each, NoData)), _no_line_item(queries[0]))
    return [
        each if isinstance(each, Panel) and each.scopes else _empty(there, query)
        for each, query in zip(found, queries, strict=True)
    ]


def _no_line_item(query: PanelQuery) -> NoData:
    """That no line item is in the slice of a question."""
    of = ", ".join(f"{key}={value}" for key, value in query.within.values)
    hint = "A filter takes names as the bill has them, to the letter; `trends --group-by` lists them."
    return NoData(f"by line item{of and f' of {of}'} on {query.period}", hint)


def loaded_days(store: Store, data_source: str, period: Period, *, as_of: date) -> tuple[date, ...]:
    """The days of a period that are loaded. Raises: NoData: none is; what is there instead is named."""
    days = store.loaded_days(data_source, period, as_of=as_of)
    if days:
        return days
    there = (
        f"{each.data_source.replace('_', '-')} from {each.covered.start} to {each.covered.last_day}"
        for each in store.coverage(as_of)
    )
    name = data_source.replace("_", "-")
    raise NoData(f"in {name} on any day of {period}", f"What is loaded: {'; '.join(there)}.")


def gaps(settings: Settings, store: Store, *, as_of: date) -> dict[str, tuple[Gap, ...]]:
    """Data source → what it lacks in the days that anomalies are told of; none that lacks nothing."""
    found: dict[str, tuple[Gap, ...]] = {}
    for each in store.coverage(as_of):
        days = Period.ending(each.covered.last_day, views.TOLD_DAYS)
        for currency in each.currencies:
            usual = views.usual(settings, each.data_source, period=days, currency=currency)
            lacks = store.gaps(usual, as_of=as_of)
            if lacks:
                found[each.data_source] = (*found.get(each.data_source, ()), *lacks)
    return found


def _empty(like: Panel, query: PanelQuery) -> Panel:
    """A panel of no scope."""
    nothing = np.zeros((0, query.period.days))
    return replace(like, scopes=(), period=query.period, costs=nothing, settled=nothing.astype(bool))


def line_items(settings: Settings, store: Store, query: PanelQuery) -> Panel:
    """The panel of a query over the raw files that were loaded. Raises: as `panels`."""
    loads = store.loads(query.data_source)
    there = [load for load in loads if load.files and is_intact(load, settings)]
    bills = bills_of([load for load in there if _meet(load.covered, query.period)], loads)
    if not bills:
        hint = "Resources and operations are read from CUR or FOCUS files that are still in their place."
        raise NoData(f"by line item for {query.period}", hint)
    return kinds.engine(settings).panel(bills, query)


def _as_loaded(store: Store, panel: Panel, as_of: date) -> Panel:
    """A panel of line items that knows and takes for settled what the daily charges do."""
    known = store.cover(panel.data_source, panel.period, as_of=as_of).settled
    settled = np.repeat(known[np.newaxis, :], len(panel.scopes), axis=0)
    costs = np.where(~settled & (panel.costs == 0), np.nan, panel.costs)
    return replace(panel, costs=costs, settled=settled)


def _takes_line_items(query: PanelQuery) -> bool:
    is_finer = any(dimension.is_line_item_only for dimension in query.group_by)
    return is_finer or any(key in _LINE_ITEM_KEYS for key, _ in query.within.values)


def _meet(one: Period | None, other: Period) -> bool:
    return one is not None and one.start < other.end and other.start < one.end
