"""The statement behind a Panel over raw line items, for any engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.model.scope import NONE, tag_of
from aws_cost_anomalies.sql.charges import Slice, Sums, summed
from aws_cost_anomalies.sql.tables import Lines


def panel_keys(query: PanelQuery) -> list[str]:
    """The columns that tell scopes apart; without a dimension all charges share one, their currency."""
    return [dimension.key for dimension in query.group_by] or ["BillingCurrency"]


def panel_charges(query: PanelQuery, lines_of: Callable[[Sequence[str]], Lines]) -> str:
    """The metric summed by day, currency and scope.

    Args:
        query: which charges.
        lines_of: the line items, given the tag keys that the query asks for.
    """
    keys = [dimension.key for dimension in query.group_by]
    asked = (*keys, *(key for key, _ in query.within.values))
    tags = list(dict.fromkeys(tag for key in asked if (tag := tag_of(key)) is not None))
    by = list(dict.fromkeys(("ChargePeriodStart", "BillingCurrency", *keys)))
    return summed(lines_of(tags), Sums([query.metric], by, _slice(query)))


def _slice(query: PanelQuery) -> Slice:
    equal: dict[str, list[str | None]] = {
        key: [None if value == NONE else value] for key, value in query.within.values
    }
    if query.charge_categories:
        asked = equal.get("ChargeCategory", list(query.charge_categories))
        equal["ChargeCategory"] = [value for value in asked if value in query.charge_categories]
    if query.currency:
        equal["BillingCurrency"] = [query.currency]
    days = (query.period.start.isoformat(), query.period.end.isoformat())
    return Slice(days, equal, own=not query.marketplace)
