"""The data dictionary: what a person or a language model must know before writing a statement.

Made of the same table that the gate reads, so it names what may be read and nothing else.
"""

from __future__ import annotations

from aws_cost_anomalies.free_sql.tables import RULES, TABLES, Table


def dictionary() -> str:
    """Rules, tables, columns, types and meanings as plain text."""
    rules = "\n".join(f"- {rule}" for rule in RULES)
    return "\n\n".join([f"Rules\n{rules}", *(_told(table) for table in TABLES)]) + "\n"


def _told(table: Table) -> str:
    columns = (f"- {column.name} {column.type}: {column.meaning}" for column in table.columns)
    return "\n".join([f"Table {table.name}: {table.meaning}", *columns])
