"""Restatements, printed: by how much later loads moved days that had been loaded before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rich.table import Table
from rich.text import Text

from aws_cost_anomalies.cli import tables
from aws_cost_anomalies.cli.screen import Screen
from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.model.load import Moved, Restatement, is_told, moved

COLUMNS = ("date", "service", "currency", "change", "effective_change", "data_source")
KEPT = {"unblended": 0, "net-amortized": 1}
"""The metrics whose changes are kept → which of the two it is."""


@dataclass(frozen=True, slots=True)
class PrintedRestatements:
    """Restatements for one reader.

    Attributes:
        metric: short name; only what moved this one is shown. None means both that are kept.
        within: what they are narrowed to, in words; empty for all there are.
    """

    restatements: tuple[Restatement, ...]
    as_of: date
    metric: str | None = None
    within: str = ""

    def __post_init__(self) -> None:
        """Raises: InvalidArgument: of that metric it is not kept what moved."""
        if self.metric is not None and self.metric not in KEPT:
            raise InvalidArgument("--metric with --restatements", self.metric, ", ".join(KEPT))

    def show(self, screen: Screen) -> None:
        """Print them by billing period, source and service, the newest period first."""
        shown = [each for each in moved(self.restatements) if self._is_asked(is_told(each))]
        of = "".join(f", {part}" for part in (self.metric, self.within) if part)
        if not shown:
            screen.show(tables.title(f"No load has moved a day that was loaded before{of}."))
            return
        screen.show(tables.title(f"How later loads moved days that were loaded before{of}"))
        screen.show(tables.blank(), self._table(shown))

    def _is_asked(self, told: tuple[bool, bool]) -> bool:
        return told[KEPT[self.metric]] if self.metric else any(told)

    def _table(self, shown: Sequence[Moved]) -> Table:
        metrics = (self.metric,) if self.metric else tuple(KEPT)
        drawn = tables.table("period", "source", "service", "days", *metrics, "", numbers=("days", *metrics))
        for each in sorted(shown, key=_place):
            changes = (_change((each.change, each.effective_change)[KEPT[metric]]) for metric in metrics)
            source, service = each.data_source.replace("_", "-"), tables.name(each.service)
            drawn.add_row(each.month, source, service, f"{each.days}", *changes, each.currency)
        return drawn

    def _asked(self) -> list[Restatement]:
        """Day by day, to the last digit."""
        if self.metric is None:
            return list(self.restatements)
        return [one for one in self.restatements if (one.change, one.effective_change)[KEPT[self.metric]]]

    def document(self) -> dict[str, object]:
        """Its JSON document."""
        restated = [dict(zip(COLUMNS, _values(move), strict=True)) for move in self._asked()]
        return {"as_of": self.as_of, "metric": self.metric or "unblended", "restatements": restated}

    def rows(self) -> Iterator[Sequence[object]]:
        """A CSV row per day and service."""
        yield COLUMNS
        yield from map(_values, self._asked())


def _change(value: Decimal | None) -> Text:
    return tables.change(None if value is None else float(value))


def _place(each: Moved) -> tuple[int, str, str, str]:
    """Where it stands in the table: the newest month first."""
    return -int(each.month.replace("-", "")), each.data_source, each.currency, each.service


def _values(move: Restatement) -> tuple[object, ...]:
    return move.day, move.service, move.currency, move.change, move.effective_change, move.data_source
