"""A comparison of two periods, printed: what moved most, what is new, what is gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rich.table import Table
from rich.text import Text

from aws_cost_anomalies.cli import money, tables
from aws_cost_anomalies.cli.answers import parts
from aws_cost_anomalies.cli.answers.accounts import among, show_accounts
from aws_cost_anomalies.cli.screen import Screen
from aws_cost_anomalies.model.answer_document import comparison_document
from aws_cost_anomalies.model.answers import Comparison, Mover
from aws_cost_anomalies.model.scope import Scope


@dataclass(frozen=True, slots=True)
class PrintedComparison:
    """A comparison for one reader; `accounts` names those in it, by id."""

    comparison: Comparison
    as_of: date
    accounts: Mapping[str, str] = field(default_factory=dict)

    def show(self, screen: Screen) -> None:
        """Print title, movers and what they rest on."""
        comparison = self.comparison
        heading = f"Cost by {parts.grouping(comparison.view)}: A {comparison.a}, B {comparison.b}"
        screen.show(tables.title(heading), tables.blank(), self._table(), tables.blank())
        screen.show(tables.caption(parts.basis(comparison.view)))
        if comparison.loaded[0] != comparison.loaded[1] or comparison.warning:
            screen.show(tables.caption(self._days()))
        show_accounts(screen, self.accounts, self._scopes())

    def _days(self) -> str:
        """Over how many days the sums are, and what an average one costs."""
        comparison = self.comparison
        periods = zip(("A", "B"), comparison.loaded, (comparison.a, comparison.b), strict=True)
        days = [
            f"{name} {loaded} of its {period.days} days" if loaded < period.days else f"{name} {loaded} days"
            for name, loaded, period in periods
        ]
        one = comparison.a_day
        cost = f"{money.amount(one.a)}, then {money.amount(one.b)}"
        return (
            f"Sums of {', '.join(days)}. An average day: {cost} ({money.percentage(one.change_percentage)})."
        )

    def _table(self) -> Table:
        total = self.comparison.total
        names = (parts.grouping(self.comparison.view), "", "A", "B", "change", "%")
        drawn = tables.table(*names, numbers=("A", "B", "change", "%"), footer=True)
        for name, mover in self._named():
            drawn.add_row(tables.name(name), *_cells(mover))
        for column, footer in zip(drawn.columns, (Text("total"), *_cells(total)), strict=True):
            column.footer = footer
        return drawn

    def _scopes(self) -> list[Scope]:
        return [mover.scope for mover in self.comparison.movers]

    def _named(self) -> Iterator[tuple[Scope | str, Mover]]:
        """Every mover with its name, the rest last."""
        yield from ((mover.scope, mover) for mover in self.comparison.movers)
        if self.comparison.other is not None:
            yield parts.OTHER, self.comparison.other

    def document(self) -> dict[str, object]:
        """Its JSON document."""
        document = comparison_document(self.comparison, as_of=self.as_of)
        return {**document, "account_names": among(self.accounts, self._scopes())}

    def rows(self) -> Iterator[Sequence[object]]:
        """A CSV row per mover; with `(other)` they add up to the total."""
        keys = parts.scope_keys(self._scopes())
        yield [*keys, "kind", "a", "b", "change", "change_percentage"]
        for name, mover in self._named():
            cells = parts.scope_cells(name, keys, self.accounts)
            yield [*cells, mover.kind, mover.a, mover.b, mover.change, mover.change_percentage]


def _cells(mover: Mover) -> list[Text]:
    return [
        Text(mover.kind if mover.kind in {"new", "gone"} else "", style="bold"),
        tables.amount(mover.a),
        tables.amount(mover.b),
        tables.change(mover.change),
        tables.percentage(mover.change_percentage, mover.change),
    ]
