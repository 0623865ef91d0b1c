"""Raw rows: one schema of raw files as the relation `raw` that a mapping reads.

Knows how real files type and leave out columns; knows no engine beyond the name of its dialect. Every column
is cast to its canonical type here, schema by schema, so that nothing is widened or rounded when files are put
together.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache

import sqlglot
from sqlglot import exp

from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.model.bill import RawColumn
from aws_cost_anomalies.model.scope import COST_CATEGORY
from aws_cost_anomalies.sql.narrow import narrowest
from aws_cost_anomalies.sql.recognised import hint_for
from aws_cost_anomalies.sql.tables import MOST_DIGITS, TRINO, FileColumn, Lines, RawTable, tag_column

NULLS = ("", "\\N", "null", "NULL", "None")
"""How Athena, Hive, Presto and pandas write into CSV that nothing is there. `NaN` is none of them: it says
that a number went wrong."""
NO_TEXT, NO_TAG = NULLS[:1], NULLS[:2]
"""What is no text where types tell NULL, and no tag in CSV: a team may well be called `None`, not `\\N`."""
EXACT_BELOW = 2000
"""Up to here the nearest DOUBLE times 10^12 rounds to the decimal that was written: 2000 · 10^12 < 2^51."""


def raw_rows(table: RawTable, lines: Lines, *, later: Collection[str] = ()) -> exp.Select:
    """What the mapping reads from these files, plus one column per tag key.

    Args:
        table: the files.
        lines: what is read from them.
        later: columns that the mapping casts itself; they are passed on as they are.

    Raises:
        BadBill: a required column is absent, or one cannot be of its type.
    """
    columns = []
    for column in lines.mapping.columns:
        there = table.find(column)
        if column.name not in later:
            value = read_column(column, table, lines.dialect, narrow=lines.narrow)
            columns.append(value.as_(column.name, copy=False))
        elif there is not None:
            columns.append(exp.column(there.name, quoted=True).as_(column.name, copy=False))
    values = [_tag_value(key, table, lines).as_(tag_column(key), quoted=True) for key in lines.tags]
    values += [exp.column(name, quoted=True) for name in table.packed]
    rows = sqlglot.parse_one(table.relation, read=lines.dialect, into=exp.Select)
    relation = rows.subquery("file", copy=False)
    return exp.select(*columns, *values, copy=False).from_(relation, copy=False)


def cast_late(mapping: exp.Select, table: RawTable, lines: Lines) -> set[str]:
    """The columns that a mapping now casts itself, where it uses them: those that few line items need.

    A cost that counts for commitments alone is cast on their line items only, which saves most of the casts.
    Texts are not among them: whether they can be cast is known only once it is tried on every row.

    Args:
        mapping: changed in place.
        table: the files it will read.
        lines: what is read from them.

    Raises:
        BadBill: one of the columns cannot be of its type.
    """
    used: dict[str, list[exp.Column]] = {}
    for place in mapping.find_all(exp.Column):
        used.setdefault(place.name, []).append(place)
    late = set()
    for column in lines.mapping.columns:
        places, there = used.get(column.name, []), table.find(column)
        if not all(_is_rare(place) for place in places) or (there and _is_text_column(there, lines.dialect)):
            continue
        if there is None and column.required:
            continue
        own = () if there is None else (replace(there, name=column.name),)
        value = read_column(column, replace(table, columns=own), lines.dialect, narrow=lines.narrow)
        late.add(column.name)
        for place in places:
            place.replace(value.copy())
    return late


def _is_rare(place: exp.Column) -> bool:
    """Whether only some line items come to this place in a mapping: inside a CASE, or as a second choice."""
    inner: exp.Expr = place
    while inner.parent is not None:
        outer = inner.parent
        if isinstance(outer, exp.Case) or (
            isinstance(outer, exp.Coalesce) and inner.arg_key == "expressions"
        ):
            return True
        inner = outer
    return False


def _is_text_column(column: FileColumn, dialect: str) -> bool:
    return _is_text(_type(column.type, dialect))


def no_rows(lines: Lines) -> exp.Select:
    """The relation `raw` of a delivery without charges."""
    columns = [_null(column.type).as_(column.name) for column in lines.mapping.columns]
    values = [_null("VARCHAR").as_(tag_column(key), quoted=True) for key in lines.tags]
    return exp.select(*columns, *values).where(exp.false())


def read_column(column: RawColumn, table: RawTable, dialect: str, *, narrow: bool = False) -> exp.Expr:
    """The value of a column in its canonical type; NULL where the files lack an optional one.

    Args:
        column: as the mapping means it.
        table: the files.
        dialect: the engine's.
        narrow: whether money that fits is narrow.

    Raises:
        BadBill: the column is required and absent, or cannot be of its type.
    """
    there = table.find(column)
    target = _type(column.type, TRINO)
    if narrow:
        target = narrowest(target, there)
    if there is None:
        if column.required:
            problem = f"it lacks the required column {column.name}"
            raise BadBill(table.origin, problem, hint_for(column, table))
        return exp.cast(exp.null(), target)
    source = _type(there.type, dialect)
    is_nested = source.is_type(*exp.DataType.NESTED_TYPES)
    if _is_too_long(source) or (not _is_text(source) and is_nested != target.is_type(exp.DType.MAP)):
        raise BadBill(table.origin, f"its column {there.spelling} is of type {there.type}, not {column.type}")
    if there.is_empty and not column.required:
        return exp.cast(exp.null(), target)
    if target.is_type(exp.DType.DECIMAL) and source.is_type(exp.DType.DOUBLE):
        return _decimal(there, target, dialect)
    if column.digits and _is_number(source):
        return _with_zeros(column, there, table)
    nothing = nothing_in(column, table)
    return _cast(exp.column(there.name, quoted=True), source, target, nothing=nothing)


def _is_too_long(kind: exp.DataType) -> bool:
    """Whether it is a decimal of more digits than there are types for: others would read another number."""
    return (
        kind.is_type(exp.DType.DECIMAL)
        and bool(kind.expressions)
        and kind.expressions[0].this.to_py() > MOST_DIGITS
    )


def _is_of_another_kind(source: exp.DataType, target: exp.DataType) -> bool:
    """Whether one is a number and the other a time: some engines take any number for seconds."""
    times = (source.is_type(*exp.DataType.TEMPORAL_TYPES), target.is_type(*exp.DataType.TEMPORAL_TYPES))
    return times in {(False, True), (True, False)} and (_is_number(source) or _is_number(target))


def _cast(
    value: exp.Column, source: exp.DataType, target: exp.DataType, *, nothing: Sequence[str]
) -> exp.Expr:
    if _is_text(source):
        return _cast_text(_said(value, nothing), target)
    if _is_of_another_kind(source, target):
        # As a text none of its values can be read; that there is none is still nothing.
        return _cast_text(exp.cast(value, "VARCHAR", dialect=TRINO), target)
    if target.is_type(exp.DType.DECIMAL) and source.is_type(exp.DType.FLOAT):
        return exp.cast(exp.cast(value, "VARCHAR", dialect=TRINO), target)
    if target.is_type(exp.DType.TIMESTAMP) and source.is_type(exp.DType.TIMESTAMPTZ):
        return _in_utc(value, target)
    return value if source == target else exp.cast(value, target)


def _cast_text(text: exp.Expr, target: exp.DataType) -> exp.Expr:
    if _is_text(target):
        return text
    if target.is_type(exp.DType.MAP):
        return exp.cast(exp.ParseJSON(this=text), target)
    if target.is_type(exp.DType.TIMESTAMP):
        # The offset in the text counts; a cast straight to TIMESTAMP would drop it.
        return _in_utc(exp.cast(_with_seconds(text), "TIMESTAMP WITH TIME ZONE", dialect=TRINO), target)
    return exp.cast(text, target)


def _with_seconds(text: exp.Expr) -> exp.Expr:
    """A moment written as `2026-10-01T00:00Z`, as Azure does, with the seconds that engines ask for."""
    minutes, after = len("2026-10-01T00:00"), exp.Literal.number(len("2026-10-01T00:00") + 1)
    sign = exp.func("SUBSTR", text.copy(), after.copy(), exp.Literal.number(1))
    start = exp.func("SUBSTR", text.copy(), exp.Literal.number(1), exp.Literal.number(minutes))
    whole = exp.func("CONCAT", start, exp.Literal.string(":00"), exp.func("SUBSTR", text.copy(), after))
    lacks = exp.In(this=sign, expressions=[exp.Literal.string(each) for each in "Z+-"])
    return exp.case().when(lacks, whole).else_(text)


def _with_zeros(column: RawColumn, there: FileColumn, table: RawTable) -> exp.Expr:
    """A number as the text it was, with the zeros before it that a number cannot keep."""
    whole = exp.cast(exp.column(there.name, quoted=True), "DECIMAL(38, 0)")
    text = exp.cast(whole, "VARCHAR", dialect=TRINO)
    least = exp.Literal.number(column.digits)
    length = exp.cast(exp.func("GREATEST", least, exp.func("LENGTH", text.copy())), "INT")
    padded = exp.Pad(this=text, expression=length, fill_pattern=exp.Literal.string("0"), is_left=True)
    if column.digits_of is None:
        return padded
    whose, patterns = column.digits_of
    told = table.find(whose)
    if told is None:
        return text.copy()
    tests = [exp.Like(this=_text(told), expression=exp.Literal.string(each)) for each in patterns]
    return exp.case().when(exp.or_(*tests), padded).else_(text.copy())


def _in_utc(moment: exp.Expr, target: exp.DataType) -> exp.Expr:
    """A moment as UTC's clocks showed it, whatever the time zone of the connection."""
    return exp.cast(exp.AtTimeZone(this=moment, zone=exp.Literal.string("UTC")), target)


