"""Raw bills: what a source delivers, and how an engine reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from aws_cost_anomalies.model.period import ONE_DAY, Period


class RawFormat(StrEnum):
    """How a raw file is written."""

    PARQUET = "parquet"
    CSV = "csv"
    JSON = "json"


ACCOUNT_DIGITS = 12
"""Of the id of an AWS account."""
_MEANINGS = {"DECIMAL": "an amount", "DATE": "a day", "TIMESTAMP": "a point in time"}


@dataclass(frozen=True, slots=True)
class RawColumn:
    """A column the mapping reads from `raw`.

    Attributes:
        name: as the mapping spells it.
        type: the canonical SQL type every file's value is cast to, in the mapping's dialect.
        required: whether a file without it is a bad bill; an absent optional column reads as NULL.
        also: other spellings in real files, tried in order, letter case ignored.
        digits: how many a text of digits has; where a file holds it as a number, it has lost its first zeros.
        digits_of: only rows whose value in this column is LIKE one of these patterns have so many; None means
            that all have.
    """

    name: str
    type: str = "VARCHAR"
    required: bool = False
    also: tuple[str, ...] = ()
    digits: int = 0
    digits_of: tuple[RawColumn, tuple[str, ...]] | None = None

    @property
    def meaning(self) -> str:
        """What each of its values is, in words: `an amount`; the type where there is no word for it."""
        return _MEANINGS.get(self.type.partition("(")[0], f"of type {self.type}")


@dataclass(frozen=True, slots=True)
class KeyedValues:
    """Where raw rows hold values under keys of people's own: tags, or cost categories.

    Attributes:
        columns: patterns of flat columns, `{key}` standing for the key.
        maps: map (or JSON text) columns.
        keys: patterns of a key inside those maps.
    """

    columns: tuple[str, ...] = ()
    maps: tuple[str, ...] = ()
    keys: tuple[str, ...] = ("{key}",)


@dataclass(frozen=True, slots=True)
class ColumnSet:
    """Columns that a mapping uses together, or not at all.

    Attributes:
        name: what the mapping asks as a condition; it holds where a file has every one of the columns.
        columns: as the mapping spells them.
        priced: what is priced by them, in words; empty where nobody needs to be told that they are not there.
        charge_types: the values of `x_ChargeType` that are.
    """

    name: str
    columns: tuple[str, ...]
    priced: str = ""
    charge_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lack:
    """What a bill has charges of but is not amortized, and the columns that were needed for it."""

    priced: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FocusMapping:
    """How raw rows become FOCUS line items.

    Attributes:
        name: its source and shape, e.g. `cur`.
        sql: one SELECT over the relation `raw`, one row per line item, that yields every column of
            `model.focus.COLUMNS` but Tags, by name; Trino's dialect.
        columns: what `raw` offers.
        sets: conditions of the mapping on what a file has; a file is asked once, not its rows.
        tags: where tags are found.
        cost_categories: where cost categories are found.
        lasting: how the same rows tell how long usage lasts, as `sql.lasting` says; None where they do not.
    """

    name: str
    sql: str
    columns: tuple[RawColumn, ...]
    sets: tuple[ColumnSet, ...] = ()
    tags: KeyedValues = KeyedValues()
    cost_categories: KeyedValues = KeyedValues()
    lasting: FocusMapping | None = None


@dataclass(frozen=True, slots=True)
class RawFile:
    """One file on this disk, exactly as delivered, but for a ZIP: of that it is the one in it, as gzip.

    Attributes:
        path: where it lies now.
        origin: where it came from, for messages and the load record (an s3:// URL or a path).
        etag: the identity of its content; of a ZIP, as delivered.
        size: bytes at `path`.
    """

    path: Path
    origin: str
    etag: str
    size: int


ANY_DAY = Period(date.min, date.max)
"""The period of a bill that cannot say which days it speaks for until it is read: those of its charges."""


@dataclass(frozen=True, slots=True)
class RawBill:
    """The unit of replacement: data source × export × billing period, in one version.

    Attributes:
        data_source: cost_explorer, cur, focus or sample.
        export: name of the report or export; one source may have several.
        period: the days this delivery speaks for; loading it replaces exactly these.
        billing_period: its name in messages and in the store: `YYYY-MM`, `FROM..TO` for Cost Explorer, or
            `all` for plain files that name no month.
        version: execution or assembly id, manifest and file ETags, as one text; equal means unchanged.
        files: the raw files; none means a delivery without charges.
        format: of all the files.
        mapping: how to read them.
        only: the days whose charges count, where another bill took the place of the rest; None means every
            day in the files.
        tags: keys of `Tags` that it was asked for by name; kept whether they are configured or not.
        execution: execution or assembly id, for the load record; empty where nothing states one.
        manifest_etag: of the manifest it was read by, for the load record; empty without one.
        awaits: how many of its files are still on their way: with any, this is the beginning of a bill.
        left_out: the folders of earlier deliveries beside it that no manifest says are earlier.
    """

    data_source: str
    export: str
    period: Period
    billing_period: str
    version: str
    files: tuple[RawFile, ...]
    format: RawFormat
    mapping: FocusMapping
    only: Period | None = None
    tags: tuple[str, ...] = ()
    execution: str = ""
    manifest_etag: str = ""
    awaits: int = 0
    left_out: tuple[str, ...] = ()


LAST_DAY = date.max - ONE_DAY
"""Of a charge: the period that holds it ends with the day after."""
BEYOND = "a day, a currency or a cost is missing, or a day is in no calendar"
"""What is wrong with a bill of which no value is found to be."""

Totals = Mapping[str, Mapping[str, Decimal]]
"""currency → FOCUS metric → sum, exact."""


@dataclass(frozen=True, slots=True)
class DailyCharges:
    """A bill rolled up to days, as one Parquet file with the columns of `model.focus.SUMMARY`.

    Attributes:
        path: the file; the caller removes it.
        rows: daily charges in it.
        line_items: raw rows they came from.
        totals: of the line items.
        covered: first to last charge day seen, or None when there was none.
        lacks: what could not be amortized, each kind once.
    """

    path: Path
    rows: int
    line_items: int
    totals: Totals
    covered: Period | None
    lacks: tuple[Lack, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a fetch would do before it does it.

    Attributes:
        paid_requests: how many paid API requests it takes at least.
        steps: one line each, for people.
    """

    paid_requests: int = 0
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """Which bills are wanted.

    Attributes:
        period: days wanted; None means whatever there is.
        known: (export, billing period) → version that the store holds already; unchanged ones are skipped.
        full_refresh: fetch even what is unchanged.
        max_paid_requests: cap on paid requests; None means none.
        in_parts: whether the beginning of a large bill is of use while the rest of it is on its way.
    """

    period: Period | None = None
    known: Mapping[tuple[str, str], str] = field(default_factory=dict)
    full_refresh: bool = False
    max_paid_requests: int | None = None
    in_parts: bool = False
