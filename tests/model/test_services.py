"""One name and one code for each AWS service, whatever a bill calls it."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from aws_cost_anomalies.model.services import SERVICES, canonical


def test_there_are_enough_of_them() -> None:
    assert len(SERVICES) >= 200


def test_no_spelling_belongs_to_two_services() -> None:
    spellings = Counter(
        spelling.lower() for s in SERVICES for spelling in {s.name.lower(), s.code.lower(), *s.aliases}
    )
    assert [spelling for spelling, times in spellings.items() if times > 1] == []


@pytest.mark.parametrize(
    ("called", "name", "code"),
    [
        ("Amazon Elastic Compute Cloud - Compute", "Amazon Elastic Compute Cloud", "AmazonEC2"),
        ("EC2 - Other", "Amazon Elastic Compute Cloud", "AmazonEC2"),
        ("AmazonEC2", "Amazon Elastic Compute Cloud", "AmazonEC2"),
        ("Amazon Elastic Load Balancing", "Elastic Load Balancing", "AWSELB"),
        ("amazon cloudwatch", "AmazonCloudWatch", "AmazonCloudWatch"),
        ("Amazon Relational Database Service", "Amazon Relational Database Service", "AmazonRDS"),
        (" AWSQueueService ", "Amazon Simple Queue Service", "AWSQueueService"),
        ("AWS Support (Business)", "AWS Support (Business)", "AWSSupportBusiness"),
        ("Tax", "Tax", "Tax"),
    ],
)
def test_every_spelling_leads_to_one_service(called: str, name: str, code: str) -> None:
    service = canonical(called)
    assert service is not None
    assert (service.name, service.code) == (name, code)


def test_nobody_is_taken_for_somebody_else() -> None:
    assert canonical("Datadog Pro") is None
    assert canonical("") is None


def test_every_service_of_a_real_account_is_known(shared_data: Path) -> None:
    with (shared_data / "cost_explorer_daily_by_service.csv").open() as file:
        names = {row["service"] for row in csv.DictReader(file)}
    assert len(names) == 33
    assert [name for name in names if canonical(name) is None] == []


def test_the_names_are_those_of_a_focus_export(shared_data: Path) -> None:
    with (shared_data / "focus_sample.csv").open() as file:
        names = {row["ServiceName"] for row in csv.DictReader(file) if row["ProviderName"] == "AWS"}
    renamed = {name for name in names if (service := canonical(name)) is None or service.name != name}
    assert renamed == set()
