"""A dashboard over the sample bill, its store a copy that a test may write to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sites import HOST, copied, judged, site_of
from starlette.testclient import TestClient

from aws_cost_anomalies.web.guard import Rules
from aws_cost_anomalies.web.server import application


@pytest.fixture
def config(demo_store: Path, tmp_path: Path) -> Path:
    """The settings of a store of one's own that holds the sample bill."""
    return copied(demo_store, tmp_path)


@pytest.fixture
def client(config: Path) -> Iterator[TestClient]:
    """A browser's requests to it, without the browser."""
    with TestClient(application(judged(config), Rules()), base_url=HOST, follow_redirects=False) as opened:
        yield opened


@pytest.fixture
def unjudged(config: Path) -> Iterator[TestClient]:
    """The same before anything was judged."""
    with TestClient(application(site_of(config), Rules()), base_url=HOST, follow_redirects=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def reader(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The same for tests that only read: judged once."""
    config = copied(demo_store, tmp_path_factory.mktemp("site"))
    with TestClient(application(judged(config), Rules()), base_url=HOST, follow_redirects=False) as opened:
        yield opened


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[TestClient]:
    """A dashboard with nothing loaded."""
    config = tmp_path / "config.yaml"
    config.write_text(
        f"database: {{path: {tmp_path}/none.duckdb, cache_dir: {tmp_path}/cache}}\n", encoding="utf-8"
    )
    with TestClient(application(site_of(config), Rules()), base_url=HOST, follow_redirects=False) as opened:
        yield opened
