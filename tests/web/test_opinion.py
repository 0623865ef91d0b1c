"""AWS's own opinion on the page of an anomaly: as soon as it was asked for, in its words, as text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from aws_cost_anomalies import Settings
from aws_cost_anomalies.model.anomaly import Feedback, RootCause
from aws_cost_anomalies.model.aws_anomaly import AwsAnomaly
from aws_cost_anomalies.model.load import ApiCall
from aws_cost_anomalies.model.scope import Scope
from aws_cost_anomalies.store import Store

pytestmark = pytest.mark.slow

SAGEMAKER = "9f2c70565d19"
NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
NAME = "AWS Cost Anomaly Detection"


def theirs(service: str, *, region: str = "us-east-1", end: date | None = None) -> AwsAnomaly:
    """An anomaly that AWS tells of."""
    scope = Scope((("ServiceName", service), ("RegionId", region)))
    cause = RootCause(scope, 900.0)
    return AwsAnomaly(
        "aws-1",
        "arn",
        date(2026, 8, 20),
        end,
        service,
        0.9,
        900.0,
        900.0,
        950.0,
        50.0,
        (cause,),
        Feedback.YES,
    )


def told(config: Path, *anomalies: AwsAnomaly) -> None:
    """AWS was asked for August, and told of these."""
    settings = Settings.load(config, environment={})
    asked = ApiCall(NOW, "ce", "GetAnomalies", requests=1, usd=Decimal(0), note="2026-08-01..2026-08-31")
    with Store(settings.database.path).writing(NOW) as writer:
        writer.save_aws_anomalies(anomalies, asked)


def page(client: TestClient) -> str:
    return client.get(f"/anomalies/{SAGEMAKER}/detail", headers={"x-part": "1"}).text


def test_it_is_shown_as_soon_as_it_was_asked_for(client: TestClient, config: Path) -> None:
    assert NAME not in page(client)
    told(config, theirs("Amazon Relational Database Service"))
    assert "does not tell of it" in page(client)
    told(config, theirs("Amazon SageMaker"))
    found = page(client)
    for words in (NAME, "aws-1", "since 2026-08-20", "Amazon SageMaker · us-east-1", "900.00", "real"):
        assert words in found, words


def test_its_words_are_text(client: TestClient, config: Path) -> None:
    told(config, theirs("Amazon SageMaker", region="<script>alert(1)</script>", end=date(2026, 8, 31)))
    found = page(client)
    assert "<script>alert" not in found
    assert "&lt;script&gt;alert(1)" in found
    assert "2026-08-20 to 2026-08-31" in found
