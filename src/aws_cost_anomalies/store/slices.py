"""Which charges a question is about, as SQL: columns from the model, every value a parameter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from aws_cost_anomalies import sql
from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.model.focus import METRIC_NAMES, METRICS
from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.model.period import ONE_DAY
from aws_cost_anomalies.model.scope import LINE_ITEM_ONLY, NONE, SHORT_NAMES, Dimension

_CURRENCY = "BillingCurrency"
_BY_KEY = {column: Dimension(short) for short, column in SHORT_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Charges:
    """The charges of a query: a SELECT, what its keys are called, and its parameters."""

    select: str
    names: list[str]
    parameters: Mapping[str, object]


def charges_of(query: PanelQuery, as_of: date) -> Charges:
    """The charges that a query asks for, those after `as_of` left out.

    Raises:
        InvalidArgument: a dimension or metric that daily charges do not have.
    """
    if query.metric not in {metric.name for metric in METRICS}:
        raise InvalidArgument("The metric", query.metric, ", ".join(METRIC_NAMES.values()))
    parameters: dict[str, object] = {
        "data_source": query.data_source,
        "start": query.period.start,
        "end": min(query.period.end, as_of + ONE_DAY),
        "currency": query.currency,
        "categories": list(query.charge_categories),
        "marketplace": query.marketplace,
    }
    values = [_value(d, f"tag_{i}", parameters) for i, d in enumerate(query.group_by)]
    names = [sql.name(_CURRENCY), *sql.names(dimension.name for dimension in query.group_by)]
    keys = [names[0], *(_keyed(value, name) for value, name in zip(values, names[1:], strict=True))]
    within = []
    for i, (key, wanted) in enumerate(query.within.values):
        parameters[f"within_{i}"] = wanted
        value = _value(_dimension(key), f"within_tag_{i}", parameters)
        within.append(sql.read(__package__, "sql/within", value=value, wanted=f"$within_{i}"))
    select = sql.read(
        __package__, "sql/charges", keys=keys, metric=sql.name(query.metric), within=" ".join(within)
    )
    return Charges(select, names, parameters)


def _dimension(key: str) -> Dimension:
    """The dimension with this key in a scope. Raises: InvalidArgument."""
    return _BY_KEY.get(key) or Dimension(key)


def _value(dimension: Dimension, parameter: str, parameters: dict[str, object]) -> str:
    """The value of a dimension as SQL; a tag key goes in as a parameter."""
    if dimension.is_line_item_only:
        allowed = [name for name in SHORT_NAMES if name not in LINE_ITEM_ONLY]
        hint = "Only line items know it: `explain` asks them for the anomaly it explains."
        raise InvalidArgument(
            "A dimension of daily costs", dimension.name, ", ".join((*allowed, "tag:KEY")), hint=hint
        )
    column = sql.name(dimension.key)
    if dimension.tag is not None:
        parameters[parameter] = dimension.tag
        column = sql.read(__package__, "sql/tag", key=f"${parameter}")
    return sql.read(__package__, "sql/dimension", column=column, missing=sql.literal(NONE))


def _keyed(value: str, name: str) -> str:
    return sql.read(__package__, "sql/key", value=value, name=name)
