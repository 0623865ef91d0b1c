"""Who the accounts of an answer are: below a table, in JSON, and in CSV beside their ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from aws_cost_anomalies.cli import tables
from aws_cost_anomalies.model.scope import Dimension, Scope

if TYPE_CHECKING:
    from aws_cost_anomalies.app import App
    from aws_cost_anomalies.cli.screen import Screen

ACCOUNT = Dimension("account").key


def known_accounts(app: App, scopes: Iterable[Scope]) -> dict[str, str]:
    """Account id → its name, of those in these scopes that have one; asks only where there are any."""
    scopes = list(scopes)
    return among(app.account_names(), scopes) if any(map(_ids, scopes)) else {}


def among(names: Mapping[str, str], scopes: Iterable[Scope]) -> dict[str, str]:
    """The names of the accounts in these scopes, in order of their ids."""
    ids = sorted({each for scope in scopes for each in _ids(scope)})
    return {each: names[each] for each in ids if each in names}


def show_accounts(screen: Screen, names: Mapping[str, str], scopes: Iterable[Scope]) -> None:
    """Say below a table what its accounts are called; an account without a known name stays its id."""
    known = [f"{each} {name}" for each, name in among(names, scopes).items()]
    if known:
        screen.show(tables.caption(f"accounts: {' · '.join(known)}"))


def _ids(scope: Scope) -> list[str]:
    return [value for key, value in scope.values if key == ACCOUNT]
