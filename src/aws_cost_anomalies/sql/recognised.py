"""What a file is that lacks a column of a bill, and what to do about it. Knows columns alone."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from aws_cost_anomalies.model.bill import RawColumn
from aws_cost_anomalies.sql.tables import RawTable, plain


@dataclass(frozen=True, slots=True)
class _Shape:
    """A table that AWS exports.

    Attributes:
        columns: some that it always has.
        hint: what to do with one that was taken for another.
        least: so many of the columns tell it.
    """

    columns: tuple[str, ...]
    hint: str
    least: int = 2


_BESIDE = "where the one that is wanted lies beside it, name that with `report_name`"
_SHAPES = (
    _Shape(
        ("ChargePeriodStart", "BillingCurrency", "BilledCost"),
        f"It is a FOCUS export: load it with `--source focus`; {_BESIDE}.",
    ),
    _Shape(
        ("line_item_usage_start_date", "line_item_currency_code", "line_item_unblended_cost"),
        f"It is a Cost and Usage Report: load it with `--source cur`; {_BESIDE}.",
    ),
    _Shape(
        ("recommendation_id",),
        f"It holds recommendations of the Cost Optimization Hub and is no bill; {_BESIDE}.",
        least=1,
    ),
)
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def hint_for(column: RawColumn, table: RawTable) -> str:
    """The next step where files lack a required column."""
    spelled = {plain(each.spelling): each.spelling for each in table.columns}
    own = next((shape for shape in _SHAPES if column.name in shape.columns), None)
    other = next((each for each in _SHAPES if each is not own and _found(each, spelled) >= each.least), None)
    if other is not None:
        return other.hint
    for sign, name in _SEPARATORS.items():
        if len(spelled) == 1 and any(sign in only for only in spelled.values()):
            return f"Its columns are separated by {name}: have it written with commas."
    near = difflib.get_close_matches(plain(column.name), spelled, n=3, cutoff=0.75)
    said = f"Columns spelt nearly so: {', '.join(spelled[name] for name in near)}. " if near else ""
    if own is not None and _found(own, spelled):
        return (
            f"{said}Add the column in the export's settings (its SQL); the last good version stays in place."
        )
    if near:
        return said.rstrip()
    return "It is no bill of this kind: name the export that is one with `report_name`, or give its --path."


def _found(shape: _Shape, spelled: dict[str, str]) -> int:
    return sum(plain(name) in spelled for name in shape.columns)
