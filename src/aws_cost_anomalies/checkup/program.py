"""Which program this is. Knows versions and extras."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec

from aws_cost_anomalies.model.checkup import Check, State

EXTRAS = {
    "agent": "pydantic_ai",
    "apprise": "apprise",
    "charts": "altair",
    "mcp": "mcp",
    "spark": "pyspark",
    "web": "starlette",
}
"""Extra → the library that is there when it is installed."""


def checks() -> Iterator[Check]:
    """The versions at work."""
    there = ", ".join(name for name, library in EXTRAS.items() if find_spec(library)) or "none"
    said = (
        f"aws-cost-anomalies {version('aws-cost-anomalies')}, Python {platform.python_version()}, "
        f"DuckDB {version('duckdb')}; extras: {there}"
    )
    yield Check("program", State.OK, said)
