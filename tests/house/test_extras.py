"""The extras of the package: `all` leaves none out."""

from __future__ import annotations

import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


def test_all_is_every_other() -> None:
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    others = ",".join(sorted(extras.keys() - {"all"}))
    assert extras["all"] == [f"{project['name']}[{others}]"]
