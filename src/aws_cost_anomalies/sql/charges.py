"""Statements about charges: line items out of raw files, and their sums, for any engine.

The mapping, the sums and the naming of services are written once, in Trino's dialect; what comes back is one
statement in the engine's. Knows FOCUS and sqlglot; runs nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import sqlglot
from sqlglot import exp

from aws_cost_anomalies import sql
from aws_cost_anomalies.model.bill import FocusMapping
from aws_cost_anomalies.model.focus import COLUMNS, DIMENSIONS, METRICS
from aws_cost_anomalies.model.services import SERVICES
from aws_cost_anomalies.sql.decided import decide
from aws_cost_anomalies.sql.determined import determined, same_everywhere
from aws_cost_anomalies.sql.narrow import narrow
from aws_cost_anomalies.sql.raw import cast_late, no_rows, raw_rows
from aws_cost_anomalies.sql.shapes import once_for_a_shape
from aws_cost_anomalies.sql.tables import TRINO, FileColumn, Lines, RawTable, tag_columns, unpacked_column

LINE_ITEMS = "x_LineItems"
PRICED = "x_PricedLineItems"
_SERVICE = ("ServiceName", "x_ServiceCode")


@dataclass(frozen=True, slots=True)
class Slice:
    """Which line items count.

    Attributes:
        days: first day, and the first day after; None means every day.
        equal: column → the values allowed; None among them means NULL.
        own: whether charges of other publishers than the provider are left out; one whose publisher nobody
            knows counts.
    """

    days: tuple[str, str] | None = None
    equal: Mapping[str, Sequence[str | None]] = field(default_factory=dict)
    own: bool = False


@dataclass(frozen=True, slots=True)
class Sums:
    """Which sums are wanted: of which metrics, by which columns, over which line items."""

    metrics: Sequence[str]
    by: Sequence[str]
    only: Slice = Slice()


def daily_charges(lines: Lines) -> str:
    """Sums of every metric by day and dimension, each tag a column of its own.

    Beside them `x_LineItems`, how many there were, and `x_PricedLineItems`, how many of these have a
    BilledCost.
    """
    return once_for_a_shape(_daily_charges, lines)


def _daily_charges(lines: Lines) -> str:
    keys = [c.name for c in DIMENSIONS if c.name != "Tags"] + tag_columns(lines.tags)
    return summed(lines, Sums([metric.name for metric in METRICS], keys))


def summed(lines: Lines, sums: Sums) -> str:
    """Sums of metrics by some columns, services under their one name."""
    is_named = bool({*_SERVICE} & {*sums.by, *sums.only.equal})
    late = {key: values for key, values in sums.only.equal.items() if key in _SERVICE}
    early = {key: values for key, values in sums.only.equal.items() if key not in _SERVICE}
    keys = list(dict.fromkeys((*sums.by, "ProviderName", *_SERVICE) if is_named else sums.by))
    asked = Sums(sums.metrics, keys, Slice(sums.only.days, early, sums.only.own))
    parts = [_summed(table, lines, asked) for table in lines.tables or (None,)]
    charges = _all(parts)
    if is_named:
        others = [key for key in keys if key not in _SERVICE]
        charges = _nested(_named([*others, *sums.metrics, LINE_ITEMS, PRICED]), "charges", charges)
    if is_named or len(parts) > 1 or any(table.packed for table in lines.tables):
        again = _parsed("summed_again", metrics=sql.names(sums.metrics), **_grouped(sums.by))
        charges = _where(_nested(again, "charges", charges), Slice(equal=late))
    statement = charges.sql(dialect=lines.dialect, identify=True)
    return with_services(statement, lines.dialect) if is_named else statement


def _summed(table: RawTable | None, lines: Lines, sums: Sums) -> exp.Select:
    """Sums over files of one schema, or over no file; packed texts that read the same may have a row each."""
    keys, metrics = list(sums.by), sql.names(sums.metrics)
    packed = table.packed if table else ()
    told = determined(_as_read(table, lines), [*keys, *packed], _known(table, lines)) if table else {}
    grouped = [*(key for key in keys if key not in told), *packed]
    charges = _parsed("summed", first=metrics[0], metrics=metrics, **_grouped(grouped))
    rows = _line_items(table, lines, _read_by(grouped, sums))
    charges = _where(_nested(charges, "line_items", rows), sums.only)
    if table and packed:
        unpacking = sqlglot.parse_one(table.unpacking, read=lines.dialect, into=exp.Select)
        charges = _nested(unpacking, "sums", charges)
    return _beside(told, charges, [*keys, *sums.metrics, LINE_ITEMS, PRICED]) if told or packed else charges


def line_items(lines: Lines) -> str:
    """Every line item: the columns of `model.focus.COLUMNS` but Tags, then one for each tag.

    It reads the relation `services`: one `with_services` serves the line items of many bills.

    Raises:
        BadBill: as `sql.raw.raw_rows`.
    """
    return once_for_a_shape(_every_line_item, lines)


def _every_line_item(lines: Lines) -> str:
    names = [c.name for c in COLUMNS if c.name not in {"Tags", *_SERVICE}] + tag_columns(lines.tags)
    rows = _all([_line_items(table, lines) for table in lines.tables or (None,)])
    named = _nested(_named(names), "charges", rows)
    return named.sql(dialect=lines.dialect, identify=True)


def with_services(statement: str, dialect: str) -> str:
    """A statement that reads the relation `services`, together with that relation."""
    return sql.read(__package__, "with_services", rows=_services(dialect), statement=statement)


@cache
def _services(dialect: str) -> list[str]:
    rows = {
        spelling.lower(): (spelling.lower(), service.name, service.code)
        for service in reversed(SERVICES)
        for spelling in (*service.aliases, service.code, service.name)
    }
    return [f"({', '.join(_literal(text, dialect) for text in row)})" for row in rows.values()]


def _literal(text: str, dialect: str) -> str:
    """A text as the dialect quotes it; most need nothing but the quotes, and there are thousands."""
    if "'" in text or "\\" in text:
        return exp.Literal.string(text).sql(dialect)
    return sql.literal(text)


def _read_by(keys: Iterable[str], sums: Sums) -> set[str]:
    """The columns of line items that sums by these keys read."""
    only = sums.only
    names = {*keys, *sums.metrics, *only.equal}
    if only.days:
        names.add("ChargePeriodStart")
    return names | {"PublisherName", "ProviderName"} if only.own else names


def _line_items(table: RawTable | None, lines: Lines, names: Collection[str] | None = None) -> exp.Query:
    """The mapping over files of one schema, or over no file, tags and packed texts passed through.

    Args:
        table: the files.
        lines: which of their lines.
        names: of the columns that are read of it; None for all. The others need not be translated.
    """
    if lines.only is None:
        return _mapped(table, lines, names)
    if names is not None:
        names = {*names, "ChargePeriodStart"}
    days = Slice((lines.only.start.isoformat(), lines.only.end.isoformat()))
    whole = _mapped(table, lines, names).subquery("line_items", copy=False)
    return _where(exp.select("*").from_(whole, copy=False), days)


def _all(parts: Sequence[exp.Query]) -> exp.Query:
    """The rows of all parts."""
    whole = parts[0]
    for part in parts[1:]:
        whole = exp.union(whole, part, distinct=False, copy=False)
    return whole


def _as_read(table: RawTable, lines: Lines) -> dict[str, exp.Expr]:
    """Column of the mapping → its value; names of services are none where these files need none."""
    mapping = parsed_for(table, lines.mapping)
    written = {projection.alias_or_name: projection.unalias() for projection in mapping.selects}
    return written | {"ServiceName": _no_name()} if table.is_coded else written


def _known(table: RawTable, lines: Lines) -> dict[str, exp.Expr]:
    """Columns that need not be grouped by → their value; among packed texts also those without a value."""
    known = same_everywhere(lines.mapping.columns, table)
    if table.packed:
        nothing = (c for c in lines.mapping.columns if not c.required and _is_nothing(table.find(c)))
        known |= {column.name: exp.cast(exp.null(), column.type, dialect=TRINO) for column in nothing}
        known |= {name: exp.column(unpacked_column(name), quoted=True) for name in table.unpacked}
    return known


def _is_nothing(column: FileColumn | None) -> bool:
    return column is None or column.is_empty


def _deciding_texts(table: RawTable, mapping: FocusMapping) -> dict[str, Collection[str | None]]:
    """Column of the mapping → every text it has, where they were asked for; an empty one is none.

    Nothing where amounts are texts: whether they can be cast is known only once it is tried on every row.
    """
    there = {column: table.find(column) for column in mapping.columns}
    if any(found and found.type == "VARCHAR" and c.type != "VARCHAR" for c, found in there.items()):
        return {}
    return {c.name: {text or None for text in f.texts} for c, f in there.items() if f and f.texts}


def _beside(told: Mapping[str, exp.Expr], charges: exp.Select, names: Sequence[str]) -> exp.Select:
    """Charges with the columns of these names, some of them told by an expression over the others."""
    columns = [
        told[name].as_(name, quoted=True) if name in told else exp.column(name, quoted=True) for name in names
    ]
    return exp.select(*columns, copy=False).from_(charges.subquery("grouped", copy=False), copy=False)


def _mapped(table: RawTable | None, lines: Lines, names: Collection[str] | None) -> exp.Select:
    """The mapping over files of one schema, or over no file."""
    beside = [*tag_columns(lines.tags), *(table.packed if table else ())]
    mapping = _copied(parsed(lines.mapping), names)
    decide(mapping, _deciding_texts(table, lines.mapping) if table else {}, _facts(table, lines.mapping))
    mapping.select(*(exp.column(name, quoted=True) for name in beside), copy=False)
    if names is not None:
        read = {column.name for column in mapping.find_all(exp.Column)}
        columns = tuple(column for column in lines.mapping.columns if column.name in read)
        lines = replace(lines, mapping=replace(lines.mapping, columns=columns))
    if lines.narrow:
        narrow(mapping)
    if table and table.is_coded:
        _without_names(mapping)
    if table is None:
        return _nested(mapping, "raw", no_rows(lines))
    return _nested(mapping, "raw", raw_rows(table, lines, later=cast_late(mapping, table, lines)))


def _copied(mapping: exp.Select, names: Collection[str] | None) -> exp.Select:
    """A mapping to change, with the columns of these names alone, or with all."""
    if names is None:
        return mapping.copy()
    shell = exp.Select(**{key: value for key, value in mapping.args.items() if key != "expressions"}).copy()
    wanted = (projection for projection in mapping.selects if projection.alias_or_name in names)
    return shell.select(*(projection.copy() for projection in wanted), append=False, copy=False)


def _without_names(mapping: exp.Select) -> None:
    """Let a mapping, changed in place, not read the names of services: the codes will give them."""
    for projection in mapping.selects:
        if projection.alias_or_name == "ServiceName":
            projection.replace(_no_name().as_("ServiceName", quoted=True))


def _no_name() -> exp.Expr:
    return exp.cast(exp.null(), "VARCHAR", dialect=TRINO)


def parsed(mapping: FocusMapping) -> exp.Select:
    """A mapping as it is written; copy it to change it."""
    return _parsed_text(mapping.sql)


def parsed_for(table: RawTable, mapping: FocusMapping) -> exp.Select:
    """A mapping as it reads these files, with what it asks of their columns answered."""
    found = parsed(mapping).copy()
    decide(found, {}, _facts(table, mapping))
    return found


def _facts(table: RawTable | None, mapping: FocusMapping) -> dict[str, bool]:
    """Each condition that a mapping asks of the columns → whether it holds; over no file, none does."""
    return {each.name: table is not None and not table.lacks(each, mapping) for each in mapping.sets}


@cache
def _parsed_text(text: str) -> exp.Select:
    return sqlglot.parse_one(text, read=TRINO, into=exp.Select)


def _named(columns: Iterable[str]) -> exp.Select:
    return _parsed("named", columns=sql.names(columns))


def _where(query: exp.Select, only: Slice) -> exp.Select:
    conditions: list[exp.Expr] = []
    if only.days:
        day = exp.column("ChargePeriodStart", quoted=True)
        start, end = (exp.cast(exp.Literal.string(text), "DATE") for text in only.days)
        conditions += [day >= start, day < end]
    conditions += [_among(name, values) for name, values in only.equal.items()]
    if only.own:
        publisher = exp.column("PublisherName", quoted=True)
        own = publisher.eq(exp.column("ProviderName", quoted=True))
        conditions.append(exp.func("COALESCE", own, exp.true()))
    return query.where(*conditions, copy=False)


def _among(name: str, values: Sequence[str | None]) -> exp.Expr:
    column = exp.column(name, quoted=True)
    texts = [value for value in values if value is not None]
    choices: list[exp.Expr] = [column.isin(*map(_exact, texts))] if texts else []
    if None in values:
        choices.append(column.is_(exp.null()))
    return exp.or_(*choices) if choices else exp.false()


def _exact(text: str) -> exp.Expr:
    """A text as a value; a null character is spelled, since some engines take it for the statement's end."""
    first, *others = map(exp.Literal.string, text.split("\0"))
    spelled: exp.Expr = first
    for part in others:
        null = exp.Chr(expressions=[exp.Literal.number(0)])
        spelled = exp.DPipe(this=exp.DPipe(this=spelled, expression=null), expression=part)
    return spelled


def _grouped(keys: Sequence[str]) -> dict[str, Sequence[str]]:
    positions = [str(position) for position in range(1, len(keys) + 1)]
    return {"keys": sql.names(keys), "ordinals": positions}


def _parsed(statement: str, **fill: str | Sequence[str]) -> exp.Select:
    return sqlglot.parse_one(sql.read(__package__, statement, **fill), read=TRINO, into=exp.Select)


def _nested(outer: exp.Select, table: str, inner: exp.Query) -> exp.Select:
    """`outer` with `inner` in place of the one relation it calls `table`; both are used up."""
    for place in [place for place in outer.find_all(exp.Table) if place.name == table]:
        place.replace(inner.subquery(place.alias or table, copy=False))
    return outer
