"""Daily charges as a Panel: scopes numbered and costs summed in SQL, placed in numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from aws_cost_anomalies.errors import MixedCurrencies, NoData
from aws_cost_anomalies.model.focus import METRIC_NAMES
from aws_cost_anomalies.model.load import Load
from aws_cost_anomalies.model.panel import Bools, Floats, Panel, PanelQuery
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import NONE, Dimension, Scope
from aws_cost_anomalies.store.cover import cover
from aws_cost_anomalies.store.lateness import Settling
from aws_cost_anomalies.store.opening import Connection
from aws_cost_anomalies.store.slices import Charges, charges_of
from aws_cost_anomalies.store.statements import statement

CELLS_SUMMED_EXACTLY = 1_000_000
"""Up to here costs are summed in DECIMAL, so that opposite charges cancel; beyond, in float64, in half the
time."""
ROWS_SUMMED_FIRST = 2_000_000
"""Up to so many daily charges are summed by scope and day in one scan, before their scopes are numbered;
beyond, the sums could be as many as the charges, and a second scan costs less."""
SERVICE = Dimension("service").key


def read_panel(
    connection: Connection,
    query: PanelQuery,
    loads: Sequence[Load],
    *,
    any_of: Sequence[Scope] = (),
    as_of: date,
    settling: Settling,
) -> Panel:
    """The panel of a query; a day after `as_of` is unknown.

    Args:
        connection: to the store.
        query: what is asked for.
        loads: the newest of each bill of its data source.
        any_of: only charges of these slices, all of the same dimensions; empty means every slice.
        as_of: the first day that is not over.
        settling: how long after the end of a day its charges are complete.

    Raises:
        InvalidArgument: a dimension or metric that daily charges do not have.
        MixedCurrencies: there are several, and none was chosen.
        NoData: no charge of the slice in the period, or none that states the metric.
    """
    charges = charges_of(query, as_of, any_of=any_of)
    if _rows(loads, query.period) <= ROWS_SUMMED_FIRST:
        connection.execute(statement("panel_cells", charges=charges.select))
        charges = charges.summed
    connection.execute(statement("panel_scopes", charges=charges.select, names=charges.names))
    currency = _currency(connection, query, loads)
    query = replace(query, currency=currency)
    scopes = _scopes(connection, query, charges.names)
    _check_tags(connection, query, scopes)
    settled = _settled(scopes, query, loads, as_of=as_of, settling=settling)
    costs = np.where(settled, 0.0, np.nan)
    _place(costs, connection, charges)
    return Panel(scopes, query.period, costs, settled, query.metric, currency, query.data_source)


def _rows(loads: Sequence[Load], period: Period) -> int:
    """How many daily charges there can be at most."""
    return sum(load.rows for load in loads if load.covered is not None and load.covered.meets(period))


def _currency(connection: Connection, query: PanelQuery, loads: Sequence[Load]) -> str:
    """The one currency of the charges found, once some of them state the metric."""
    found = connection.execute(statement("panel_currencies")).fetchall()
    if not found:
        raise nothing_found(connection, query)
    if len(found) > 1:
        raise MixedCurrencies(tuple(currency for currency, _ in found))
    currency, stated = found[0]
    if not stated:
        raise NoData(f"with the metric {query.metric} in {query.data_source}", _metrics(loads))
    return str(currency)


def nothing_found(connection: Connection, query: PanelQuery) -> NoData:
    """That a query has no charge at all, and what there is instead."""
    return NoData(_question(query), _hint_for_nothing(connection, query))


def _check_tags(connection: Connection, query: PanelQuery, scopes: tuple[Scope, ...]) -> None:
    """Refuse to group by a tag that no charge has at all: everything would be `(none)`. Raises: NoData."""
    for dimension in query.group_by:
        if dimension.tag is None or any(scope.as_dict()[dimension.key] != NONE for scope in scopes):
            continue
        kept = [str(key) for (key,) in connection.execute(statement("tag_keys")).fetchall()]
        if dimension.tag not in kept:
            hint = f"Name {dimension.tag!r} under `tags` in config.yaml, then `ingest --full-refresh`."
            known = f" Kept are: {', '.join(map(str, map(Dimension.of_tag, kept)))}." if kept else ""
            raise NoData(f"with {dimension}", hint + known)


def _question(query: PanelQuery) -> str:
    """What was asked for, as the end of the sentence `There is no cost data …`."""
    slices = [f"{key}={value}" for key, value in query.within.values]
    if query.charge_categories:
        slices.append(f"charge category {' or '.join(query.charge_categories)}")
    if query.currency:
        slices.append(query.currency)
    of = f" of {', '.join(slices)}" if slices else ""
    return f"in {query.data_source}{of} on {query.period}"


def _hint_for_nothing(connection: Connection, query: PanelQuery) -> str:
    """What there is instead; empty when the data source has nothing at all."""
    held = statement("held_days", {"data_source": query.data_source})
    first, last, currencies = connection.execute(held).fetchone() or (None, None, ())
    if first is None:
        return ""
    return f"{query.data_source} has charges from {first} to {last}, in {', '.join(currencies)}."


def _metrics(loads: Sequence[Load]) -> str:
    """Which metrics the data source states."""
    totals = [sums for load in loads for sums in load.totals.values()]
    stated = [
        short for short, name in METRIC_NAMES.items() if any(sums.get(name) is not None for sums in totals)
    ]
    return f"It states {', '.join(stated)}: choose one of them with `--metric`."


def _scopes(connection: Connection, query: PanelQuery, names: list[str]) -> tuple[Scope, ...]:
    rows = connection.execute(statement("panel_names", {"currency": query.currency}, names=names)).fetchall()
    keys = [dimension.key for dimension in query.group_by]
    return tuple(Scope(tuple(zip(keys, values, strict=True))) for _, *values in rows)


def _settled(
    scopes: tuple[Scope, ...], query: PanelQuery, loads: Sequence[Load], *, as_of: date, settling: Settling
) -> Bools:
    """Which days of each scope are settled, later ones where it is of a service that is late."""
    known = cover(loads, query.period, as_of=as_of, settle_hours=settling.hours)
    settled = np.repeat(known.settled[np.newaxis, :], len(scopes), axis=0)
    if not settling.late:
        return settled
    within = query.within.as_dict().get(SERVICE)
    hours = np.array([settling.of(scope.as_dict().get(SERVICE, within)) for scope in scopes])
    for later in np.unique(hours[hours > settling.hours]).tolist():
        settled[hours == later] = cover(loads, query.period, as_of=as_of, settle_hours=later).settled
    return settled


def _place(costs: Floats, connection: Connection, charges: Charges) -> None:
    """Put the sum of each scope and day that has a charge in its place."""
    is_to_sum = costs.size <= CELLS_SUMMED_EXACTLY and not charges.is_summed
    question = "panel_costs" if is_to_sum else "panel_charges"
    days = {"days": costs.shape[1]}
    asked = statement(question, days, charges=charges.select, names=charges.names)
    found = connection.execute(asked).fetchnumpy()
    sums = np.bincount(found["cell"], weights=found["cost"], minlength=costs.size)
    charged = np.zeros(costs.size, dtype=np.bool_)
    charged[found["cell"]] = True
    np.copyto(costs, sums.reshape(costs.shape), where=charged.reshape(costs.shape))