def _decimal(there: FileColumn, target: exp.DataType, dialect: str) -> exp.Expr:
    """A DOUBLE as the decimal that was meant: fast where that is exact, else by its shortest text."""
    value = exp.column(there.name, quoted=True)
    small = exp.LT(this=exp.Abs(this=value), expression=exp.Literal.number(EXACT_BELOW))
    by_text = exp.cast(exp.cast(value, "VARCHAR", dialect=TRINO), target)
    by_product = exp.cast(value if dialect == "duckdb" else _rounded(value), target)
    if there.largest is not None and there.largest < EXACT_BELOW:
        return by_product
    return exp.case().when(small, by_product).else_(by_text)


def _rounded(value: exp.Column) -> exp.Expr:
    """The value to twelve places as DuckDB casts it, spelt out: other engines round a half in other ways.

    FLOOR rather than ROUND: Spark rounds a DOUBLE by way of its text, which takes three times as long.
    """
    places = exp.Abs(this=exp.Mul(this=value, expression=_double("1e12")))
    whole = exp.Floor(this=exp.Add(this=places, expression=_double("0.5")))
    signed = exp.cast(
        exp.cast(exp.Mul(this=exp.Sign(this=value), expression=whole), "BIGINT"), "DECIMAL(19, 0)"
    )
    return exp.Mul(this=signed, expression=exp.cast(exp.Literal.string("0.000000000001"), "DECIMAL(12, 12)"))


