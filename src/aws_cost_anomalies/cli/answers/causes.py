"""Known causes, printed: why each fits, what to check first, and how to confirm it."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cost_anomalies.cli import tables
from aws_cost_anomalies.cli.screen import Screen
from aws_cost_anomalies.model.explanation import KnownCause


def show(causes: Sequence[KnownCause], screen: Screen) -> None:
    """Print them, the best fit first; a command stays on one line, so that it can be copied."""
    screen.show(tables.title("Often the cause of such a change (evidence, no verdict)"))
    for place, cause in enumerate(causes, start=1):
        screen.show(tables.name(f"{place}. {cause.name}: {'; '.join(cause.facts)}"))
        screen.show(tables.name(f"   check first: {cause.check_first}"))
        if cause.command:
            screen.command(cause.command, "   $ ")
        if cause.link:
            screen.command(cause.link, "   ")
