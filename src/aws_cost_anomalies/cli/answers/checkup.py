"""Checks, printed: what is well, what is not, and what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rich.table import Table
from rich.text import Text

from aws_cost_anomalies.cli import tables
from aws_cost_anomalies.cli.screen import Screen
from aws_cost_anomalies.model.checkup import Check, State

STYLES = {State.OK: "green", State.WARNING: "yellow", State.PROBLEM: "bold red", State.UNCHECKED: "dim"}
NAMED = {State.PROBLEM: "problem", State.WARNING: "warning", State.UNCHECKED: "not checked"}


@dataclass(frozen=True, slots=True)
class PrintedCheckup:
    """A checkup for one reader."""

    checks: tuple[Check, ...]
    as_of: date

    def show(self, screen: Screen) -> None:
        """Print a line for each check, the remedy below it where something is to be done."""
        drawn = Table.grid(padding=(0, 2, 0, 0))
        for check in self.checks:
            said = tables.name(f"{check.area}: {check.said}")
            drawn.add_row(Text(check.state, style=STYLES[check.state]), said)
            if check.remedy:
                drawn.add_row("", tables.caption(f"→ {check.remedy}"))
        screen.show(tables.title(self._headline()), tables.blank(), drawn)

    def _headline(self) -> str:
        counts = Counter(check.state for check in self.checks)
        if not counts[State.PROBLEM] and not counts[State.WARNING]:
            rest = f", {counts[State.UNCHECKED]} not checked" if counts[State.UNCHECKED] else ""
            return f"All is well{rest}."
        told = [_counted(counts[state], word) for state, word in NAMED.items() if counts[state]]
        return f"{', '.join(told)}."

    def document(self) -> dict[str, object]:
        """Its JSON document."""
        return {
            "as_of": self.as_of,
            "well": all(check.state is not State.PROBLEM for check in self.checks),
            "checks": [
                {
                    "area": check.area,
                    "state": check.state.replace(" ", "_"),
                    "said": check.said,
                    "remedy": check.remedy or None,
                    "exit_code": check.exit_code if check.state is State.PROBLEM else None,
                }
                for check in self.checks
            ],
        }

    def rows(self) -> Iterator[Sequence[object]]:
        """A CSV row per check."""
        yield "area", "state", "said", "remedy"
        for check in self.checks:
            yield check.area, check.state, check.said, check.remedy


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 or " " in word else f"{count} {word}s"
