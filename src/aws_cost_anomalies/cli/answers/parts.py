"""Pieces that several answers share: what they rest on, and how scopes become columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aws_cost_anomalies.model.answers import View
from aws_cost_anomalies.model.scope import Scope

OTHER = "(other)"


def basis(view: View) -> str:
    """`sample · net-amortized · USD · through 2026-10-31, settled`: what the figures rest on."""
    return " · ".join(
        (view.data_source.replace("_", "-"), view.metric, view.currency, f"through {settled(view)}")
    )


def settled(view: View) -> str:
    """The last day with data, and how far the days are settled."""
    if view.settled_through is None:
        return f"{view.through}, not settled"
    if view.settled_through >= view.through:
        return f"{view.through}, settled"
    return f"{view.through}, settled to {view.settled_through}"


def grouping(view: View) -> str:
    """`service + account`, or `total`."""
    return ", ".join(level.replace("+", " + ") for level in view.group_by) or "total"


def about(view: View) -> dict[str, object]:
    """The JSON keys that every answer over cost has."""
    return {
        "data_source": view.data_source,
        "metric": view.metric,
        "currency": view.currency,
        "through": view.through,
        "settled_through": view.settled_through,
        "group_by": view.group_by,
        "start_date": view.period.start,
        "end_date": view.period.last_day,
    }


def scope_keys(scopes: Iterable[Scope]) -> list[str]:
    """The dimension keys of these scopes, in order; `scope` alone where there is only the total."""
    return list(dict.fromkeys(key for scope in scopes for key, _ in scope.values)) or ["scope"]


def scope_cells(scope: Scope | str, keys: list[str]) -> list[str]:
    """A scope's value under each key; a name that is no scope stands under the first."""
    values: Mapping[str, str] = {keys[0]: scope} if isinstance(scope, str) else scope.as_dict()
    return [values.get(key, "total" if key == "scope" else "") for key in keys]
