"""One answer, three formats: a table for people, JSON for programs, CSV for spreadsheets."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from aws_cost_anomalies.cli.characters import cell, visible
from aws_cost_anomalies.cli.screen import Screen
from aws_cost_anomalies.model.document import SCHEMA, plain


class Printed(Protocol):
    """An answer that can be printed."""

    def show(self, screen: Screen) -> None:
        """Print it for people."""

    def document(self) -> Mapping[str, object]:
        """Its JSON document, without the schema version."""

    def rows(self) -> Iterable[Sequence[object]]:
        """Its CSV rows, the header first."""


def print_answer(answer: Printed, style: str, screen: Screen) -> None:
    """Print an answer as `table`, `json` or `csv`; JSON and CSV are alone on standard output."""
    if style == "json":
        document = plain({"schema": SCHEMA, **answer.document()})
        told = json.dumps(document, indent=2, allow_nan=False)
        # GitHub Actions and Azure Pipelines would obey `##[…]` and `##vso[…]` wherever they stand in a line.
        sys.stdout.write(told.replace("##", "\\u0023\\u0023") + "\n")
    elif style == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows([_cell(value) for value in row] for row in answer.rows())
    else:
        answer.show(screen)


def _cell(value: object) -> str:
    known = plain(value)
    return cell(visible(known) if isinstance(known, str) else known)
