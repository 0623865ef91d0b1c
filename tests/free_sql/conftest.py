"""The store of the demo, and a worker over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aws_cost_anomalies.free_sql import FreeSql


@pytest.fixture(scope="session")
def snapshot(demo_folder: Path, demo_run: str) -> Path:
    """The store that the demo published."""
    assert demo_run
    return demo_folder / "demo" / "costs.duckdb"


@pytest.fixture
def free_sql(snapshot: Path) -> Iterator[FreeSql]:
    """Somebody to ask."""
    with FreeSql(snapshot) as asked:
        yield asked
