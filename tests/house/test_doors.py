"""Each library has its doors: the rooms that import it, and no other room does."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import PythonFile

PACKAGE = "aws_cost_anomalies"
DOORS = {
    "anyio": "agent mcp_server",
    "apprise": "notifiers.apprise",
    "boto3": "aws",
    "botocore": "aws",
    "duckdb": "engines free_sql store",
    "genai_prices": "language_model",
    "httpx2": "agent.foreign sending",
    "mcp": "agent.foreign mcp_server",
    "mcp_types": "agent.foreign mcp_server",
    "numpy": "analysis backtesting detectors engines explain following looking model slices sources store "
    "verdicts views",
    "py4j": "engines.spark",
    "pyarrow": "engines.spark",
    "pydantic": "agent delivery permissions settings",
    "pydantic_ai": "agent language_model",
    "pydantic_core": "settings",
    "pyspark": "engines.spark",
    "rich": "cli",
    "sqlglot": "engines sql",
    "starlette": "mcp_server web",
    "typer": "cli",
    "uvicorn": "mcp_server web",
    "vl_convert": "charts",
    "yaml": "settings",
}
"""Library → who imports it: rooms, or modules of a room."""
TYPES_ONLY = ("_typeshed", "mypy_boto3_")


def libraries(tree: ast.AST) -> Iterator[str]:
    """What is imported of others, however it is written."""
    for node in ast.walk(tree):
        names: list[str | None] = []
        match node:
            case ast.Import():
                names = [alias.name for alias in node.names]
            case ast.ImportFrom(level=0):
                names = [node.module]
            case ast.Call(func=ast.Name(id="import_module"), args=[ast.Constant(value=str(name)), *_]):
                names = [name]
        roots = {name.partition(".")[0] for name in names if name}
        yield from roots - sys.stdlib_module_names - {PACKAGE}


def test_every_library_is_behind_its_doors(source_files: list[PythonFile]) -> None:
    used: defaultdict[str, set[str]] = defaultdict(set)
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for file in source_files:
        module = file.name.removeprefix(f"src/{PACKAGE}/").removesuffix(".py").replace("/", ".")
        for library in libraries(file.tree):
            if library.startswith(TYPES_ONLY):
                continue
            doors = DOORS.get(library, "").split()
            through = {door for door in doors if f"{module}.".startswith(f"{door}.")}
            used[library] |= through
            if not through:
                beside[library].add(module)
    assert beside == {}
    assert used == {library: set(doors.split()) for library, doors in DOORS.items()}, "a door nobody uses"


@pytest.mark.parametrize(
    "line",
    ["import duckdb", "from duckdb.typing import X", "def f():\n  import duckdb", "import_module('duckdb')"],
)
def test_the_rule_sees_an_import(line: str) -> None:
    assert list(libraries(ast.parse(line))) == ["duckdb"]
