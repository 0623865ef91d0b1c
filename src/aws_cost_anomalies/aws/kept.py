"""Secrets that AWS keeps: parameters of Systems Manager and secrets of Secrets Manager. Logs none of them."""

from __future__ import annotations

from aws_cost_anomalies.aws.failures import translated
from aws_cost_anomalies.aws.session import client
from aws_cost_anomalies.errors import MissingLocation, SettingsError
from aws_cost_anomalies.quiet import hushed


def parameter(name: str, *, profile: str | None = None) -> str:
    """The value of a parameter, decrypted.

    Args:
        name: `/path/name`, or an ARN, whose region is then asked.
        profile: as everywhere.

    Raises:
        MissingLocation: there is no such parameter.
        AccessDenied, CredentialsError, ServiceUnavailable: AWS would not say.
    """
    ssm = client("ssm", profile=profile, region=_region(name))
    absent = ssm.exceptions.ParameterNotFound
    with hushed("botocore", "boto3", "urllib3"), translated("ssm:GetParameter", name, profile=profile):
        try:
            return ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
        except absent:
            raise MissingLocation("SSM parameter", name) from None


def secret_value(name: str, *, profile: str | None = None) -> str:
    """The text of a secret.

    Args:
        name: its name, or its ARN, whose region is then asked.
        profile: as everywhere.

    Raises:
        MissingLocation: there is no such secret.
        SettingsError: it holds bytes, not text.
        AccessDenied, CredentialsError, ServiceUnavailable: AWS would not say.
    """
    manager = client("secretsmanager", profile=profile, region=_region(name))
    absent = manager.exceptions.ResourceNotFoundException
    asked = translated("secretsmanager:GetSecretValue", name, profile=profile)
    with hushed("botocore", "boto3", "urllib3"), asked:
        try:
            answer = manager.get_secret_value(SecretId=name)
        except absent:
            raise MissingLocation("secret", name) from None
    if "SecretString" not in answer:
        raise SettingsError(f"The secret {name} holds bytes.", "Store it as text.")
    return answer["SecretString"]


def _region(name: str) -> str | None:
    """The region an ARN names; None for a plain name."""
    parts = name.split(":")
    return parts[3] if name.startswith("arn:") and len(parts) > 3 else None  # noqa: PLR2004
