"""What is grouped by: every plan covers all charges once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cost_explorer_bills import (
    ACCOUNTS,
    S3,
    WEEK,
    bill_of,
    cached_files,
    expected_total,
    grouped_by,
    rows_of,
    total_of,
)
from cost_explorer_double import Charge, CostExplorerDouble

from aws_cost_anomalies.errors import (
    InvalidArgument,
    ServiceUnavailable,
)
from aws_cost_anomalies.sources.cost_explorer import QueryPlan


class TestNames:
    @pytest.mark.parametrize(
        ("text", "plan"),
        [
            ("service", "service"),
            ("account+service", "service+account"),
            ("service+record-type", "service+charge-type"),
            ("usage-type+account+service", "service+account+usage-type"),
            ("service+tag:team", "service+tag:team"),
            ("service+cost-category:unit", "service+cost-category:unit"),
        ],
    )
    def test_a_plan_reads_names_in_any_order(self, text: str, plan: str) -> None:
        assert str(QueryPlan.parse(text)) == plan

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "account",
            "region",
            "service+service",
            "service+region+usage-type",
            "service+colour",
            "service+tag:",
        ]
        + ["service+account+region+usage-type"],
    )
    def test_what_cannot_be_grouped_by_is_refused_before_anything_is_paid(self, text: str) -> None:
        with pytest.raises(InvalidArgument, match="service\\+account"):
            QueryPlan.parse(text)


class TestPlans:
    @pytest.mark.parametrize(
        "group_by",
        [
            "service",
            "service+region",
            "service+charge-type",
            "service+usage-type",
            "service+tag:team",
            "service+cost-category:unit",
            "service+account+region",
            "service+account+charge-type",
            "service+account+usage-type",
            "service+account+tag:team",
            "service+account+cost-category:unit",
        ],
    )
    def test_all_plans_have_the_same_total(
        self, group_by: str, explorer: CostExplorerDouble, tmp_path: Path
    ) -> None:
        explorer.page_size = 50
        source = grouped_by(group_by, tmp_path)
        assert total_of(bill_of(source)) == expected_total(explorer)

    @pytest.mark.parametrize(
        ("group_by", "column", "values"),
        [
            ("service+region", "region", {"us-east-1", "eu-west-1"}),
            ("service+charge-type", "charge_type", {"Usage", "SavingsPlanCoveredUsage"}),
            ("service+account+region", "account", set(ACCOUNTS)),
            ("service+account+region", "account_name", {"prod", "dev", ""}),
            ("service+account+tag:team", "tags", {"", '{"team": "search"}'}),
            ("service+cost-category:unit", "tags", {f'{{"cost-category:unit": "u{n}"}}' for n in range(3)}),
        ],
    )
    def test_a_dimension_has_its_column(
        self, explorer: CostExplorerDouble, tmp_path: Path, group_by: str, column: str, values: set[str]
    ) -> None:
        rows = rows_of(bill_of(grouped_by(group_by, tmp_path)))
        assert {row.get(column, "") for row in rows} == values

    def test_a_charge_without_region_or_usage_type_has_none(
        self, explorer: CostExplorerDouble, tmp_path: Path
    ) -> None:
        day = WEEK.start
        explorer.charges = [
            Charge(day, S3, region=r, unblended="1") for r in ("NoRegion", "global", "us-east-1")
        ]
        rows = rows_of(bill_of(grouped_by("service+region", tmp_path)))
        assert sorted(row.get("region", "") for row in rows) == ["", "", "us-east-1"]
        assert "usage_type" not in rows_of(bill_of(grouped_by("service+usage-type", tmp_path)))[0]

    def test_three_dimensions_take_one_request_an_account_and_one_to_list_them(
        self, explorer: CostExplorerDouble, tmp_path: Path
    ) -> None:
        source = grouped_by("service+account+region", tmp_path)
        rows = rows_of(bill_of(source))
        assert len(rows) == 7 * 3 * 3 * 2
        assert source.paid_requests == len(explorer.requests) == 4
        filters = [request.body.get("Filter") for request in explorer.requests]
        assert filters == [None] + [
            {"Dimensions": {"Key": "LINKED_ACCOUNT", "Values": [account]}} for account in ACCOUNTS
        ]

    def test_figures_that_change_between_requests_are_not_taken(
        self, explorer: CostExplorerDouble, tmp_path: Path
    ) -> None:
        def charge_more(answer: dict[str, Any]) -> None:
            explorer.charges = [*explorer.charges, Charge(WEEK.start, S3, ACCOUNTS[0], unblended="0.02")]

        explorer.edit = charge_more
        with pytest.raises(ServiceUnavailable, match="changed while they were read"):
            bill_of(grouped_by("service+account+region", tmp_path))
        assert cached_files(tmp_path) == []


def test_a_tag_value_may_hold_a_dollar_sign(explorer: CostExplorerDouble, tmp_path: Path) -> None:
    explorer.charges = [Charge(WEEK.start, S3, tags={"team": "a$b"}, unblended="1")]
    (row,) = rows_of(bill_of(grouped_by("service+tag:team", tmp_path)))
    assert json.loads(row["tags"]) == {"team": "a$b"}
