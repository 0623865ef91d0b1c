"""Who the accounts of an answer are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from aws_cost_anomalies.cli.screen import Screen
from aws_cost_anomalies.model.scope import Dimension, Scope

if TYPE_CHECKING:
    from aws_cost_anomalies.app import App


def name_accounts(screen: Screen, app: App, scopes: Iterable[Scope]) -> None:
    """Say below a table what its accounts are called; an account without a known name stays its id."""
    from aws_cost_anomalies.cli import tables

    account = Dimension("account").key
    ids = sorted({value for scope in scopes for key, value in scope.values if key == account})
    names = app.account_names() if ids else {}
    known = [f"{each} {names[each]}" for each in ids if each in names]
    if known:
        screen.show(tables.caption(f"accounts: {' · '.join(known)}"))
