"""Pieces that several answers share: what they rest on, and how scopes become columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from rich.text import Text

from aws_cost_anomalies.cli import tables
from aws_cost_anomalies.cli.answers.accounts import ACCOUNT
from aws_cost_anomalies.model.focus import charges_in_words
from aws_cost_anomalies.model.scope import Scope

if TYPE_CHECKING:
    from aws_cost_anomalies.model.answers import View
    from aws_cost_anomalies.model.explanation import Explanation
    from aws_cost_anomalies.model.gap import Gap

OTHER = "(other)"
ACCOUNT_NAME = "SubAccountName"


def basis(view: View) -> str:
    """`sample · net-amortized · USD · usage only · through 2026-10-31, settled`: what the figures rest on."""
    source = view.data_source.replace("_", "-")
    only = (f"only {view.within}",) if view.within.values else ()
    return " · ".join((source, view.metric, view.currency, charges(view), *only, f"through {settled(view)}"))


def charges(answer: View | Explanation) -> str:
    """`all charges`, `usage only` or `usage + tax`: the charges looked at."""
    return charges_in_words(answer.charge_categories, marketplace=answer.marketplace)


def settled(view: View) -> str:
    """The last day with data, and how far the days are settled."""
    if view.settled_through is None:
        return f"{view.through}, not settled"
    if view.settled_through >= view.through:
        return f"{view.through}, settled"
    return f"{view.through}, settled to {view.settled_through}"


def gaps(found: Iterable[Gap]) -> list[Text]:
    """A line for each gap in the data."""
    return [tables.caption(gap.sentence) for gap in found]


def grouping(view: View) -> str:
    """`service + account`, or `total`."""
    return ", ".join(level.replace("+", " + ") for level in view.group_by) or "total"


def scope_keys(scopes: Iterable[Scope]) -> list[str]:
    """The dimension keys of these scopes, in order, an account's name after its id.

    `scope` alone where there is only the total.
    """
    keys = dict.fromkeys(key for scope in scopes for key, _ in scope.values)
    return [each for key in keys for each in ((key, ACCOUNT_NAME) if key == ACCOUNT else (key,))] or ["scope"]


def scope_cells(scope: Scope | str, keys: list[str], accounts: Mapping[str, str]) -> list[str]:
    """A scope's value under each key; a name that is no scope stands under the first.

    Args:
        scope: the slice of a row, or the name of the row.
        keys: as `scope_keys` gave them.
        accounts: account id → its name.
    """
    values = {keys[0]: scope} if isinstance(scope, str) else scope.as_dict()
    values[ACCOUNT_NAME] = accounts.get(values.get(ACCOUNT, ""), "")
    return [values.get(key, "total" if key == "scope" else "") for key in keys]
