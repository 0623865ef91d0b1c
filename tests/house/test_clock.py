"""Only the doors read the clock; below them, time comes in as a value."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import PythonFile

DOORS = ("cli/", "web/", "mcp_server.py", "aws_lambda.py", "app.py")
"""App is the door of a Python program."""
OWNERS, READINGS = (
    {"datetime", "date", "time"},
    {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime"},
)
SQL_CLOCK = re.compile(
    r"\b(now|today|get_current_timestamp|current_localtimestamp)\s*\(|\bcurrent_(date|time|timestamp)\b",
    re.IGNORECASE,
)


def readings(tree: ast.AST) -> list[int]:
    """The lines where the clock is read."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in READINGS
        and (
            (isinstance(node.func.value, ast.Name) and node.func.value.id in OWNERS)
            or (isinstance(node.func.value, ast.Attribute) and node.func.value.attr in OWNERS)
        )
    ]


def test_no_room_reads_the_clock(source_files: list[PythonFile]) -> None:
    below = [f for f in source_files if not f.name.removeprefix("src/aws_cost_anomalies/").startswith(DOORS)]
    assert {file.name: lines for file in below if (lines := readings(file.tree))} == {}


def test_no_statement_reads_the_clock(source_files: list[PythonFile]) -> None:
    package = next(file.path.parent for file in source_files if file.name.endswith("anomalies/errors.py"))
    texts = {path.name: path.read_text(encoding="utf-8") for path in package.rglob("*.sql")}
    assert texts
    assert {name for name, text in texts.items() if SQL_CLOCK.search(re.sub(r"--.*", "", text))} == set()


@pytest.mark.parametrize(
    "line", ["datetime.now(UTC)", "date.today()", "time.time()", "datetime.datetime.utcnow()"]
)
def test_the_rule_sees_a_clock(line: str) -> None:
    assert readings(ast.parse(line)) == [1]


@pytest.mark.parametrize("line", ["SELECT now()", "SELECT CURRENT_DATE", "SELECT today ()"])
def test_the_rule_sees_a_clock_in_sql(line: str) -> None:
    assert SQL_CLOCK.search(line)
