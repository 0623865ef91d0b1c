"""Labels from a CSV file: what somebody knows to have happened.

Knows the file's columns; knows nothing of how labels are used.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from aws_cost_anomalies.errors import InvalidArgument, MissingLocation
from aws_cost_anomalies.model.anomaly import Kind
from aws_cost_anomalies.model.backtest import Label
from aws_cost_anomalies.model.period import ONE_DAY, Period, parse_day
from aws_cost_anomalies.model.scope import COST_CATEGORY, SHORT_NAMES, TAG, Dimension, Scope

REQUIRED = ("kind", "start_date", "end_date")
_KEYS = {**SHORT_NAMES, **{column: column for column in SHORT_NAMES.values()}}


def read_labels(file: Path) -> tuple[Label, ...]:
    """The labels of a CSV file with `kind,start_date,end_date` and one column per dimension.

    A dimension is called as on the command line (`service`, `tag:KEY`) or as in FOCUS (`ServiceName`);
    an empty cell means any value. `impact`, in currency, is optional; other columns are notes.

    Raises:
        MissingLocation: there is no such file.
        InvalidArgument: it lacks a column, or a cell makes no sense; the line is named.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise MissingLocation("file of labels", str(file)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidArgument("--labels", str(file), f"a readable CSV file ({error})") from None
    reader = csv.DictReader(text.splitlines())
    missing = [name for name in REQUIRED if name not in (reader.fieldnames or ())]
    if missing:
        raise InvalidArgument("--labels", str(file), f"a CSV file with the columns {', '.join(REQUIRED)}")
    return tuple(_label(row, f"{file}, line {reader.line_num}") for row in reader)


def _label(row: Mapping[str, str | None], where: str) -> Label:
    kind = (row["kind"] or "").strip().lower()
    if kind not in list(Kind):
        raise InvalidArgument(f"A label's kind ({where})", kind, ", ".join(Kind))
    first = parse_day((row["start_date"] or "").strip(), f"A label's start_date ({where})")
    last = parse_day((row["end_date"] or "").strip() or str(first), f"A label's end_date ({where})")
    values = {key: value for name, value in row.items() if (key := _key(name)) and value}
    return Label(Kind(kind), Period(first, last + ONE_DAY), Scope.from_mapping(values), _impact(row, where))


def _key(name: str | None) -> str | None:
    """The scope key that a column means; None for a note."""
    if name and name.startswith((TAG, COST_CATEGORY)):
        return Dimension(name).key
    return _KEYS.get(name or "")


def _impact(row: Mapping[str, str | None], where: str) -> float | None:
    text = (row.get("impact") or "").strip()
    try:
        return float(text) if text else None
    except ValueError:
        raise InvalidArgument(f"A label's impact ({where})", text, "an amount") from None
