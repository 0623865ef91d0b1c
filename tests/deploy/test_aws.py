"""The template of the Lambda function: what AWS's own linter says, and the least privilege it gives."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from aws_cost_anomalies import Settings, aws_lambda, permissions
from aws_cost_anomalies.permissions.policy import statement

sys.path.insert(0, str(Path(__file__).parent))
from template import resolved

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "deploy" / "aws" / "template.yaml"
TOPIC = "arn:aws:sns:us-east-1:123456789012:costs"
OF_AWS_ITSELF = {"logs": ["logs:CreateLogStream", "logs:PutLogEvents"], "dead-letters": ["sqs:SendMessage"]}


def policies(**given: str) -> dict[str, list[dict[str, Any]]]:
    """Name → statements of each policy of the function's role."""
    role = resolved(TEMPLATE, **given)["FunctionRole"]["Properties"]
    return {each["PolicyName"]: each["PolicyDocument"]["Statement"] for each in role["Policies"]}


def test_the_linter_of_aws_finds_nothing() -> None:
    linter = Path(sys.executable).with_name("cfn-lint")
    command = [linter if linter.exists() else "cfn-lint", "--regions", "us-east-1", "-t", TEMPLATE]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout) == (0, ""), checked.stderr


@pytest.mark.parametrize(
    ("given", "configured"),
    [
        (
            {"ExportBucket": "bills", "ExportPrefix": "cur/daily"},
            {"s3": {"bucket": "bills", "prefix": "cur/daily"}},
        ),
        ({}, {}),
        ({"TopicArn": TOPIC}, {"channels": [{"name": "topic", "kind": "sns", "topic_arn": TOPIC}]}),
    ],
    ids=["export", "cost explorer", "topic"],
)
def test_the_role_allows_what_iam_policy_prints_and_no_more(
    given: dict[str, str], configured: dict[str, Any]
) -> None:
    slack = {"name": "slack", "kind": "slack", "url": "ssm:/aws-cost-anomalies/*"}
    channels = [slack, *configured.pop("channels", [])]
    database = {"remote": "s3://home/store"}
    settings = Settings.model_validate({"database": database, "channels": channels, **configured})
    needed = {
        feature.name: [statement(feature, grant, settings=settings) for grant in feature.grants]
        for feature in permissions.needed(settings)
    }
    allowed = policies(StoreBucket="home", **given)
    for name, actions in OF_AWS_ITSELF.items():
        (only,) = allowed.pop(name)
        assert only["Action"] == actions
        assert only["Resource"] != ["*"]
    assert allowed == needed


def test_the_function_calls_the_handler_there_is() -> None:
    function = resolved(TEMPLATE)["Function"]["Properties"]
    module, _, name = function["Handler"].rpartition(".")
    assert getattr(importlib.import_module(module), name) is aws_lambda.handler
    assert f'CMD ["{function["Handler"]}"]' in (TEMPLATE.parent / "Dockerfile").read_text()
    assert list(function["Environment"]["Variables"]) == ["AWS_COST_STORE"], "no secret is among them"


def test_an_image_has_no_runtime() -> None:
    function = resolved(TEMPLATE, ImageUri="1.dkr.example/costs:1")["Function"]["Properties"]
    assert function["PackageType"] == "Image"
    assert not {"Runtime", "Handler"} & set(function)
    assert function["Code"] == {"ImageUri": "1.dkr.example/costs:1"}


def test_the_events_are_those_that_the_handler_knows() -> None:
    found = resolved(TEMPLATE)
    inputs = [found[name]["Properties"]["Target"]["Input"] for name in ("EveryMorning", "EveryHour")]
    assert inputs == [f'{{"action": "{action}"}}' for action in aws_lambda.ACTIONS]


def test_what_fails_is_tried_again_and_then_kept() -> None:
    found = resolved(TEMPLATE)
    asked = found["Invocation"]["Properties"]
    assert asked["MaximumRetryAttempts"] == 2
    assert asked["DestinationConfig"]["OnFailure"]["Destination"] == "DeadLetters.Arn"
    for name in ("EveryMorning", "EveryHour"):
        target = found[name]["Properties"]["Target"]
        assert target["DeadLetterConfig"]["Arn"] == "DeadLetters.Arn"
        assert target["RetryPolicy"]["MaximumRetryAttempts"] > 0


def test_the_store_is_kept_encrypted_and_private() -> None:
    bucket = resolved(TEMPLATE)["StoreBucket"]
    properties = bucket["Properties"]
    assert bucket["DeletionPolicy"] == "Retain"
    assert properties["VersioningConfiguration"] == {"Status": "Enabled"}
    assert all(properties["PublicAccessBlockConfiguration"].values())
    assert len(properties["PublicAccessBlockConfiguration"]) == 4
    assert properties["BucketEncryption"]
