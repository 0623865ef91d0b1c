"""A source of Cost Explorer and the double it asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cost_explorer_bills import ACCOUNTS, AS_OF, charges
from cost_explorer_double import CostExplorerDouble

from aws_cost_anomalies.sources.cost_explorer import CostExplorerSource


@pytest.fixture
def explorer(credentials: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[CostExplorerDouble]:
    with CostExplorerDouble(charges(), account_names={ACCOUNTS[0]: "prod", ACCOUNTS[1]: "dev"}) as double:
        monkeypatch.setenv("AWS_ENDPOINT_URL_COST_EXPLORER", double.url)
        yield double


@pytest.fixture
def source(tmp_path: Path) -> CostExplorerSource:
    return CostExplorerSource(cache_dir=tmp_path, as_of=AS_OF)
