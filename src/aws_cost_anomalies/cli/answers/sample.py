"""What `sample-data` wrote, printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from aws_cost_anomalies.cli import tables
from aws_cost_anomalies.cli.screen import Screen
from aws_cost_anomalies.model.period import Period


class SampleFiles(Protocol):
    """Where the sample bill lies."""

    @property
    def folder(self) -> Path:
        """What to give to `ingest --path`."""

    @property
    def labels(self) -> Path:
        """The planted anomalies."""

    @property
    def period(self) -> Period:
        """Its days."""

    @property
    def line_items(self) -> int:
        """How many."""


@dataclass(frozen=True, slots=True)
class PrintedSample:
    """The sample bill's files for one reader."""

    files: SampleFiles

    def show(self, screen: Screen) -> None:
        """Print what was written and where."""
        files = self.files
        size = f"{files.line_items:,} line items, {files.period.days} days: {files.period}"
        screen.show(tables.title(f"The sample bill: {size}"))
        screen.show(tables.name(f"bill    {files.folder}"), tables.name(f"labels  {files.labels}"))

    def document(self) -> dict[str, object]:
        """Its JSON document."""
        header, values = self.rows()
        return dict(zip(map(str, header), values, strict=True))

    def rows(self) -> Iterator[Sequence[object]]:
        """One CSV row."""
        yield "folder", "labels", "start_date", "end_date", "line_items"
        period = self.files.period
        yield self.files.folder, self.files.labels, period.start, period.last_day, self.files.line_items
