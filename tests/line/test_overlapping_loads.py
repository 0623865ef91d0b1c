"""Loads of overlapping days: a line item counts once, wherever it is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import numpy as np
import pytest
from cost_explorer_double import Charge, CostExplorerDouble
from cur_deliveries import daily, deliver

from aws_cost_anomalies import App, Settings, kinds
from aws_cost_anomalies.model.answers import Asked, Wanted
from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.model.period import BillingPeriod, Period
from aws_cost_anomalies.model.scope import Dimension
from aws_cost_anomalies.raw_bills import bills_of

AS_OF = date(2026, 11, 15)
DAYS = [AS_OF - timedelta(days=back) for back in range(1, 31)]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folders = {"database.path": tmp_path / "costs.duckdb", "database.cache_dir": tmp_path / "cache"}
    return Settings.load(None, environment={}, flags=folders)


def app_at(settings: Settings, hour: int) -> App:
    return App(settings, as_of=AS_OF, now=datetime(2026, 11, 15, hour, tzinfo=UTC))


def ingest(app: App, days: int) -> None:
    (bill,) = app.ingest(app.plan_ingest(Wanted(source="cost-explorer", days=days)))
    assert bill.status == "loaded"


@pytest.fixture
def loaded(aws: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> App:
    """Thirty days, then the last seven again with other figures."""
    with CostExplorerDouble([]) as explorer:
        monkeypatch.setenv("AWS_ENDPOINT_URL_COST_EXPLORER", explorer.url)
        for hour, (days, cost) in enumerate(((30, "1"), (7, "10"))):
            explorer.charges = [Charge(day, "AWS Lambda", unblended=cost) for day in DAYS]
            ingest(app_at(settings, hour), days)
    return app_at(settings, 9)


def line_items(app: App) -> list[tuple[date, Decimal]]:
    with duckdb.connect(str(app.store.path), read_only=True) as connection:
        return connection.execute("SELECT ChargePeriodStart, BilledCost FROM cost_line_items").fetchall()


def test_line_items_of_a_day_are_those_of_its_last_load(loaded: App) -> None:
    found = line_items(loaded)
    assert sorted(day for day, _ in found) == sorted(DAYS)
    assert {day for day, cost in found if cost == 10} == set(DAYS[:7])


def test_line_items_add_up_to_the_daily_charges(loaded: App) -> None:
    query = PanelQuery(Period(DAYS[-1], AS_OF), "cost_explorer", (Dimension("service"),), metric="BilledCost")
    daily = loaded.store.panel(query, as_of=AS_OF)
    loads = loaded.store.loads()
    raw = kinds.engine(loaded.settings).panel(bills_of(loads, loads), query)
    assert np.array_equal(raw.costs, daily.costs)
    assert sum(cost for _, cost in line_items(loaded)) == 23 + 70


def test_a_bill_whose_middle_was_loaded_again_counts_before_and_after_it(
    loaded: App, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with CostExplorerDouble([Charge(day, "AWS Lambda", unblended="100") for day in DAYS]) as explorer:
        monkeypatch.setenv("AWS_ENDPOINT_URL_COST_EXPLORER", explorer.url)
        earlier = App(settings, as_of=DAYS[9], now=datetime(2026, 11, 15, 12, tzinfo=UTC))
        ingest(earlier, 3)
    found = line_items(loaded)
    assert sorted(day for day, _ in found) == sorted(DAYS)
    assert {day for day, cost in found if cost == 100} == set(DAYS[10:13])


def test_line_items_of_a_month_that_goes_on_are_as_settled_as_its_daily_charges(
    settings: Settings, tmp_path: Path
) -> None:
    costs = daily(date(2026, 11, 1), [10.0] * 14)
    app = app_at(settings, 5)
    (bill,) = app.ingest(app.plan_ingest(Wanted(source="cur", path=str(deliver(tmp_path / "cur", costs)))))
    assert bill.status == "loaded"
    month = BillingPeriod.parse("2026-11").period
    by_service, by_resource = (
        app.trends(Asked(group_by=each), period=month).view for each in ("service", "resource")
    )
    assert (by_service.through, by_service.settled_through) == (date(2026, 11, 14), date(2026, 11, 13))
    assert replace(by_resource, group_by=("service",)) == by_service
