"""Small files, small functions. There is no list of exceptions."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import PythonFile

FILE_CAP, FILE_MEDIAN, FILE_TENTH = 400, 120, 300
FUNCTION_CAP, FUNCTION_LONG, LONG_SHARE = 60, 50, 0.03
EMPTY_NAMES = frozenset(
    ("utils", "util", "helpers", "helper", "common", "base", "manager", "service")
    + ("handler", "processor", "misc", "data", "info")
)


def functions(files: list[PythonFile]) -> Iterator[tuple[str, int]]:
    """Every function with its length in lines."""
    for file in files:
        for node in ast.walk(file.tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield f"{file.name}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_long(all_files: list[PythonFile]) -> None:
    assert {file.name: file.lines for file in all_files if file.lines > FILE_CAP} == {}


def test_most_files_are_short(source_files: list[PythonFile]) -> None:
    lengths = sorted(file.lines for file in source_files)
    assert statistics.median(lengths) <= FILE_MEDIAN
    assert lengths[len(lengths) * 9 // 10] <= FILE_TENTH


def test_no_function_is_long(all_files: list[PythonFile]) -> None:
    assert {name: length for name, length in functions(all_files) if length > FUNCTION_CAP} == {}


def test_hardly_any_function_is_longish(source_files: list[PythonFile]) -> None:
    lengths = [length for _, length in functions(source_files)]
    assert sum(length > FUNCTION_LONG for length in lengths) <= LONG_SHARE * len(lengths)


def test_every_module_is_named_after_something(source_files: list[PythonFile]) -> None:
    names = {part for file in source_files for part in (file.path.stem, file.path.parent.name)}
    assert names & EMPTY_NAMES == set()
