"""Raw files as SQL sees them: relations with columns, and what is read from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from aws_cost_anomalies.model.bill import ColumnSet, FocusMapping, Lack, RawColumn
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Dimension

TRINO = "trino"
"""The dialect that mappings and the statements of this package are written in."""
MOST_DIGITS = 38
"""Of a decimal, in every engine."""


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of a raw file.

    Attributes:
        name: as the relation offers it.
        type: in the engine's dialect.
        spelling: as the file spells it; an engine renames what occurs twice.
        largest: the largest number that the files say it holds, sign aside; None where they do not say.
        same: the one text that the files say it holds in every row; None where they do not say so.
        texts: every text it holds, None among them for NULL; None where they are not known.
        is_empty: whether the files say that it holds no value at all.
    """

    name: str
    type: str
    spelling: str
    largest: float | None = None
    same: str | None = None
    texts: frozenset[str | None] | None = None
    is_empty: bool = False

    def reads_like(self, text: str) -> bool:
        """Whether only letter case and punctuation differ: `lineItem/UsageType`, `line_item_usage_type`."""
        return plain(self.spelling) == plain(text)


@dataclass(frozen=True)
class RawTable:
    """Raw files of one schema.

    Attributes:
        relation: a SELECT of all their rows, in the engine's dialect.
        columns: what it offers.
        origin: where the first of the files came from, for messages.
        is_text: whether every cell is text, as in CSV, so that words stand for NULL in it.
        is_coded: whether every row has a product code that says by itself what service it is for.
        packed: columns that the relation has beside those of the files; each tells several texts by a number.
        unpacked: the columns of a mapping whose texts are told so.
        unpacking: a SELECT that adds these texts, called as `unpacked_column` says, to the relation `sums`,
            which has the packed columns.
    """

    relation: str
    columns: tuple[FileColumn, ...]
    origin: str
    is_text: bool = False
    is_coded: bool = False
    packed: tuple[str, ...] = ()
    unpacked: tuple[str, ...] = ()
    unpacking: str = ""

    def find(self, column: RawColumn) -> FileColumn | None:
        """The column that a mapping means: its spellings first, then whatever reads like them."""
        spellings = (column.name, *column.also)
        exact = (self._spelt.get(spelling.lower()) for spelling in spellings)
        alike = (self._alike.get(plain(spelling)) for spelling in spellings)
        return next(filter(None, exact), None) or next(filter(None, alike), None)

    def lacks(self, needed: ColumnSet, mapping: FocusMapping) -> tuple[str, ...]:
        """The columns of a set of the mapping's that these files do not have."""
        absent = (c.name for c in mapping.columns if c.name in needed.columns and self.find(c) is None)
        return tuple(sorted(absent))

    @cached_property
    def _spelt(self) -> dict[str, FileColumn]:
        """The first column of each spelling, letter case ignored."""
        return {column.spelling.lower(): column for column in reversed(self.columns)}

    @cached_property
    def _alike(self) -> dict[str, FileColumn]:
        """The first column of each spelling, letter case and punctuation ignored."""
        return {plain(column.spelling): column for column in reversed(self.columns)}


@dataclass(frozen=True, slots=True)
class Lines:
    """Line items of one bill, as one engine reads them.

    Attributes:
        mapping: raw → FOCUS.
        tables: its files, one entry per schema; none gives no line items.
        tags: the keys of `Tags` that are read; each is a column, called as its dimension is.
        dialect: the engine's, as sqlglot calls it.
        only: the days whose charges count; None means every day.
        narrow: whether money that fits is read as `sql.narrow.NARROW`; what does not fit is an error.
    """

    mapping: FocusMapping
    tables: Sequence[RawTable]
    tags: Sequence[str]
    dialect: str
    only: Period | None = None
    narrow: bool = False


def lacking(
    mapping: FocusMapping, tables: Sequence[RawTable], charge_types: Iterable[str | None]
) -> tuple[Lack, ...]:
    """What is priced by columns that not every file has, among the types of charges that there are."""
    there = set(charge_types)
    lacks = (
        Lack(each.priced, tuple(sorted({name for table in tables for name in table.lacks(each, mapping)})))
        for each in mapping.sets
        if there & {*each.charge_types}
    )
    return tuple(lack for lack in lacks if lack.columns)


def unpacked_column(name: str) -> str:
    """The name under which rows carry the text of a column that was packed."""
    return f"text of {name}"


def tag_column(key: str) -> str:
    """The name under which line items carry the value of a tag: `tag:KEY`, or `cost-category:NAME`."""
    return Dimension.of_tag(key).key


def tag_columns(keys: Iterable[str]) -> list[str]:
    """The names of several."""
    return [tag_column(key) for key in keys]


def plain(text: str) -> str:
    """A column's name without letter case and punctuation."""
    return re.sub(r"[^0-9a-z]", "", text.lower())
