"""Dashboards over a copy of the sample bill's store."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from aws_cost_anomalies import App, Settings
from aws_cost_anomalies.page.frame import Frame
from aws_cost_anomalies.web.site import Site

AS_OF = date(2026, 9, 1)
HOST = "http://127.0.0.1:8765"


def site_of(config: Path, as_of: date = AS_OF) -> Site:
    """A dashboard of these settings."""

    def opened(day: date | None) -> App:
        settings = Settings.load(config, environment={})
        return App(settings, as_of=day, now=datetime(2026, 9, 1, 12, tzinfo=UTC))

    return Site(opened, frame=Frame("test"), config=config, as_of=as_of)


def judged(config: Path) -> Site:
    """The same once everything was judged, as a server does it before anybody asks."""
    site = site_of(config)
    site.desk.watch.now()
    return site


def copied(demo_store: Path, folder: Path) -> Path:
    """The settings of a copy of the demo's store."""
    source = demo_store.parent.resolve()
    shutil.copyfile(source / "costs.duckdb", folder / "costs.duckdb")
    config = folder / "config.yaml"
    text = demo_store.read_text(encoding="utf-8")
    config.write_text(text.replace(f"{source}/costs.duckdb", str(folder / "costs.duckdb")), encoding="utf-8")
    return config