def _double(text: str) -> exp.Expr:
    return exp.cast(exp.Literal.string(text), "DOUBLE")


def _tag_value(key: str, table: RawTable, lines: Lines) -> exp.Expr:
    """The value of a tag, or of a cost category: from the first place that has one."""
    name = key.removeprefix(COST_CATEGORY)
    places = lines.mapping.tags if name == key else lines.mapping.cost_categories
    nothing = NO_TAG if table.is_text else NO_TEXT
    flat = [
        _text(column, nothing)
        for pattern in places.columns
        for column in table.columns
        if column.reads_like(pattern.format(key=name)) and not column.is_empty
    ]
    maps = (table.find(RawColumn(each)) for each in places.maps)
    nested = [
        _entry(column, pattern.format(key=spelling), lines.dialect, nothing=nothing)
        for column in dict.fromkeys(_keyed(c, table, lines.dialect) for c in maps if c is not None)
        for spelling in dict.fromkeys((name, _snake(name)))
        for pattern in places.keys
    ]
    values = list(dict.fromkeys((*flat, *nested)))
    if not values:
        return _null("VARCHAR")
    return values[0] if len(values) == 1 else exp.Coalesce(this=values[0], expressions=values[1:])


def _keyed(column: FileColumn, table: RawTable, dialect: str) -> FileColumn:
    """A column that can hold values under keys. Raises: BadBill."""
    kind = _type(column.type, dialect)
    if kind.is_type(*exp.DataType.NESTED_TYPES) and not kind.is_type(exp.DType.MAP):
        problem = f"its column {column.spelling} is of type {column.type}, which is no map of tags"
        raise BadBill(table.origin, problem, "Have tags written as a map, or as an object in JSON.")
    return column


def _text(column: FileColumn, nothing: Sequence[str] = NO_TEXT) -> exp.Expr:
    return _said(exp.cast(exp.column(column.name, quoted=True), "VARCHAR", dialect=TRINO), nothing)


def _entry(column: FileColumn, key: str, dialect: str, *, nothing: Sequence[str]) -> exp.Expr:
    """A value of a map, or of a JSON object written as text."""
    if _type(column.type, dialect).is_type(exp.DType.MAP):
        whole = exp.column(column.name, quoted=True)
        entry = exp.Bracket(this=whole, expressions=[exp.Literal.string(key)], offset=1, safe=True)
        return _said(entry, NO_TEXT)
    path = exp.JSONPath(expressions=[exp.JSONPathRoot(), exp.JSONPathKey(this=key)])
    return _said(exp.JSONExtractScalar(this=_text(column, nothing), expression=path), NO_TEXT)


def nothing_in(column: RawColumn, table: RawTable) -> tuple[str, ...]:
    """The texts that stand for no value in a column of the mapping's."""
    return NULLS if table.is_text or _is_number(_type(column.type, TRINO)) else NO_TEXT


def _said(text: exp.Expr, nothing: Sequence[str]) -> exp.Expr:
    """The text, NULL where it says nothing."""
    first, *more = [exp.Literal.string(each) for each in nothing]
    if not more:
        return exp.Nullif(this=text, expression=first)
    return exp.case().when(exp.In(this=text.copy(), expressions=[first, *more]), exp.null()).else_(text)


@cache
def _type(text: str, dialect: str) -> exp.DataType:
    """A type to be read, never changed: there are few of them, and columns by the hundred."""
    return exp.DataType.build(text, dialect=dialect)


def _null(sql_type: str) -> exp.Expr:
    return exp.cast(exp.null(), sql_type, dialect=TRINO)


def _is_number(kind: exp.DataType) -> bool:
    return kind.is_type(*exp.DataType.NUMERIC_TYPES)


def _is_text(kind: exp.DataType) -> bool:
    return kind.is_type(*exp.DataType.TEXT_TYPES, exp.DType.JSON)


def _snake(key: str) -> str:
    """A tag key as AWS writes it in column names: `CostCenter` and `cost center` become `cost_center`."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key)
    return re.sub(r"[^0-9a-z]+", "_", apart.lower())
