"""The double says what Cost Explorer could say: shapes of botocore's own model, sums that agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import boto3
import pytest
from aws_anomalies import aws_anomaly
from botocore.exceptions import ClientError
from botocore.validate import ParamValidator
from cost_explorer_double import Charge, CostExplorerDouble

FIRST, SECOND = date(2026, 11, 1), date(2026, 11, 2)
CHARGES = [
    Charge(FIRST, "AWS Lambda", "111111111111", tags={"team": "search"}, unblended="1.5", unit="Request"),
    Charge(FIRST, "AWS Lambda", "222222222222", region="eu-west-1", unblended="2", unit="Request"),
    Charge(FIRST, "Tax", "111111111111", record_type="Tax", unblended="0.1", unit="Request"),
    Charge(SECOND, "AWS Lambda", "111111111111", unblended="4", unit="Hrs", estimated=True),
]
QUESTION: dict[str, Any] = {
    "TimePeriod": {"Start": "2026-11-01", "End": "2026-11-04"},
    "Granularity": "DAILY",
    "Metrics": ["UnblendedCost", "UsageQuantity"],
}
BY_SERVICE = [{"Type": "DIMENSION", "Key": "SERVICE"}]


@pytest.fixture
def double() -> Iterator[CostExplorerDouble]:
    with CostExplorerDouble(CHARGES, account_names={"111111111111": "prod"}) as double:
        double.anomalies = [
            aws_anomaly("a", "2026-11-01", None, service="AWS Lambda", feedback="NO"),
            aws_anomaly("b", "2026-11-02", "2026-11-03", service="AWS Lambda", account="111111111111"),
        ]
        yield double


@pytest.fixture
def client(double: CostExplorerDouble, credentials: None) -> Any:
    return boto3.client("ce", region_name="us-east-1", endpoint_url=double.url)


def problems_of(client: Any, operation: str, answer: dict[str, Any]) -> str:
    """What botocore's model finds wrong with an answer, unknown members included."""
    shape = client.meta.service_model.operation_model(operation).output_shape
    assert set(answer) <= set(shape.members)
    return str(ParamValidator().validate(answer, shape).generate_report())


@pytest.mark.parametrize(
    ("operation", "question"),
    [
        ("GetCostAndUsage", QUESTION),
        ("GetCostAndUsage", {**QUESTION, "GroupBy": BY_SERVICE}),
        ("GetCostAndUsage", {**QUESTION, "GroupBy": [{"Type": "DIMENSION", "Key": "LINKED_ACCOUNT"}]}),
        ("GetDimensionValues", {"TimePeriod": QUESTION["TimePeriod"], "Dimension": "LINKED_ACCOUNT"}),
        (
            "GetDimensionValues",
            {"TimePeriod": QUESTION["TimePeriod"], "Dimension": "REGION", "MaxResults": 1},
        ),
        ("GetAnomalies", {"DateInterval": {"StartDate": "2026-11-01"}}),
        ("GetAnomalies", {"DateInterval": {"StartDate": "2026-11-01"}, "MaxResults": 1}),
    ],
)
def test_answers_fit_the_model_of_the_service(
    double: CostExplorerDouble, client: Any, operation: str, question: dict[str, Any]
) -> None:
    assert problems_of(client, operation, double.answer(operation, question)) == ""


def test_an_answer_that_does_not_fit_is_seen(double: CostExplorerDouble, client: Any) -> None:
    answer = double.answer("GetCostAndUsage", QUESTION)
    answer["ResultsByTime"][0]["Estimated"] = "perhaps"
    assert "Estimated" in problems_of(client, "GetCostAndUsage", answer)


def test_grouped_days_have_groups_and_no_total(client: Any) -> None:
    first, second, third = client.get_cost_and_usage(**QUESTION, GroupBy=BY_SERVICE)["ResultsByTime"]
    assert {g["Keys"][0]: g["Metrics"]["UnblendedCost"]["Amount"] for g in first["Groups"]} == {
        "AWS Lambda": "3.5",
        "Tax": "0.1",
    }
    assert (first["Total"], first["Estimated"]) == ({}, False)
    assert (second["Estimated"], third["Groups"], third["Estimated"]) == (True, [], True)


def test_days_without_grouping_have_a_total(client: Any) -> None:
    first, *_ = client.get_cost_and_usage(**QUESTION)["ResultsByTime"]
    assert first["Groups"] == []
    assert first["Total"]["UnblendedCost"] == {"Amount": "3.6", "Unit": "USD"}


@pytest.mark.parametrize(
    ("expression", "total"),
    [
        ({"Dimensions": {"Key": "LINKED_ACCOUNT", "Values": ["111111111111"]}}, "1.6"),
        ({"Not": {"Dimensions": {"Key": "RECORD_TYPE", "Values": ["Tax"]}}}, "3.5"),
        ({"Tags": {"Key": "team", "Values": ["search"]}}, "1.5"),
        (
            {
                "And": [
                    {"Dimensions": {"Key": "SERVICE", "Values": ["AWS Lambda"]}},
                    {"Dimensions": {"Key": "REGION", "Values": ["eu-west-1"]}},
                ]
            },
            "2",
        ),
        (
            {
                "Or": [
                    {"Dimensions": {"Key": "REGION", "Values": ["eu-west-1"]}},
                    {"Tags": {"Key": "team", "Values": ["search"]}},
                ]
            },
            "3.5",
        ),
    ],
)
def test_filters_are_honoured(client: Any, expression: dict[str, Any], total: str) -> None:
    first, *_ = client.get_cost_and_usage(**QUESTION, Filter=expression)["ResultsByTime"]
    assert Decimal(first["Total"]["UnblendedCost"]["Amount"]) == Decimal(total)


def test_pages_together_are_the_whole(double: CostExplorerDouble, client: Any) -> None:
    whole = client.get_cost_and_usage(**QUESTION, GroupBy=BY_SERVICE)["ResultsByTime"]
    double.page_size = 1
    question = {**QUESTION, "GroupBy": BY_SERVICE}
    groups, days = [], set()
    while True:
        page = client.get_cost_and_usage(**question)
        days |= {result["TimePeriod"]["Start"] for result in page["ResultsByTime"]}
        groups += [group for result in page["ResultsByTime"] for group in result["Groups"]]
        if "NextPageToken" not in page:
            break
        question["NextPageToken"] = page["NextPageToken"]
    assert groups == [group for result in whole for group in result["Groups"]]
    assert days == {"2026-11-01", "2026-11-02", "2026-11-03"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"NextPageToken": "made up"}, "InvalidNextTokenException"),
        ({"GroupBy": BY_SERVICE * 3}, "ValidationException"),
        ({"TimePeriod": {"Start": "2026-11-02", "End": "2026-11-02"}}, "ValidationException"),
        ({"Granularity": "HOURLY"}, "ValidationException"),
    ],
)
def test_a_question_that_cannot_be_is_refused(client: Any, change: dict[str, Any], code: str) -> None:
    with pytest.raises(ClientError) as caught:
        client.get_cost_and_usage(**{**QUESTION, **change})
    assert caught.value.response["Error"]["Code"] == code


def test_an_operation_nobody_wrote_is_refused(client: Any) -> None:
    with pytest.raises(ClientError, match="UnknownOperationException"):
        client.get_anomaly_monitors()
