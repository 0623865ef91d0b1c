"""Which texts of a bill are worth telling by numbers, and which decide what counts.

Knows mappings, and which columns files have; knows no engine.
"""

from __future__ import annotations

from sqlglot import exp

from aws_cost_anomalies.model.bill import FocusMapping, RawColumn
from aws_cost_anomalies.model.focus import DIMENSIONS
from aws_cost_anomalies.sql.charges import parsed, parsed_for
from aws_cost_anomalies.sql.tables import FileColumn, RawTable


def packable(mapping: FocusMapping, table: RawTable) -> list[dict[str, FileColumn]]:
    """For each key of daily charges that reads texts alone: column of the mapping → where it is.

    Columns without any value are left out.
    """
    columns = {column.name: column for column in mapping.columns}
    keys = {dimension.name for dimension in DIMENSIONS}
    found = []
    for projection in parsed_for(table, mapping).selects:
        read = {place.name for place in projection.find_all(exp.Column)}
        there = {name: table.find(columns[name]) for name in read}
        if projection.alias_or_name in keys and all(_is_text(columns[n], c) for n, c in there.items()):
            found.append({name: column for name, column in there.items() if column and not column.is_empty})
    return found


def deciding(mapping: FocusMapping) -> set[str]:
    """The columns that the conditions of a mapping ask for a text."""
    tests = parsed(mapping).find_all(exp.EQ, exp.In, exp.Like)
    return {test.this.name for test in tests if isinstance(test.this, exp.Column)}


def _is_text(column: RawColumn, there: FileColumn | None) -> bool:
    return column.type == "VARCHAR" and (there.type == "VARCHAR" if there else not column.required)
