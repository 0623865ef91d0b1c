"""Questions that are asked together get the answers they get alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from daily_bills import MARCH, charge, load, month_bill, range_bill

from aws_cost_anomalies.analysis.regroup import summed_by
from aws_cost_anomalies.errors import NoData
from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import NONE, Dimension, Scope
from aws_cost_anomalies.store import Store
from aws_cost_anomalies.store import siblings as read_together

AS_OF = date(2026, 6, 1)
EARLY = datetime(2026, 5, 31, 6, tzinfo=UTC)
WEEK = Period(MARCH, date(2026, 3, 8))
BY = Dimension.parse("service+account+region+tag:team")
SLICES = (
    {"ServiceName": "EC2"},
    {"ServiceName": "it's"},
    {"SubAccountId": "2", "ServiceName": "EC2"},
    {"SubAccountId": "1", "ServiceName": "it's"},
    {"RegionId": NONE},
    {"tag:team": "a"},
    {"tag:team": NONE},
    {},
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "costs.duckdb")
    charges = [
        charge(MARCH, "1", "EC2", account="1", tags={"team": "a"}),
        charge(MARCH, "2", "EC2", account="2", region=None),
        charge(date(2026, 3, 4), "4", "it's", account="1"),
        charge(date(2026, 3, 5), "8", None, account="1", currency="EUR"),
    ]
    load(store, month_bill(MARCH), charges)
    return store


def query(within: dict[str, str], currency: str = "USD") -> PanelQuery:
    return PanelQuery(WEEK, "cur", BY, currency=currency, within=Scope.from_mapping(within))


def test_slices_read_together_are_as_read_alone(store: Store) -> None:
    queries = [query(within) for within in SLICES]
    for asked, panel in zip(queries, store.panels(queries, as_of=AS_OF), strict=True):
        alone = store.panel(asked, as_of=AS_OF)
        assert panel.scopes == alone.scopes
        assert panel.currency == "USD"
        np.testing.assert_array_equal(panel.costs, alone.costs)
        np.testing.assert_array_equal(panel.settled, alone.settled)


@pytest.mark.parametrize("name", ["service", "account", "region", "tag:team"])
def test_a_finer_panel_sums_to_the_coarser_one(store: Store, name: str) -> None:
    load(
        store,
        range_bill(Period(date(2026, 5, 30), AS_OF)),
        [charge(date(2026, 5, 30), "3", "EC2")],
        now=EARLY,
    )
    for source, days in (("cur", WEEK), ("cost_explorer", Period(date(2026, 5, 29), AS_OF))):
        fine = PanelQuery(days, source, BY, currency="USD")
        dimension = Dimension(name)
        summed = summed_by(store.panel(fine, as_of=AS_OF), dimension)
        asked = store.panel(replace(fine, group_by=(dimension,)), as_of=AS_OF)
        assert summed.scopes == asked.scopes
        np.testing.assert_allclose(summed.costs, asked.costs, rtol=1e-12)
        np.testing.assert_array_equal(summed.settled, asked.settled)
    assert np.isnan(summed.costs).any()


def test_slices_of_the_same_dimensions_are_one_scan(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    scans = []
    read = read_together.read_panel
    monkeypatch.setattr(
        read_together, "read_panel", lambda *a, **k: scans.append(k["any_of"]) or read(*a, **k)
    )
    store.panels([query(within) for within in SLICES], as_of=AS_OF)
    assert [len(any_of) for any_of in scans] == [2, 2, 0, 2, 0]


def test_slices_of_unnamed_currencies_keep_their_own(store: Store) -> None:
    queries = [query({"ServiceName": name}, currency="") for name in ("EC2", NONE)]
    assert [panel.currency for panel in store.panels(queries, as_of=AS_OF)] == ["USD", "EUR"]


def test_an_empty_slice_among_others_is_said(store: Store) -> None:
    with pytest.raises(NoData, match="ServiceName=Gone"):
        store.panels([query({"ServiceName": name}) for name in ("EC2", "Gone")], as_of=AS_OF)
