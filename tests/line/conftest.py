"""An App with a store of its own."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from aws_cost_anomalies import App, Settings
from aws_cost_anomalies.model.answers import LoadedBill, Wanted

OpenApp = Callable[..., App]


@pytest.fixture
def open_app(tmp_path: Path) -> OpenApp:
    """Opens the App of this test's store, as of a day."""

    def _open(as_of: date, *, now: datetime | None = None, **flags: object) -> App:
        flags |= {"database.path": tmp_path / "costs.duckdb", "database.cache_dir": tmp_path / "cache"}
        settings = Settings.load(environment={}, flags={**flags, "planned": tmp_path / "planned.yaml"})
        return App(settings, as_of=as_of, now=now)

    return _open


@pytest.fixture
def ingest() -> Callable[..., list[LoadedBill]]:
    """Runs an ingest to its end."""

    def _ingest(app: App, source: str, **wanted: object) -> list[LoadedBill]:
        return list(app.ingest(app.plan_ingest(Wanted(source=source, **wanted))))

    return _ingest
