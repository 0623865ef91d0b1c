"""Answers that make no sense are named and never taken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cost_explorer_bills import (
    bill_of,
    cached_files,
    grouped_by,
)
from cost_explorer_double import CostExplorerDouble

from aws_cost_anomalies.errors import (
    BadBill,
)
from aws_cost_anomalies.sources.cost_explorer import CostExplorerSource


def _drop_a_day(answer: dict[str, Any]) -> None:
    del answer["ResultsByTime"][3]


def _another_day(answer: dict[str, Any]) -> None:
    answer["ResultsByTime"][0]["TimePeriod"] = {"Start": "2026-10-31", "End": "2026-11-01"}


def _a_month(answer: dict[str, Any]) -> None:
    answer["ResultsByTime"][0]["TimePeriod"]["End"] = "2026-12-01"


def _no_date(answer: dict[str, Any]) -> None:
    answer["ResultsByTime"][0]["TimePeriod"]["Start"] = "yesterday"


def _backwards(answer: dict[str, Any]) -> None:
    answer["ResultsByTime"][0]["TimePeriod"] = {"Start": "2026-11-02", "End": "2026-11-01"}


def _a_group_twice(answer: dict[str, Any]) -> None:
    groups = answer["ResultsByTime"][0]["Groups"]
    groups.append(groups[0])


def _one_key(answer: dict[str, Any]) -> None:
    answer["ResultsByTime"][0]["Groups"][0]["Keys"].pop()


def _amount(text: object) -> Any:
    def edit(answer: dict[str, Any]) -> None:
        answer["ResultsByTime"][0]["Groups"][0]["Metrics"]["UnblendedCost"]["Amount"] = text

    return edit


def _two_currencies(answer: dict[str, Any]) -> None:
    answer["ResultsByTime"][0]["Groups"][0]["Metrics"]["BlendedCost"]["Unit"] = "EUR"


def _no_net_cost(answer: dict[str, Any]) -> None:
    del answer["ResultsByTime"][0]["Groups"][0]["Metrics"]["NetAmortizedCost"]


def _a_list(answer: dict[str, Any]) -> None:
    answer["ResultsByTime"][0]["Groups"][0]["Metrics"] = []


def _nothing(answer: dict[str, Any]) -> None:
    answer.clear()


class TestAnswersThatMakeNoSense:
    @pytest.mark.parametrize(
        ("edit", "words"),
        [
            (_drop_a_day, "leaves out 2026-11-04"),
            (_another_day, "2026-10-31"),
            (_a_month, "single days"),
            (_no_date, "yesterday"),
            (_backwards, "2026-11-02"),
            (_a_group_twice, "twice"),
            (_one_key, "1 keys where 2"),
            (_amount("n/a"), "'n/a', which is no amount"),
            (_amount("NaN"), "no amount"),
            (_amount("1e26"), "no amount"),
            (_amount(None), "Amount is missing"),
            (_amount(5), "Amount is missing"),
            (_a_list, "cannot be read"),
            (_two_currencies, "EUR, USD"),
            (_no_net_cost, "NetAmortizedCost is missing"),
            (_nothing, "ResultsByTime is missing"),
        ],
    )
    def test_they_are_named_and_not_taken(
        self,
        explorer: CostExplorerDouble,
        source: CostExplorerSource,
        tmp_path: Path,
        edit: Any,
        words: str,
    ) -> None:
        explorer.edit = edit
        with pytest.raises(BadBill, match=words):
            bill_of(source)
        assert cached_files(tmp_path) == []

    def test_a_tag_value_under_another_key_is_refused(
        self, explorer: CostExplorerDouble, tmp_path: Path
    ) -> None:
        def other_key(answer: dict[str, Any]) -> None:
            answer["ResultsByTime"][0]["Groups"][0]["Keys"][1] = "owner$search"

        explorer.edit = other_key
        with pytest.raises(BadBill, match="owner\\$search"):
            bill_of(grouped_by("service+tag:team", tmp_path))
