"""Pages and trouble: what Cost Explorer and the way to it can do wrong."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from cost_explorer_bills import (
    bill_of,
    cached_files,
    expected_total,
    rows_of,
    total_of,
)
from cost_explorer_double import CostExplorerDouble

from aws_cost_anomalies.errors import (
    AccessDenied,
    CredentialsError,
    NoData,
    ServiceUnavailable,
    UsageError,
)
from aws_cost_anomalies.sources.cost_explorer import CostExplorerSource


class TestPages:
    def test_every_page_is_followed_also_within_a_day(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        explorer.page_size = 4
        bill = bill_of(source)
        assert total_of(bill) == expected_total(explorer)
        assert len(rows_of(bill)) == 7 * 9
        assert source.paid_requests == len(explorer.requests) == 16

    def test_a_token_that_comes_twice_ends_it(
        self, explorer: CostExplorerDouble, source: CostExplorerSource, tmp_path: Path
    ) -> None:
        explorer.page_size = 4
        explorer.repeats_its_token = True
        with pytest.raises(ServiceUnavailable, match="same page token twice"):
            bill_of(source)
        assert len(explorer.requests) == 2
        assert cached_files(tmp_path) == []

    def test_a_total_beside_groups_is_not_counted(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        def add_totals(answer: dict[str, Any]) -> None:
            for result in answer["ResultsByTime"]:
                result["Total"] = {"UnblendedCost": {"Amount": "1000", "Unit": "USD"}}

        explorer.edit = add_totals
        assert total_of(bill_of(source)) == expected_total(explorer)


class TestTrouble:
    def test_no_credentials(self, source: CostExplorerSource) -> None:
        with pytest.raises(CredentialsError):
            bill_of(source)
        assert source.paid_requests == 0

    @pytest.mark.parametrize(
        ("code", "status", "kind", "words"),
        [
            ("ExpiredTokenException", 400, CredentialsError, "expired"),
            ("UnrecognizedClientException", 400, CredentialsError, "does not accept"),
            ("AccessDeniedException", 400, AccessDenied, "ce:GetCostAndUsage"),
            ("DataUnavailableException", 400, NoData, "Cost Explorer"),
            ("BillExpirationException", 400, NoData, "any more"),
            ("ValidationException", 400, UsageError, "ce:GetCostAndUsage"),
        ],
    )
    def test_a_refusal_is_told_and_not_repeated(
        self,
        explorer: CostExplorerDouble,
        source: CostExplorerSource,
        code: str,
        status: int,
        kind: type,
        words: str,
    ) -> None:
        explorer.fail(code, status=status, times=9)
        with pytest.raises(kind, match=words):
            bill_of(source)
        assert len(explorer.requests) == 1

    def test_credentials_that_expire_between_pages_leave_nothing_behind(
        self, explorer: CostExplorerDouble, source: CostExplorerSource, tmp_path: Path
    ) -> None:
        explorer.page_size = 4
        explorer.succeed(2)
        explorer.fail("ExpiredTokenException")
        with pytest.raises(CredentialsError, match="expired"):
            bill_of(source)
        assert len(explorer.requests) == 3
        assert cached_files(tmp_path) == []

    def test_an_outage_ends_after_a_few_attempts(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        explorer.fail("ServiceUnavailableException", status=503, times=99)
        with pytest.raises(ServiceUnavailable, match="Cost Explorer did not answer"):
            bill_of(source)
        assert source.paid_requests == len(explorer.requests) == 4

    def test_connections_that_break_off(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        explorer.hang_up(times=99)
        with pytest.raises(ServiceUnavailable, match="broke off"):
            bill_of(source)
        assert source.paid_requests == 4

    def test_nobody_there(
        self, credentials: None, source: CostExplorerSource, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        monkeypatch.setenv("AWS_ENDPOINT_URL_COST_EXPLORER", f"http://127.0.0.1:{port}")
        with pytest.raises(ServiceUnavailable, match="cannot be reached"):
            bill_of(source)
