"""Restatements, printed: by how much later loads moved days that had been loaded before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from rich.table import Table

from aws_cost_anomalies.cli import tables
from aws_cost_anomalies.cli.screen import Screen
from aws_cost_anomalies.model.load import Restatement
from aws_cost_anomalies.model.period import BillingPeriod

COLUMNS = ("date", "service", "currency", "change")


@dataclass(frozen=True, slots=True)
class PrintedRestatements:
    """Restatements for one reader."""

    restatements: tuple[Restatement, ...]
    as_of: date

    def show(self, screen: Screen) -> None:
        """Print them by billing period and service, the newest period first."""
        if not self.restatements:
            screen.show(tables.title("No load has moved a day that was loaded before."))
            return
        screen.show(tables.title("How later loads moved days that were loaded before, unblended"))
        screen.show(tables.blank(), self._table())

    def _table(self) -> Table:
        drawn = tables.table("period", "service", "days", "change", "", numbers=("days", "change"))
        ordered = sorted(self.restatements, key=_place)
        for (_, currency, service), group in groupby(ordered, key=_place):
            moves = list(group)
            change = float(sum((move.change for move in moves), Decimal()))
            period = str(BillingPeriod.of(moves[0].day))
            drawn.add_row(period, tables.name(service), f"{len(moves)}", tables.change(change), currency)
        return drawn

    def document(self) -> dict[str, object]:
        """Its JSON document."""
        restated = [dict(zip(COLUMNS, _values(move), strict=True)) for move in self.restatements]
        return {"as_of": self.as_of, "metric": "unblended", "restatements": restated}

    def rows(self) -> Iterator[Sequence[object]]:
        """A CSV row per day and service."""
        yield COLUMNS
        yield from map(_values, self.restatements)


def _place(move: Restatement) -> tuple[tuple[int, int], str, str]:
    """Where it stands in the table: the newest month first."""
    return (-move.day.year, -move.day.month), move.currency, move.service


def _values(move: Restatement) -> tuple[object, ...]:
    return move.day, move.service, move.currency, move.change
