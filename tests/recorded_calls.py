"""Every call that boto3 is about to make, recorded from inside it: what IAM would be asked.

botocore loads this module as a plugin of each client while `BOTOCORE_EXPERIMENTAL__PLUGINS` names it; a
process of its own writes to the file that `RECORDED_CALLS` names.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PLUGIN = ("BOTOCORE_EXPERIMENTAL__PLUGINS", "recorded=recorded_calls")
OTHER_ACTIONS = {
    "bedrock:Converse": "bedrock:InvokeModel",
    "bedrock:ConverseStream": "bedrock:InvokeModelWithResponseStream",
    "budgets:DescribeBudgets": "budgets:ViewBudget",
    "monitoring:DescribeAlarms": "cloudwatch:DescribeAlarms",
    "monitoring:GetMetricStatistics": "cloudwatch:GetMetricStatistics",
    "s3:HeadObject": "s3:GetObject",
    "s3:ListObjectsV2": "s3:ListBucket",
}
"""Operations that IAM knows by another name."""


@dataclass(frozen=True)
class Call:
    """What IAM is asked: the action, on what, and for a listing below which prefix."""

    action: str
    resource: str = "*"
    prefix: str = ""


CALLS: list[Call] = []


def initialize_client_plugin(client: Any) -> None:
    """Called by botocore with each new client."""
    service = client.meta.service_model.signing_name
    client.meta.events.register(
        "provide-client-params", lambda params, model, **_: CALLS.append(call(service, model.name, params))
    )


def call(service: str, operation: str, params: dict[str, Any]) -> Call:
    """A call as IAM sees it."""
    action = OTHER_ACTIONS.get(f"{service}:{operation}", f"{service}:{operation}")
    if "Key" in params:
        return Call(action, f"arn:aws:s3:::{params['Bucket']}/{params['Key']}")
    if "Bucket" in params:
        return Call(action, f"arn:aws:s3:::{params['Bucket']}", params.get("Prefix", ""))
    mine = "eu-west-1:123456789012"
    named = {
        "Name": f"arn:aws:ssm:{mine}:parameter/{str(params.get('Name', '')).lstrip('/')}",
        "SecretId": f"arn:aws:secretsmanager:{mine}:secret:{params.get('SecretId')}-Ab1Cd2",
        "TopicArn": params.get("TopicArn"),
        "modelId": f"arn:aws:bedrock:{mine}:inference-profile/{params.get('modelId')}",
    }
    known = next((str(arn) for key, arn in named.items() if key in params), "*")
    return Call(action, f"arn:aws:athena:{mine}:workgroup/primary" if service == "athena" else known)


def allows(policy: Mapping[str, Any], call: Call) -> bool:
    """Whether IAM would let the call pass."""
    return any(_fits(statement, call) for statement in policy["Statement"])


def _fits(statement: Mapping[str, Any], call: Call) -> bool:
    prefixes = statement.get("Condition", {}).get("StringLike", {}).get("s3:prefix", ["*"])
    return (
        call.action in statement["Action"]
        and any(fnmatch.fnmatchcase(call.resource, pattern) for pattern in statement["Resource"])
        and any(fnmatch.fnmatchcase(call.prefix, pattern) for pattern in prefixes)
    )
