"""SQL lives in .sql files: no Python string holds a statement or a clause."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import PythonFile

SQL = re.compile(
    r"""
      \bSELECT\b.*\bFROM\b | ^\s*(?i:select)\s | \bINSERT\s+(OR\s+REPLACE\s+)?INTO\b | \bDELETE\s+FROM\b
    | \bUPDATE\s+\w+\s+SET\b | \bCREATE\s+(OR\s+REPLACE\s+)?(TEMP\w*\s+)?(TABLE|VIEW|SCHEMA|MACRO|SEQUENCE)\b
    | \b(ALTER|DROP)\s+(TABLE|VIEW|SCHEMA|MACRO|SEQUENCE)\b
    | ^\s*(ATTACH|DETACH|PRAGMA|COPY|BEGIN|COMMIT|ROLLBACK)\b
    | ^\s*(?i:set)\s+\w+\s*= | \b(GROUP|ORDER)\s+BY\b | \bUNION\s+ALL\b | \bread_(parquet|csv|json)\w*\(
    """,
    re.VERBOSE | re.DOTALL,
)


def strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every string that is not a docstring, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = ""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def statements(tree: ast.AST) -> list[str]:
    """The strings that hold SQL."""
    return [f"line {line}: {text[:60]!r}" for line, text in strings(tree) if SQL.search(text)]


def test_no_python_string_holds_sql(source_files: list[PythonFile]) -> None:
    assert {file.name: found for file in source_files if (found := statements(file.tree))} == {}


@pytest.mark.parametrize(
    "line",
    [
        "query = 'SELECT 1 FROM t'",
        "run(f'select {x}')",
        "run('''\n  INSERT INTO t VALUES (1)''')",
        "run('CREATE OR REPLACE TEMP TABLE t (x INT)')",
        "run(\"SET TimeZone = 'UTC'\")",
        "part = ' GROUP BY 1'",
        "run(\"COPY t TO 'x.parquet'\")",
        "run('BEGIN')",
        'part = f"read_parquet({files})"',
    ],
)
def test_the_rule_sees_sql(line: str) -> None:
    assert statements(ast.parse(line))


@pytest.mark.parametrize(
    "line",
    [
        '"""SELECT this docstring FROM the rule."""',
        "text = 'Update the settings and set a region.'",
        "text = 'Choose one with --currency, selected from the data.'",
        "name = 'group_by'",
    ],
)
def test_the_rule_lets_prose_be(line: str) -> None:
    assert statements(ast.parse(line)) == []
