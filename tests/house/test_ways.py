"""The ways that the design tells, of a charge and of a question, lead through functions that are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "aws_cost_anomalies"
DESIGN = (ROOT / "docs" / "SYSTEM_DESIGN.md").read_text(encoding="utf-8")
STATION = re.compile(r"`(?P<file>[\w/]+\.(?:py|sql))(?::(?P<name>[\w.]+))?`")
DOCUMENTS = [ROOT / "docs" / "SYSTEM_DESIGN.md", *sorted((ROOT / "docs" / "adr").glob("*.md"))]
NAMED = re.compile(r"`(?:python )?((?:tests|benchmarks|docs|deploy|src)/[\w./-]+)")


def section(heading: str) -> str:
    return DESIGN.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def defined(body: list[ast.stmt], owner: str = "") -> set[str]:
    """Functions and classes, and the methods as `Class.method`."""
    found = set()
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(owner + node.name)
        if isinstance(node, ast.ClassDef):
            found |= defined(node.body, f"{owner}{node.name}.")
    return found


@pytest.mark.parametrize("heading", ["A charge's way", "A question's way"])
def test_every_station_is_there(heading: str) -> None:
    stations = [(found["file"], found["name"]) for found in STATION.finditer(section(heading))]
    assert len(stations) >= 20
    missing = []
    for file, name in stations:
        path = PACKAGE / file
        if not path.is_file():
            missing.append(file)
        elif name and name not in defined(ast.parse(path.read_text(encoding="utf-8")).body):
            missing.append(f"{file}:{name}")
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.stem)
def test_every_file_a_decision_names_is_there(document: Path) -> None:
    named = {name.rstrip("./") for name in NAMED.findall(document.read_text(encoding="utf-8"))}
    assert {name for name in named if not (ROOT / name).exists()} == set()
