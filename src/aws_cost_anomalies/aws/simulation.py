"""What IAM would say: its SimulatePrincipalPolicy, which does nothing and costs nothing.

It knows the policies of the user or role, not those of buckets and keys, and organizations' only in part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aws_cost_anomalies.aws.accounts import Identity
from aws_cost_anomalies.aws.failures import translated
from aws_cost_anomalies.aws.session import HOME_REGION, client
from aws_cost_anomalies.errors import ServiceUnavailable, UsageError

SIMULATE, GET_ROLE = "iam:SimulatePrincipalPolicy", "iam:GetRole"
ALLOWED = "allowed"
ARN_PARTS = 6
_REGION, _ACCOUNT, _NAME = 3, 4, 5
_SOME_ACCOUNT = "111122223333"


@dataclass(frozen=True, slots=True)
class Asked:
    """One statement of a policy, as a question.

    Attributes:
        resources: ARNs, patterns among them.
        prefixes: patterns of what is listed in a bucket; empty means all of it.
    """

    actions: tuple[str, ...]
    resources: tuple[str, ...]
    prefixes: tuple[str, ...] = ()


def principal_of(identity: Identity, *, profile: str | None) -> str:
    """The ARN of the user or role behind the credentials.

    A session of a role does not say in which path the role lies, so IAM is asked.

    Raises:
        AccessDenied, CredentialsError, ServiceUnavailable, SettingsError: as they happen.
        UsageError: they are of somebody whose policies cannot be simulated.
    """
    kind, _, name = identity.arn.split(":", ARN_PARTS - 1)[_NAME].partition("/")
    if kind == "user":
        return identity.arn
    if kind != "assumed-role":
        raise UsageError(f"IAM cannot simulate the policies of {identity.arn}.")
    iam: Any = client("iam", profile=profile)
    with translated(GET_ROLE, profile=profile):
        arn: str = iam.get_role(RoleName=name.partition("/")[0])["Role"]["Arn"]
    return arn


def denied(asked: Asked, principal: str, *, profile: str | None, region: str) -> list[str]:
    """The actions that the principal may not do on one of the resources.

    Raises:
        AccessDenied, CredentialsError, ServiceUnavailable, SettingsError: as they happen.
    """
    iam: Any = client("iam", profile=profile)
    question: dict[str, Any] = {"PolicySourceArn": principal, "ActionNames": list(asked.actions)}
    account = principal.split(":")[_ACCOUNT]
    if asked.resources != ("*",):
        question["ResourceArns"] = [
            example(arn, region=region or HOME_REGION, account=account) for arn in asked.resources
        ]
    if asked.prefixes:
        values = [pattern.replace("*", "example") for pattern in asked.prefixes]
        key = {"ContextKeyName": "s3:prefix", "ContextKeyType": "stringList", "ContextKeyValues": values}
        question["ContextEntries"] = [key]
    with translated(SIMULATE, profile=profile):
        told = list(_results(iam, question))
    return [each["EvalActionName"] for each in told if each["EvalDecision"] != ALLOWED]


def example(arn: str, *, region: str, account: str) -> str:
    """An ARN that a pattern of one means: IAM wants to hear of one thing."""
    parts = arn.split(":", ARN_PARTS - 1)
    if len(parts) < ARN_PARTS:
        return arn
    parts[_REGION] = parts[_REGION].replace("*", region)
    parts[_ACCOUNT] = parts[_ACCOUNT].replace("*", account or _SOME_ACCOUNT)
    parts[_NAME] = parts[_NAME].replace("*", "example").replace("?", "a")
    return ":".join(parts)


def _results(iam: Any, question: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - boto3's own
    more: dict[str, str] = {}
    while True:
        page = iam.simulate_principal_policy(**question, **more)
        yield from page["EvaluationResults"]
        marker = page.get("Marker", "")
        if not page.get("IsTruncated"):
            return
        if not marker or more.get("Marker") == marker:
            raise ServiceUnavailable("AWS IAM", "it gave the same page twice")
        more = {"Marker": marker}
