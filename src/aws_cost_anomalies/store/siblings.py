"""Several questions as few: queries that differ in their slice alone are one scan, told apart afterwards.

The slices of a dozen anomalies cost as much to read as the slice of one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from aws_cost_anomalies.model.load import Load
from aws_cost_anomalies.model.panel import Panel, PanelQuery
from aws_cost_anomalies.model.scope import Scope
from aws_cost_anomalies.store.lateness import Settling
from aws_cost_anomalies.store.opening import Connection
from aws_cost_anomalies.store.panels import nothing_found, read_panel


def read_panels(
    connection: Connection,
    queries: Sequence[PanelQuery],
    loads_of: Callable[[str], Sequence[Load]],
    *,
    as_of: date,
    settling: Callable[[str], Settling],
) -> list[Panel]:
    """The panel of each query; a day after `as_of` is unknown.

    Args:
        connection: to the store.
        queries: what is asked for.
        loads_of: the newest load of each bill of a data source.
        as_of: the first day that is not over.
        settling: how long after the end of a day the charges of a data source are complete.

    Raises: as `read_panel`.
    """
    together = defaultdict(list)
    for place, query in enumerate(queries):
        together[_without_slice(query, place)].append(place)
    panels: dict[int, Panel] = {}
    for (query, *_), places in together.items():
        scopes = [queries[place].within for place in places]
        alone = len(places) == 1
        whole = read_panel(
            connection,
            queries[places[0]] if alone else query,
            loads_of(query.data_source),
            any_of=() if alone else tuple(dict.fromkeys(scopes)),
            as_of=as_of,
            settling=settling(query.data_source),
        )
        rows = {} if alone else _rows_of(whole, scopes)
        for place, scope in zip(places, scopes, strict=True):
            panels[place] = whole if alone else _part(whole, rows.get(scope, ()))
            if not panels[place].scopes:
                raise nothing_found(connection, queries[place])
    return [panels[place] for place in range(len(queries))]


def _without_slice(query: PanelQuery, place: int) -> tuple[PanelQuery, tuple[str, ...], int]:
    """What a query has in common with those it can be read with; its own place when there can be none.

    A slice can be told apart in the answer when its dimensions are all among the answer's. Without a currency
    named, each slice may have one of its own.
    """
    keys = tuple(key for key, _ in query.within.values)
    if query.currency and keys and set(keys) <= {dimension.key for dimension in query.group_by}:
        return replace(query, within=Scope()), keys, -1
    return query, keys, place


def _rows_of(whole: Panel, slices: Sequence[Scope]) -> dict[Scope, list[int]]:
    """Slice → the rows within it, all slices of the same dimensions, in one walk through the panel."""
    keys = [key for key, _ in slices[0].values]
    by_values = defaultdict(list)
    for row, scope in enumerate(whole.scopes):
        values = scope.as_dict()
        by_values[tuple((key, values[key]) for key in keys)].append(row)
    return {each: by_values[each.values] for each in slices if each.values in by_values}


def _part(whole: Panel, rows: Sequence[int]) -> Panel:
    """The rows of a slice."""
    scopes = tuple(whole.scopes[row] for row in rows)
    return replace(whole, scopes=scopes, costs=whole.costs[list(rows)], settled=whole.settled[list(rows)])
