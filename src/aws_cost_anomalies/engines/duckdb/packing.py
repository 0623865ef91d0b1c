"""Large bills made ready for one grouping: many texts told by one number.

To compare a dozen texts takes most of a grouping's time. Parquet numbers what it repeats, and DuckDB works
a function of one text out once for each of these; so a mark for each text, in bits of its own, is had for
nothing. It is exact: which texts there are is asked before, and no two of a column may have the same mark.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce

import duckdb

from aws_cost_anomalies import sql
from aws_cost_anomalies.model.bill import FocusMapping
from aws_cost_anomalies.sql.packing import deciding, packable
from aws_cost_anomalies.sql.tables import FileColumn, RawTable, unpacked_column

Marks = dict[str | None, int]
"""The texts of a column, None for NULL, each with 64 bits that tell it from the others."""

_MOST_TEXTS = 5000
"""A column with more is no longer a kind of thing; it keeps its texts."""
_MOST_BESIDE = 50
"""So many times as many groups may come of a key that falls back from one column to another."""
_BITS = 64


def packed(
    connection: duckdb.DuckDBPyConnection, mapping: FocusMapping, table: RawTable, *, number: int
) -> RawTable:
    """The same rows with texts packed into numbers, and with what is known of the texts that decide.

    Args:
        connection: which knows from now on what the numbers mean.
        mapping: what is read from the rows.
        table: of Parquet.
        number: tells it from other tables of the connection.

    Raises:
        duckdb.Error: a column cannot be read.
    """
    marks: dict[str, Marks] = {}
    columns: dict[str, FileColumn] = {}
    for key in packable(mapping, table):
        varying = {name: column for name, column in key.items() if column.same is None}
        of_key = {n: marks[n] if n in marks else _marks(connection, table, c) for n, c in varying.items()}
        if _is_worth_it([len(of_key[name]) if name in of_key else 1 for name in key]):
            marks, columns = marks | of_key, columns | varying
    places = _places({name: list(found.values()) for name, found in marks.items()})
    if not places:
        return table
    numbers: dict[str, list[str]] = {}
    for name, (place, mask) in places.items():
        part = sql.read(__package__, "packed_part", column=sql.name(columns[name].name), mask=str(mask))
        numbers.setdefault(place, []).append(part)
        _remember(connection, f"{number} {name}", marks[name], mask=mask)
    together = [f"{_xor(parts)} AS {sql.name(place)}" for place, parts in numbers.items()]
    known = {columns[name].name: frozenset(marks[name]) for name in places.keys() & deciding(mapping)}
    return replace(
        table,
        relation=sql.read(__package__, "packed", numbers=together, relation=table.relation),
        columns=tuple(replace(column, texts=known.get(column.name)) for column in table.columns),
        packed=tuple(numbers),
        unpacked=tuple(places),
        unpacking=_unpacking({name: place for name, (place, _) in places.items()}, number),
    )


def _is_worth_it(sizes: Sequence[int]) -> bool:
    """Whether the columns of a key, of so many texts each, are packed.

    A key that falls back from one column to another is told apart by both once they are packed; they are not
    where this could make far more groups.
    """
    return bool(sizes) and 0 not in sizes and math.prod(sorted(sizes)[1:]) <= _MOST_BESIDE


def _marks(connection: duckdb.DuckDBPyConnection, table: RawTable, column: FileColumn) -> Marks:
    """Its texts with their marks; empty where there are too many texts, or where two have one mark."""
    fill = {"column": sql.name(column.name), "relation": table.relation, "most": str(_MOST_TEXTS + 1)}
    rows = connection.execute(sql.read(__package__, "texts", **fill)).fetchall()
    return dict(rows) if len({mark for _, mark in rows}) == len(rows) <= _MOST_TEXTS else {}


def _places(marks: Mapping[str, list[int]]) -> dict[str, tuple[str, int]]:
    """Column → the column of the number that has its mark, and the bits of it that are its own."""
    number, start, places = 0, 0, {}
    for name, of_texts in marks.items():
        width = _width(of_texts, start)
        if start + width > _BITS:
            number, start, width = number + 1, 0, _width(of_texts, 0)
        if width <= _BITS:
            places[name] = (f"packed texts {number}", ((1 << width) - 1) << start)
            start += width
    return places


def _width(marks: list[int], start: int) -> int:
    """How many bits from `start` on tell all of them apart; more than there are where none do."""
    widths = range(1, _BITS - start + 1)
    apart = (w for w in widths if len({mark >> start & (1 << w) - 1 for mark in marks}) == len(marks))
    return next(apart, _BITS + 1)


def _xor(parts: Sequence[str]) -> str:
    return reduce(lambda one, other: f"XOR({one}, {other})", parts)


def _remember(connection: duckdb.DuckDBPyConnection, of: str, marks: Marks, *, mask: int) -> None:
    """Let the connection know what the bits of a number mean."""
    fill = {part: sql.name(f"{part} {of}") for part in ("texts", "bits", "marks")}
    values = [sql.literal(text) if text else "NULL" for text in marks]  # empty is none, as everywhere
    masked = [str(mark & mask) for mark in marks.values()]
    statement = sql.read(__package__, "packed_lists", **fill, values=values, mask=str(mask), masked=masked)
    connection.execute(statement)


def _unpacking(places: Mapping[str, str], number: int) -> str:
    """The SELECT that adds the text of each column, told by the number at its place."""
    texts, joins = [], []
    for name, place in places.items():
        of = sql.name(f"texts of {name}")
        remembered = {part: sql.literal(f"{part} {number} {name}") for part in ("texts", "bits", "marks")}
        called = sql.name(unpacked_column(name))
        texts.append(sql.read(__package__, "unpacked_text", of=of, called=called))
        joins.append(sql.read(__package__, "unpacked_join", of=of, packed=sql.name(place), **remembered))
    return sql.read(__package__, "unpacking", texts=texts, joins=joins)
