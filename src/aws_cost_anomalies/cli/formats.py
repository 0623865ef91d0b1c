"""One answer, three formats: a table for people, JSON for programs, CSV for spreadsheets."""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from aws_cost_anomalies.cli.characters import cell, visible
from aws_cost_anomalies.cli.screen import Screen

SCHEMA = 1
"""Version of the JSON documents; it changes when a key changes its meaning or goes."""
PLACES = 6
"""Decimals of money in JSON and CSV."""


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
        sys.stdout.write(json.dumps(document, indent=2, allow_nan=False) + "\n")
    elif style == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows([_cell(value) for value in row] for row in answer.rows())
    else:
        answer.show(screen)


def plain(value: object) -> object:
    """The value as JSON knows it: money rounded, an unknown number null, days and words as text."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (float, Decimal)):
        return round(float(value), PLACES) + 0.0 if math.isfinite(value) else None
    if value is None or isinstance(value, (bool, int)):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def _cell(value: object) -> str:
    known = plain(value)
    return cell(visible(known) if isinstance(known, str) else known)
