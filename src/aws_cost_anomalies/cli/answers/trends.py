"""Trends, printed: a row per scope with its line of blocks, the last bucket and how it changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rich.table import Table
from rich.text import Text

from aws_cost_anomalies.cli import tables
from aws_cost_anomalies.cli.answers import parts
from aws_cost_anomalies.cli.answers.accounts import among, show_accounts
from aws_cost_anomalies.cli.screen import Screen
from aws_cost_anomalies.cli.sparkline import sparkline
from aws_cost_anomalies.model.answer_document import trends_document
from aws_cost_anomalies.model.answers import TrendRow, Trends
from aws_cost_anomalies.model.scope import Scope

BUCKET = {"daily": "%m-%d", "weekly": "%m-%d", "monthly": "%Y-%m"}
NARROWEST, SPARE = 7, 66
"""A line of blocks is never narrower than a week, and leaves this much to names and money."""


@dataclass(frozen=True, slots=True)
class PrintedTrends:
    """Trends for one reader; `accounts` names those in it, by id."""

    trends: Trends
    as_of: date
    accounts: Mapping[str, str] = field(default_factory=dict)

    def show(self, screen: Screen) -> None:
        """Print title, table and what it rests on."""
        view = self.trends.view
        heading = f"Cost by {parts.grouping(view)}, {self.trends.granularity}, {view.period}"
        screen.show(tables.title(heading), tables.blank(), self._table(screen.width), tables.blank())
        screen.show(*parts.gaps(self.trends.gaps), tables.caption(parts.basis(view)))
        show_accounts(screen, self.accounts, self._scopes())

    def _table(self, width: int) -> Table:
        """The buckets compared are named in the head: the last whole, settled ones."""
        buckets, form = self.trends.buckets, BUCKET[self.trends.granularity]
        before, last = self.trends.compared or (None, buckets[-1])
        cost, change = f"{last:{form}}", f"vs {before:{form}}" if before else "change"
        numbers = (cost, change, "%", "total")
        drawn = tables.table(
            parts.grouping(self.trends.view), "trend", *numbers, numbers=numbers, footer=True
        )
        room, place = max(NARROWEST, min(len(buckets), width - SPARE)), buckets.index(last)
        for name, row in self._named():
            drawn.add_row(tables.name(name), *_cells(row, room, place))
        footers = (Text("total"), *_cells(self.trends.total, room, place))
        for column, footer in zip(drawn.columns, footers, strict=True):
            column.footer = footer
        return drawn

    def _scopes(self) -> list[Scope]:
        return [row.scope for row in self.trends.rows]

    def _named(self) -> Iterator[tuple[Scope | str, TrendRow]]:
        """Every row with its name, the rest last."""
        yield from ((row.scope, row) for row in self.trends.rows)
        if self.trends.other is not None:
            yield parts.OTHER, self.trends.other

    def document(self) -> dict[str, object]:
        """Its JSON document."""
        document = trends_document(self.trends, as_of=self.as_of)
        return {**document, "account_names": among(self.accounts, self._scopes())}

    def rows(self) -> Iterator[Sequence[object]]:
        """A CSV row per scope; with `(other)` they add up to the total."""
        keys = parts.scope_keys(self._scopes())
        yield [*keys, "total", "change", "change_percentage", *self.trends.buckets]
        for name, row in self._named():
            cells = parts.scope_cells(name, keys, self.accounts)
            yield [*cells, row.total, row.change, row.change_percentage, *row.costs]


def _cells(row: TrendRow, room: int, place: int) -> list[Text]:
    return [
        Text(sparkline(row.costs, width=room), style="cyan"),
        tables.amount(row.costs[place]),
        tables.change(row.change),
        tables.percentage(row.change_percentage, row.change),
        tables.amount(row.total),
    ]
