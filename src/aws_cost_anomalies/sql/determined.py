"""Keys that need not be grouped by: those that other keys determine, or that are the same in every line item.

Grouping by a text takes longer than reading it. Knows mappings as trees, and what files say of their columns;
knows no engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlglot import exp

from aws_cost_anomalies.model.bill import RawColumn
from aws_cost_anomalies.sql.tables import FileColumn, RawTable


def determined(
    written: Mapping[str, exp.Expr], keys: Sequence[str], given: Mapping[str, exp.Expr]
) -> dict[str, exp.Expr]:
    """Key → its value, told by other keys and by columns that are known; empty where none would be left.

    Args:
        written: column of a mapping → its value, as it reads `raw`.
        keys: these columns, or others, which nothing is known of.
        given: columns of `raw` → the one value they have, or the value that something beside the keys tells.
    """
    values = {key: written[key] for key in keys if key in written}
    known = {
        value.name: exp.column(key, quoted=True)
        for key, value in values.items()
        if isinstance(value, exp.Column)
    } | dict(given)
    found = {
        key: _put(value, known)
        for key, value in values.items()
        if _columns(value) <= (given if isinstance(value, exp.Column) else known).keys()
    }
    return found if len(found) < len(keys) else {}


def same_everywhere(columns: Sequence[RawColumn], table: RawTable) -> dict[str, exp.Expr]:
    """Texts that `raw` has one value of in all these files → that value."""
    found: dict[str, exp.Expr] = {}
    for column in columns:
        there = table.find(column)
        if column.type == "VARCHAR" and there and (value := _same(there)) is not None:
            found[column.name] = exp.Literal.string(value)
    return found


def _same(column: FileColumn) -> str | None:
    """The one text it holds; one with a null character cannot be written into a statement as it is."""
    same = column.same if column.type == "VARCHAR" else None
    return None if same and "\0" in same else same


def _columns(value: exp.Expr) -> set[str]:
    return {column.name for column in value.find_all(exp.Column)}


def _put(value: exp.Expr, known: Mapping[str, exp.Expr]) -> exp.Expr:
    """An expression with what is known in place of the columns it reads."""
    return value.copy().transform(
        lambda node: known[node.name].copy() if isinstance(node, exp.Column) else node, copy=False
    )
