"""The schemas of Parquet files: many files are asked at once, and those alike are described once.

Knows what DuckDB says of a file's columns; must not know what they are for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from aws_cost_anomalies import sql
from aws_cost_anomalies.engines.duckdb.session import reason
from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.model.bill import RawFile
from aws_cost_anomalies.sql.tables import MOST_DIGITS

Node = tuple[object, ...]
"""An entry of a Parquet file's schema: name, type, repetition, number of children, and what else is said."""
Schema = tuple[Node, ...]
"""A tree written in order: a node is followed by its children."""


class Schemas:
    """What is known so far of the files of one or several bills."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Know nothing yet.

        Args:
            connection: to any database.
        """
        self._connection = connection
        self._of_files: dict[str, Schema] = {}
        self._columns: dict[Schema, list[tuple[str, str, str]]] = {}

    def look_at(self, files: Sequence[RawFile]) -> None:
        """Read the schemas of files not met yet, all at once. Raises: BadBill."""
        # Two bills may have a file in common; asked twice, DuckDB tells its schema twice.
        new = list({absolute(f): f for f in files if absolute(f) not in self._of_files}.values())
        if not new:
            return
        try:
            asked = sql.read(__package__, "parquet_columns", paths=paths(new))
            found = self._connection.execute(asked).fetchall()
        except duckdb.Error as error:
            if len(new) == 1:
                raise BadBill(new[0].origin, f"its list of columns is garbled ({reason(error)})") from error
            for file in new:
                self.look_at([file])
            raise
        nodes: dict[str, list[Node]] = {}
        for path, *node in found:
            nodes.setdefault(path, []).append(tuple(node))
        known: dict[Schema, Schema] = {}
        for path, tree in nodes.items():
            schema = tuple(tree)
            self._of_files[path] = known.setdefault(schema, schema)

    def alike(self, files: Sequence[RawFile]) -> dict[Schema, list[RawFile]]:
        """The files by schema. Raises: BadBill."""
        self.look_at(files)
        alike: dict[Schema, list[RawFile]] = {}
        for file in files:
            alike.setdefault(self._of_files[absolute(file)], []).append(file)
        return alike

    def columns(self, schema: Schema, relation: str) -> list[tuple[str, str, str]]:
        """Name and type of each column as DuckDB reads it, and how the file spells it. Raises: duckdb.Error.

        The type of a decimal that DuckDB cannot hold, and would read as another number, is the file's own.

        Args:
            schema: of the files.
            relation: them, in SQL.
        """
        if schema not in self._columns:
            asked = sql.read(__package__, "describe", relation=relation)
            described = self._connection.execute(asked).fetchall()
            self._columns[schema] = [
                (name, _stated(node) or kind, str(node[0]))
                for (name, kind, *_), node in zip(described, _top_level(schema), strict=True)
            ]
        return self._columns[schema]


def paths(files: Sequence[RawFile]) -> list[str]:
    """Paths as DuckDB takes them: patterns, so a sign that would stand for others is put in brackets."""
    return [
        sql.literal("".join(f"[{sign}]" if sign in "*?[" else sign for sign in absolute(file)))
        for file in files
    ]


def absolute(file: RawFile) -> str:
    """The file's whole path, as DuckDB gives it back."""
    return str(file.path.absolute())


def _stated(node: Node) -> str | None:
    """What the file says of a decimal of more digits than there are types for; None for all else."""
    _, _, _, _, kind, scale, precision, *_ = node
    is_too_long = kind == "DECIMAL" and int(str(precision or 0)) > MOST_DIGITS
    return f"DECIMAL({precision}, {scale})" if is_too_long else None


def _top_level(nodes: Schema) -> Iterator[Node]:
    """The root's children in a tree written in order."""
    sizes = [int(children or 0) for _, _, _, children, *_ in nodes]  # type: ignore[call-overload]
    position = 1
    while position < len(nodes):
        yield nodes[position]
        unread = 1
        while unread:
            unread += sizes[position] - 1
            position += 1
