"""A folder of plain files, from source through engine into the store: it speaks for the days it has."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest
from cur_lines import line, parquet

from aws_cost_anomalies.engines.duckdb import DuckDBEngine
from aws_cost_anomalies.model.bill import FetchRequest
from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.sources.cur import CurSource
from aws_cost_anomalies.store import Store

LATER = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def load(tmp_path):
    """Load what lies in the folder `plain` into a store, and give the store."""

    def ingest():
        source = CurSource(
            str(tmp_path / "plain"), report_name=None, cache_dir=tmp_path, profile=None, region=None
        )
        store = Store(tmp_path / "costs.duckdb")
        with store.writing(LATER) as writer:
            for bill in source.fetch(FetchRequest()):
                charges = DuckDBEngine().rollup(bill, [], tmp_path / "charges.parquet")
                writer.replace_charges(bill, charges)
        return store

    return ingest


def days(*numbers):
    return [line(10.0, day) for day in numbers]


def costs(store, start=1, end=10):
    query = PanelQuery(Period(date(2026, 8, start), date(2026, 8, end)), "cur", metric="BilledCost")
    return store.panel(query, as_of=LATER.date())


def test_days_beyond_its_charges_are_unknown_not_zero(load, tmp_path):
    parquet(tmp_path / "plain" / "a.parquet", days(3, 4, 6))
    panel = costs(load())
    known = [False, False, True, True, True, True, False, False, False]
    assert (~np.isnan(panel.costs[0])).tolist() == known
    assert panel.settled[0].tolist() == known
    assert panel.costs[0, 2:6].tolist() == [10, 10, 0, 10]


def test_it_is_replaced_whole_when_it_shrinks(load, tmp_path):
    parquet(tmp_path / "plain" / "a.parquet", days(3, 4, 6))
    load()
    parquet(tmp_path / "plain" / "a.parquet", days(4))
    store = load()
    assert np.nansum(costs(store).costs) == 10
    (bill,) = store.loads("cur")
    assert (bill.billing_period, bill.covered) == ("all", Period(date(2026, 8, 4), date(2026, 8, 5)))
