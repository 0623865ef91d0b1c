"""Clients of AWS services, with credentials that are there. Knows profiles, retries and time-outs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

from aws_cost_anomalies.aws.failures import translated
from aws_cost_anomalies.errors import SettingsError

if TYPE_CHECKING:
    import boto3
    from botocore.client import BaseClient
    from mypy_boto3_athena.client import AthenaClient
    from mypy_boto3_budgets.client import BudgetsClient
    from mypy_boto3_ce.client import CostExplorerClient
    from mypy_boto3_cloudwatch.client import CloudWatchClient
    from mypy_boto3_organizations.client import OrganizationsClient
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_secretsmanager.client import SecretsManagerClient
    from mypy_boto3_sns.client import SNSClient
    from mypy_boto3_ssm.client import SSMClient
    from mypy_boto3_sts.client import STSClient

HOME_REGION = "us-east-1"
"""Where AWS keeps billing; taken when neither the caller nor the AWS configuration names a region."""

ATTEMPTS = 4
CONNECT_SECONDS = 10
READ_SECONDS = 60
CONNECTIONS = 20
"""Kept open at once: files of a bill come on eight streams, and small ones beside them."""


@overload
def client(
    service: Literal["athena"], *, profile: str | None = None, region: str | None = None
) -> AthenaClient: ...
@overload
def client(
    service: Literal["bedrock-runtime"],
    *,
    profile: str | None = None,
    region: str | None = None,
    attempts: int,
) -> BaseClient: ...
@overload
def client(
    service: Literal["budgets"], *, profile: str | None = None, region: str | None = None
) -> BudgetsClient: ...
@overload
def client(
    service: Literal["ce"], *, profile: str | None = None, region: str | None = None
) -> CostExplorerClient: ...
@overload
def client(
    service: Literal["bcm-data-exports", "cur", "iam"],
    *,
    profile: str | None = None,
    region: str | None = None,
) -> BaseClient: ...
@overload
def client(
    service: Literal["cloudtrail"], *, profile: str | None = None, region: str | None = None
) -> BaseClient: ...
@overload
def client(
    service: Literal["cloudwatch"], *, profile: str | None = None, region: str | None = None
) -> CloudWatchClient: ...
@overload
def client(
    service: Literal["organizations"], *, profile: str | None = None, region: str | None = None
) -> OrganizationsClient: ...
@overload
def client(service: Literal["s3"], *, profile: str | None = None, region: str | None = None) -> S3Client: ...
@overload
def client(
    service: Literal["secretsmanager"], *, profile: str | None = None, region: str | None = None
) -> SecretsManagerClient: ...
@overload
def client(
    service: Literal["sns"], *, profile: str | None = None, region: str | None = None, attempts: int
) -> SNSClient: ...
@overload
def client(
    service: Literal["ssm"], *, profile: str | None = None, region: str | None = None
) -> SSMClient: ...
@overload
def client(
    service: Literal["sts"], *, profile: str | None = None, region: str | None = None
) -> STSClient: ...
def client(
    service: str, *, profile: str | None = None, region: str | None = None, attempts: int = ATTEMPTS
) -> BaseClient:
    """A boto3 client whose credentials have been found; nothing has been asked of the service yet.

    Credentials are resolved here and not at the first call, so that an expired session can be told with the
    profile it belongs to. Throttling, server errors and broken connections are tried again, `attempts` times
    in all. `AWS_ENDPOINT_URL` and its per-service forms are respected.

    Args:
        service: as boto3 calls it.
        profile: a profile of the AWS configuration; None means the standard chain.
        region: None means the configured one, else `HOME_REGION`.
        attempts: 1 where a second asking might do a thing twice.

    Raises:
        SettingsError: no such profile, an unreadable AWS configuration, a malformed region or endpoint.
        CredentialsError: none found, incomplete, or expired.
    """
    import boto3

    with translated(f"{service}:*", profile=profile):
        session = boto3.Session(profile_name=profile or None)
    configured = session.profile_name if session.profile_name != "default" else None
    with translated(f"{service}:*", profile=configured):
        try:
            where = region or session.region_name or HOME_REGION
            return _connected(session, service, region=where, attempts=attempts)
        except ValueError as error:
            if "Invalid endpoint" not in str(error):
                raise
            raise SettingsError(
                f"The AWS endpoint cannot be used: {error}.", "Correct AWS_ENDPOINT_URL."
            ) from error


def profiles() -> tuple[str, ...]:
    """The profiles of the AWS configuration. Raises: SettingsError: it cannot be read."""
    import boto3

    with translated("sts:*"):
        return tuple(boto3.Session().available_profiles)


def _connected(session: boto3.Session, service: str, *, region: str, attempts: int) -> BaseClient:
    from botocore.config import Config
    from botocore.exceptions import NoCredentialsError

    credentials = session.get_credentials()
    if credentials is None:
        raise NoCredentialsError
    credentials.get_frozen_credentials()
    config = Config(
        retries={"mode": "standard", "total_max_attempts": attempts},
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        max_pool_connections=CONNECTIONS,
    )
    made: BaseClient = session.client(service, region_name=region, config=config)  # type: ignore[call-overload]
    return made
