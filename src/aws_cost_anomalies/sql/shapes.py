"""Bills of one shape, as all months of an export mostly are, are translated once.

Knows what of raw files a statement about them can depend on; knows nothing of what the statement says.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache

from sqlglot import exp

from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.model.bill import FocusMapping
from aws_cost_anomalies.sql.narrow import FITS_BELOW
from aws_cost_anomalies.sql.raw import EXACT_BELOW
from aws_cost_anomalies.sql.tables import FileColumn, Lines, RawTable

Translate = Callable[[Lines], str]


def once_for_a_shape(translate: Translate, lines: Lines) -> str:
    """The statement that `translate` makes of these lines, made once for all that differ only in their files.

    Raises:
        BadBill: as `translate`.
    """
    places = [_place(number, lines.dialect) for number, _ in enumerate(lines.tables)]
    tables = tuple(
        _shape(table, place, lines.mapping) for table, place in zip(lines.tables, places, strict=True)
    )
    try:
        statement = _translated(translate, replace(lines, tables=tables, tags=tuple(lines.tags)))
    except BadBill:
        return translate(lines)  # so that it names the file
    relations = dict(zip(places, (table.relation for table in lines.tables), strict=True))
    any_place = "|".join(map(re.escape, places))
    return re.sub(any_place, lambda place: relations[place[0]], statement) if places else statement


@lru_cache(maxsize=64)
def _translated(translate: Translate, shape: Lines) -> str:
    return translate(shape)


@cache
def _place(number: int, dialect: str) -> str:
    """What stands for the files of a schema until it is said which they are, as the dialect writes it."""
    files = exp.to_identifier(f"files of schema {number}", quoted=True)
    return exp.select("*").from_(exp.Table(this=files)).sql(dialect=dialect)


def _shape(table: RawTable, place: str, mapping: FocusMapping) -> RawTable:
    """Files of one schema without what tells them from others: where they lie, how large amounts are."""
    read = {found.name for column in mapping.columns if (found := table.find(column)) is not None}
    columns = tuple(
        replace(column, largest=_step(column), same=column.same if column.name in read else None)
        for column in table.columns
    )
    return replace(table, relation=place, origin="", columns=columns)


def _step(column: FileColumn) -> float | None:
    """The largest number as far as statements ask for it: the last of their bounds that it reaches."""
    if column.largest is None:
        return None
    return max((bound for bound in (EXACT_BELOW, FITS_BELOW) if column.largest >= bound), default=0)
