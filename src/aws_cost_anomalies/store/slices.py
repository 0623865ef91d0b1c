"""Which charges a question is about, as SQL: columns from the model, every value a literal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from aws_cost_anomalies import sql
from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.model.focus import METRIC_NAMES, METRICS
from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.model.period import ONE_DAY
from aws_cost_anomalies.model.scope import LINE_ITEM_ONLY, NAMES, NONE, SHORT_NAMES, Dimension, Scope
from aws_cost_anomalies.store.statements import literal, statement

_CURRENCY = "BillingCurrency"
_BY_KEY = {column: Dimension(short) for short, column in SHORT_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Charges:
    """The charges of a query: a SELECT, what its keys are called, whether they are sums by scope and day."""

    select: str
    names: list[str]
    is_summed: bool = False

    @property
    def summed(self) -> Charges:
        """The same once their sums lie in `cells`."""
        return replace(self, select=statement("cells"), is_summed=True)


def charges_of(query: PanelQuery, as_of: date, *, any_of: Sequence[Scope] = ()) -> Charges:
    """The charges that a query asks for, those after `as_of` left out.

    Args:
        query: what is asked for.
        as_of: the last day that counts.
        any_of: only charges of these slices, all of the same dimensions; empty means every slice.

    Raises:
        InvalidArgument: a dimension or metric that daily charges do not have.
    """
    if query.metric not in {metric.name for metric in METRICS}:
        raise InvalidArgument("The metric", query.metric, ", ".join(METRIC_NAMES.values()))
    names = [sql.name(_CURRENCY), *sql.names(dimension.name for dimension in query.group_by)]
    values = [names[0], *(_value(dimension) for dimension in query.group_by)]
    keys = [statement("key", value=value, name=name) for value, name in zip(values, names, strict=True)]
    within = [
        statement("within", {"wanted": wanted}, value=_compared(key, [wanted]))
        for key, wanted in query.within.values
    ]
    if any_of:
        within.append(_any_of(any_of))
    asked = {
        "data_source": query.data_source,
        "start": query.period.start,
        "end": min(query.period.end, as_of + ONE_DAY),
        "currency": query.currency,
        "categories": query.charge_categories,
        "marketplace": query.marketplace,
    }
    metric = sql.name(query.metric)
    select = statement("charges", asked, keys=keys, metric=metric, within=" ".join(within))
    return Charges(select, names)


def _any_of(scopes: Sequence[Scope]) -> str:
    """That a charge lies in one of some slices of the same dimensions."""
    keys = [key for key, _ in scopes[0].values]
    values = [_compared(key, [scope.as_dict()[key] for scope in scopes]) for key in keys]
    wanted = [statement("row", values=[literal(value) for _, value in scope.values]) for scope in scopes]
    return statement("within_any", values=values, wanted=wanted)


def _compared(key: str, wanted: Sequence[str]) -> str:
    """The value of a dimension to hold against some; plain where none is missing: scans can skip rows by it.

    Raises:
        InvalidArgument: daily charges do not have it.
    """
    dimension = _BY_KEY.get(key) or Dimension(key)
    return _value(dimension) if NONE in wanted else _plain(dimension)


def _value(dimension: Dimension) -> str:
    """The value of a dimension as SQL, `(none)` where it is missing. Raises: InvalidArgument."""
    return statement("dimension", {"missing": NONE}, column=_plain(dimension))


def _plain(dimension: Dimension) -> str:
    """The value of a dimension as SQL. Raises: InvalidArgument."""
    if dimension.is_line_item_only:
        allowed = ", ".join(name for name in NAMES if name not in LINE_ITEM_ONLY)
        hint = "Only line items know it: `explain` asks them for the anomaly it explains."
        raise InvalidArgument("A dimension of daily costs", dimension.name, allowed, hint=hint)
    if dimension.tag is not None:
        return statement("tag", {"key": dimension.tag})
    return sql.name(dimension.key)
