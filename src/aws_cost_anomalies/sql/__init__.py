"""SQL statements kept in `.sql` files: how they are read, filled in and quoted.

Knows placeholders and quoting; knows no database. What builds on sqlglot lies in `sql.raw` and `sql.charges`,
so that a reader of statements does not load it.

    read("aws_cost_anomalies.store", "panel", metric=name("BilledCost"), keys=names(["ServiceName"]))

A placeholder `{{metric}}` takes a text or a list, which is joined by commas. `{{metrics|SUM(@) AS @}}` writes
its pattern once per item of the list, the item in place of `@`; `{{keys|a.@ = b.@| AND }}` joins by what
stands last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

_PLACEHOLDER = re.compile(r"\{\{(\w+)(?:\|([^}|]*)(?:\|([^}|]*))?)?\}\}")


def read(package: str, statement: str, /, **fill: str | Sequence[str]) -> str:
    """The statement of `<statement>.sql` in a package, its placeholders filled in.

    Args:
        package: where the file lies, e.g. `__package__`.
        statement: name of the file, without `.sql`.
        fill: placeholder → SQL text, or a list of them. Names and literals come from `name` and `literal`.

    Raises:
        KeyError: a placeholder without its fill, or a fill nobody asks for.
    """
    template = _template(package, statement)
    wanted = {match[1] for match in _PLACEHOLDER.finditer(template)}
    if wanted != fill.keys():
        raise KeyError(f"{statement}.sql: {sorted(wanted ^ fill.keys())}")
    return _PLACEHOLDER.sub(lambda match: _filled(match, fill[match[1]]), template)


def threads_for(rows: int) -> str:
    """The statement that lets a connection use no more threads than so many rows are worth."""
    return read(__package__, "threads", rows=str(rows))


def name(identifier: str) -> str:
    """A column or table name, quoted."""
    return '"' + identifier.replace('"', '""') + '"'


def names(identifiers: Iterable[str]) -> list[str]:
    """Column names, each quoted."""
    return [name(identifier) for identifier in identifiers]


def literal(text: object) -> str:
    """A text value, quoted; DuckDB 1.5 would take a null character for the end of the statement."""
    quoted = "'" + str(text).replace("'", "''") + "'"
    return "(" + quoted.replace("\0", "' || chr(0) || '") + ")" if "\0" in quoted else quoted


def literals(texts: Iterable[object]) -> list[str]:
    """Text values, each quoted."""
    return [literal(text) for text in texts]


@cache
def _template(package: str, statement: str) -> str:
    return files(package).joinpath(f"{statement}.sql").read_text(encoding="utf-8")


def _filled(match: re.Match[str], fill: str | Sequence[str]) -> str:
    items = [fill] if isinstance(fill, str) else fill
    pattern, separator = match[2] or "@", match[3] or ", "
    return separator.join(pattern.replace("@", item) for item in items)
