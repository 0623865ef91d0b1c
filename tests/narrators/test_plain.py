"""The story by rule: who carries it, what to check, how to confirm, whether it goes on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from october_step import below

from aws_cost_anomalies.model.anomaly import Kind, Status
from aws_cost_anomalies.model.explanation import Breakdown, Explanation, KnownCause
from aws_cost_anomalies.model.scope import NONE
from aws_cost_anomalies.narrators.plain import Plain
from tests.narrators.conftest import COMMAND, EC2


def lines(explanation: Explanation) -> list[str]:
    return Plain({"111122223333": "prod"}).narrate(explanation).text.splitlines()


def test_four_lines_say_it_all(explanation: Explanation) -> None:
    assert lines(explanation) == [
        "Likely cause: Usage type EUW1-BoxUsage:m5.4xlarge carries +4,000.00 of +4,537.12 USD (88%)."
        " Usage moved, not its price: 720 Hrs instead of 24.",
        "Check first: Resource i-0abc12345678 in account prod (111122223333), on 2026-10-28.",
        "To confirm: aws-cost-anomalies explain 3f2a91c07b5d",
        "Ongoing: 4 days so far."
        " At this rate +120.00 USD by the end of the month, +34,028.40 USD in 30 days.",
    ]


def test_a_known_cause_comes_first(explanation: Explanation, known_cause: KnownCause) -> None:
    told = lines(replace(explanation, known_causes=(known_cause,)))
    assert told[0].startswith("Likely cause: A new instance type (m5.4xlarge was first seen on 2026-10-28")
    assert told[1] == "Check first: Who started the m5.4xlarge instances, and whether they are still needed."
    assert told[2] == f"To confirm: {COMMAND}"


@pytest.mark.parametrize(
    ("status", "kind", "begins"),
    [
        (Status.OPEN, Kind.SPIKE, "Too early to say"),
        (Status.RESOLVED, Kind.SPIKE, "One-time: it lasted 4 days, up to 2026-10-31."),
        (Status.RESOLVED, Kind.STEP_UP, "Over: it lasted 4 days"),
        (Status.WITHDRAWN, Kind.SPIKE, "Withdrawn"),
    ],
)
def test_it_says_whether_it_goes_on(
    explanation: Explanation, status: Status, kind: Kind, begins: str
) -> None:
    anomaly = replace(explanation.anomaly, status=status, kind=kind)
    if status is Status.RESOLVED:
        anomaly = replace(anomaly, impact=replace(anomaly.impact, monthly_run_rate=0.0))
    assert lines(replace(explanation, anomaly=anomaly))[-1].startswith(begins)


def test_a_level_that_stays_is_not_called_over(explanation: Explanation) -> None:
    anomaly = replace(explanation.anomaly, status=Status.RESOLVED)
    assert lines(replace(explanation, anomaly=anomaly))[-1] == (
        "It stays: after 4 days such a level is the usual one and told as odd no longer;"
        " +34,028.40 USD in 30 days if it stays."
    )


def test_what_others_offset_is_said(explanation: Explanation) -> None:
    more = Breakdown(
        "region", (below(EC2, "RegionId", "eu-west-1", 5000.0), below(EC2, "RegionId", "b", -462.88)), 0.0
    )
    first = lines(replace(explanation, breakdowns=(more,)))[0]
    assert "Region eu-west-1 carries +5,000.00 of +4,537.12 USD, partly offset elsewhere." in first


def test_where_nothing_is_known_it_says_so(explanation: Explanation) -> None:
    bare = replace(explanation, breakdowns=(), effects=None)
    assert lines(bare)[:2] == [
        "Likely cause: Step up in Amazon Elastic Compute Cloud; the bill alone does not say why.",
        "Check first: Amazon Elastic Compute Cloud, on 2026-10-28.",
    ]


def test_spend_without_a_name_is_no_place_to_look(explanation: Explanation) -> None:
    nameless = Breakdown("resource", (below(EC2, "ResourceId", NONE, 4537.12),), 0.0)
    assert "resource" not in lines(replace(explanation, breakdowns=(nameless,)))[1].lower()
