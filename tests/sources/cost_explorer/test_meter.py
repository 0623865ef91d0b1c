"""Paid requests: said before, counted where they leave, capped."""

from __future__ import annotations

from pathlib import Path

import pytest
from cost_explorer_bills import (
    AS_OF,
    WEEK,
    bill_of,
    cached_files,
    expected_total,
    grouped_by,
    total_of,
)
from cost_explorer_double import CostExplorerDouble

from aws_cost_anomalies.errors import (
    PaidRequestCapReached,
)
from aws_cost_anomalies.model.bill import FetchRequest
from aws_cost_anomalies.sources.cost_explorer import CostExplorerSource


class TestWhatItCosts:
    def test_the_plan_says_the_price_and_asks_nothing(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        plan = source.plan(FetchRequest(WEEK))
        assert plan.paid_requests == 1
        assert plan.steps[0] == (
            "Cost Explorer: 2026-11-01..2026-11-07 by service, account; at least 1 paid request (0.01 USD)"
        )
        assert explorer.requests == []

    def test_the_plan_of_three_dimensions_says_what_multiplies(self, tmp_path: Path) -> None:
        source = CostExplorerSource(
            cache_dir=tmp_path,
            as_of=AS_OF,
            group_by="service+account+region",
            names=lambda: {"1": "a", "2": "b"},
        )
        plan = source.plan(FetchRequest(WEEK))
        assert plan.paid_requests == 2
        assert "at least 2 paid requests (0.02 USD)" in plan.steps[0]
        assert "2 accounts are known" in plan.steps[2]

    def test_retries_are_counted(self, explorer: CostExplorerDouble, source: CostExplorerSource) -> None:
        explorer.fail("InternalFailure", status=500, times=2)
        bill_of(source)
        assert source.paid_requests == len(explorer.requests) == 3

    def test_limit_exceeded_is_tried_again(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        explorer.fail("LimitExceededException", times=1)
        assert total_of(bill_of(source)) == expected_total(explorer)
        assert source.paid_requests == 2

    def test_the_cap_counts_pages(
        self, explorer: CostExplorerDouble, source: CostExplorerSource, tmp_path: Path
    ) -> None:
        explorer.page_size = 4
        with pytest.raises(PaidRequestCapReached, match=r"the cap is 15\."):
            bill_of(source, max_paid_requests=15)
        assert source.paid_requests == len(explorer.requests) == 15
        assert cached_files(tmp_path) == []

    def test_a_cap_that_just_suffices_is_no_obstacle(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        explorer.page_size = 4
        assert total_of(bill_of(source, max_paid_requests=16)) == expected_total(explorer)

    def test_the_cap_counts_retries(self, explorer: CostExplorerDouble, source: CostExplorerSource) -> None:
        explorer.fail("InternalFailure", status=500, times=9)
        with pytest.raises(PaidRequestCapReached):
            bill_of(source, max_paid_requests=2)
        assert source.paid_requests == len(explorer.requests) == 2

    def test_a_cap_of_nothing_asks_nothing(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        with pytest.raises(PaidRequestCapReached, match="needs at least 1 paid requests"):
            bill_of(source, max_paid_requests=0)
        assert explorer.requests == []

    def test_a_cap_holds_for_each_fetch(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        for _ in range(3):
            bill_of(source, max_paid_requests=1)
        assert source.paid_requests == 3

    def test_too_many_accounts_are_seen_before_they_are_paid(
        self, explorer: CostExplorerDouble, tmp_path: Path
    ) -> None:
        source = grouped_by("service+account+region", tmp_path)
        with pytest.raises(PaidRequestCapReached, match="needs at least 4 paid requests"):
            bill_of(source, max_paid_requests=3)
        assert len(explorer.requests) == 1
