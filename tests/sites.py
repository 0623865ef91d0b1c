"""Dashboards over a copy of the sample bill's store."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from daily_bills import Charge, charge, days_of, load, month_bill

from aws_cost_anomalies import App, Settings
from aws_cost_anomalies.model.period import BillingPeriod
from aws_cost_anomalies.page.frame import Frame
from aws_cost_anomalies.store import Store
from aws_cost_anomalies.web.site import Site

AS_OF = date(2026, 9, 1)
FIRST = date(2026, 7, 1)
HOST = "http://127.0.0.1:8765"


def site_of(config: Path, as_of: date = AS_OF, *, has_agent: bool = False, has_token: bool = False) -> Site:
    """A dashboard of these settings."""

    def opened(day: date | None) -> App:
        settings = Settings.load(config, environment={})
        return App(settings, as_of=day, now=datetime(2026, 9, 1, 12, tzinfo=UTC))

    return Site(
        opened, frame=Frame("test", has_agent=has_agent, has_token=has_token), config=config, as_of=as_of
    )


def judged(config: Path, *, has_agent: bool = False) -> Site:
    """The same once everything was judged, as a server does it before anybody asks."""
    site = site_of(config, has_agent=has_agent)
    site.desk.watching.now()
    return site


def copied(demo_store: Path, folder: Path) -> Path:
    """The settings of a copy of the demo's store."""
    source = demo_store.parent.resolve()
    shutil.copyfile(source / "costs.duckdb", folder / "costs.duckdb")
    config = folder / "config.yaml"
    text = demo_store.read_text(encoding="utf-8")
    config.write_text(text.replace(f"{source}/costs.duckdb", str(folder / "costs.duckdb")), encoding="utf-8")
    return config


def few(folder: Path) -> Path:
    """The settings of a store of one scope with one anomaly, of the last two days."""
    return _stored(folder, days_of(FIRST, ["100"] * 60 + ["500"] * 2))


def many(folder: Path) -> Path:
    """The settings of a store of 5,001 scopes, one of which is worth a look; each account spends a little."""
    usual = days_of(FIRST, ["100"] * 60 + ["500"] * 2)
    accounts = [
        charge(FIRST + timedelta(days=number % 62), "0.02", account=f"{200_000_000_000 + number}")
        for number in range(5000)
    ]
    return _stored(folder, [*usual, *accounts])


def _stored(folder: Path, charges: list[Charge]) -> Path:
    config = folder / "config.yaml"
    config.write_text(
        f"database: {{path: {folder}/costs.duckdb, cache_dir: {folder}/cache}}\n", encoding="utf-8"
    )
    store = Store(folder / "costs.duckdb")
    for month in (FIRST, date(2026, 8, 1)):
        period = BillingPeriod.of(month).period
        load(store, month_bill(month), [each for each in charges if each.day in period])
    return config
