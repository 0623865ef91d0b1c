"""Which statements pass: exactly one SELECT that names known tables and calls known functions only.

Judges the tree that DuckDB's own parser makes, so that no comment, quote or spelling means one thing here and
another there. Knows trees; opens no database.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aws_cost_anomalies.free_sql.tables import TABLES

_NODES = frozenset(("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"))
_RELATIONS = frozenset(
    ("BASE_TABLE", "SUBQUERY", "JOIN", "TABLE_FUNCTION", "EXPRESSION_LIST", "EMPTY", "EMPTY_FROM", "PIVOT")
    + ("SHOW_REF",)
)
_PLAIN = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_OPERATOR = re.compile(r"\W+", re.ASCII)
_LINE_ITEMS = "cost_line_items"

DICTIONARY = "The data dictionary names every table, column and meaning."
ONE_SELECT = "Write exactly one SELECT; PIVOT needs its values named (ON column IN (…))."
DRILL_DOWN = "Line items are not in the store: drill down into an anomaly instead (`explain`, by resource)."


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a statement does not pass, as the end of a sentence, and what to do instead."""

    why: str
    hint: str


@cache
def functions() -> frozenset[str]:
    """The names that a statement may call."""
    text = files(__package__).joinpath("functions.txt").read_text(encoding="utf-8")
    return frozenset(name for line in text.splitlines() if line[:1] != "#" for name in line.split())


def judge(tree: Mapping[str, object], hidden: Collection[str]) -> Refusal | None:
    """Why the statement of a parse tree does not pass; None when it does.

    Args:
        tree: as `json_serialize_sql` writes it.
        hidden: lower-case names of all tables and views there are; those a statement may read included.
    """
    statements = tree.get("statements")
    if tree.get("error") or not isinstance(statements, list) or len(statements) != 1:
        return Refusal("it is not one SELECT that can be judged", ONE_SELECT)
    objects = list(_objects(statements))
    named = [name for each in objects for name in _given_names(each)]
    for name in named:
        if not _PLAIN.fullmatch(name) or name.lower() in hidden:
            return Refusal(f"it calls an intermediate result {name!r}", "Give it another name.")
    known = {name.lower() for name in named}
    return next((refusal for each in objects if (refusal := _judged(each, known))), None)


def _objects(value: object) -> Iterator[Mapping[str, object]]:
    """Every object of a tree, whatever it lies in."""
    left = [value]
    while left:
        item = left.pop()
        if isinstance(item, dict):
            yield item
            left.extend(item.values())
        elif isinstance(item, list):
            left.extend(item)


def _given_names(each: Mapping[str, object]) -> Iterator[str]:
    """The names that WITH gives, read where it is written."""
    entries = each.get("cte_map")
    listed = entries.get("map") if isinstance(entries, dict) else None
    for entry in listed if isinstance(listed, list) else ():
        yield str(entry.get("key"))


def _judged(each: Mapping[str, object], named: Collection[str]) -> Refusal | None:
    kind = str(each.get("type", ""))
    if kind.endswith("_NODE") and kind not in _NODES:
        return Refusal("it does more than SELECT", ONE_SELECT)
    if "sample" in each and "alias" in each and kind not in _RELATIONS:
        return Refusal(f"it reads from a {kind.lower()}", DICTIONARY)
    if "function_name" in each:
        return _called(str(each["function_name"]))
    if kind == "BASE_TABLE":
        return _read(each, named)
    if kind == "SHOW_REF" and not each.get("query") and str(each.get("table_name")).strip('"') != "tables":
        return Refusal("it asks for the catalog", DICTIONARY)
    return None


def _called(function: str) -> Refusal | None:
    name = function.lower()
    if name in functions() or _OPERATOR.fullmatch(name):
        return None
    return Refusal(f"it calls {function[:60]!r}, which is not among the functions allowed", DICTIONARY)


def _read(each: Mapping[str, object], named: Collection[str]) -> Refusal | None:
    paths = [[str(each.get(part) or "") for part in ("catalog_name", "schema_name", "table_name")]]
    qualified = each.get("qualified_name")
    if isinstance(qualified, dict):
        paths.append([str(part) for part in qualified.get("path", ())])
    return next((refusal for path in paths if (refusal := _reached(path, named))), None)


def _reached(path: list[str], named: Collection[str]) -> Refusal | None:
    """Why a table's path may not be read; empty parts of it were not written."""
    *before, table = [part.lower() for part in path if part] or [""]
    if table == _LINE_ITEMS:
        return Refusal(f"{_LINE_ITEMS} lies in raw files that no statement reaches", DRILL_DOWN)
    if before in ([], ["main"]) and table in {each.name for each in TABLES}:
        return None
    if not before and table in named:
        return None
    shown = ".".join(part for part in path if part)
    return Refusal(f"it reads {shown[:60]!r}, which is not among the tables allowed", DICTIONARY)
