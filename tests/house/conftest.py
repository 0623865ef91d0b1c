"""The project's Python files, read once."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "aws_cost_anomalies"


@dataclass(frozen=True)
class PythonFile:
    """One file and its syntax tree."""

    path: Path
    lines: int
    tree: ast.Module

    @property
    def name(self) -> str:
        """Its path below the project."""
        return self.path.relative_to(ROOT).as_posix()


def parsed(folder: Path) -> list[PythonFile]:
    """Every Python file below a folder."""
    texts = ((path, path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py")))
    return [PythonFile(path, len(text.splitlines()), ast.parse(text)) for path, text in texts]


@pytest.fixture(scope="session")
def source_files() -> list[PythonFile]:
    """The program's."""
    return parsed(SOURCE)


@pytest.fixture(scope="session")
def all_files(source_files: list[PythonFile]) -> list[PythonFile]:
    """The program's, the tests' and the benchmarks'."""
    return [*source_files, *parsed(ROOT / "tests"), *parsed(ROOT / "benchmarks")]
