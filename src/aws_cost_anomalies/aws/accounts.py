"""Who is asking, and what the accounts are called. Knows STS and AWS Organizations."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from aws_cost_anomalies.aws.failures import translated
from aws_cost_anomalies.aws.session import client
from aws_cost_anomalies.errors import AccessDenied, ServiceUnavailable, UsageError


@dataclass(frozen=True, slots=True)
class Accounts:
    """Account names by account id.

    Attributes:
        names: id → name; empty when they could not be had.
        problem: why they could not, one sentence; empty when they could.
    """

    names: Mapping[str, str]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose credentials these are."""

    account: str
    arn: str

    @property
    def is_root(self) -> bool:
        """Whether they are the account's own, which no policy binds."""
        return self.arn.endswith(":root")


def account_names(*, profile: str | None = None, region: str | None = None) -> Accounts:
    """The names of an organization's accounts, or why these credentials may not list them.

    Only the management account and delegated administrators may, so a refusal is an answer and no error;
    nor is it worth failing when Organizations does not answer.

    Raises:
        CredentialsError, SettingsError: nothing can be asked of AWS at all.
    """
    organizations = client("organizations", profile=profile, region=region)
    names: dict[str, str] = {}
    unknown = organizations.exceptions.AWSOrganizationsNotInUseException
    try:
        with translated("organizations:ListAccounts", profile=profile), suppress(unknown):
            for page in organizations.get_paginator("list_accounts").paginate():
                names |= {account["Id"]: account["Name"] for account in page["Accounts"]}
            return Accounts(names)
    except (AccessDenied, ServiceUnavailable, UsageError) as problem:
        return Accounts({}, problem.message)
    return Accounts({}, "The account is in no organization.")


def caller_identity(*, profile: str | None = None, region: str | None = None) -> Identity:
    """The account and ARN these credentials belong to. Raises: CredentialsError, ServiceUnavailable."""
    sts = client("sts", profile=profile, region=region)
    with translated("sts:GetCallerIdentity", profile=profile):
        answer = sts.get_caller_identity()
    return Identity(answer["Account"], answer["Arn"])
