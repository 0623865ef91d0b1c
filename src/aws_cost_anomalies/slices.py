"""Panels by any dimension: from the daily summary where it has it, else from the raw line items.

Knows which of the two can answer; knows nothing of what is asked of a panel.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from aws_cost_anomalies import kinds
from aws_cost_anomalies.errors import NoData
from aws_cost_anomalies.model.panel import Panel, PanelQuery
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import LINE_ITEM_ONLY, SHORT_NAMES
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.store import Store

_LINE_ITEM_KEYS = frozenset(SHORT_NAMES[name] for name in LINE_ITEM_ONLY)


def panels(settings: Settings, store: Store, queries: Sequence[PanelQuery], *, as_of: date) -> list[Panel]:
    """The panels of several queries.

    Raises:
        NoData: no charge of the slice in the period, or no raw files of those days are at hand.
        MixedCurrencies: there are several, and none was chosen.
    """
    if any(map(_takes_line_items, queries)):
        return [line_items(settings, store, query) for query in queries]
    return store.panels(queries, as_of=as_of)


def line_items(settings: Settings, store: Store, query: PanelQuery) -> Panel:
    """The panel of a query over the raw files that were loaded. Raises: as `panels`."""
    loads = store.loads(query.data_source)
    there = [load for load in loads if load.files and kinds.is_intact(load, settings)]
    bills = kinds.bills_of([load for load in there if _meet(load.covered, query.period)], loads)
    if not bills:
        hint = "Resources and operations are read from CUR or FOCUS files that are still in their place."
        raise NoData(f"by line item for {query.period}", hint)
    return kinds.engine(settings).panel(bills, query)


def _takes_line_items(query: PanelQuery) -> bool:
    is_finer = any(dimension.is_line_item_only for dimension in query.group_by)
    return is_finer or any(key in _LINE_ITEM_KEYS for key, _ in query.within.values)


def _meet(one: Period | None, other: Period) -> bool:
    return one is not None and one.start < other.end and other.start < one.end
