"""What a failure before or without an answer of AWS means: credentials, configuration, network.

Imported only where botocore is loaded already.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from botocore import exceptions as boto
from botocore.session import Session

from aws_cost_anomalies.aws.call import Call
from aws_cost_anomalies.errors import (
    CostAnomaliesError,
    CredentialsError,
    ServiceUnavailable,
    SettingsError,
    UsageError,
)

_REGION_IN_HOST = re.compile(r"(?:^|\.)([a-z]{2}(?:-[a-z0-9]+)+-\d+)\.amazonaws\.")


def breakdown_of(call: Call, error: boto.BotoCoreError) -> CostAnomaliesError:
    """The error that a failure of botocore stands for; one nobody foresaw stays a bug and says so."""
    for kinds, meaning in _MEANINGS:
        if isinstance(error, kinds):
            return meaning(call, error)
    return CostAnomaliesError(f"{call.action} failed: {error}")


def _no_credentials(_: Call, __: boto.BotoCoreError) -> CostAnomaliesError:
    return CredentialsError(
        "No AWS credentials were found.",
        "Set `aws_profile`, export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run `aws configure`.",
    )


def _partial_credentials(_: Call, error: boto.BotoCoreError) -> CostAnomaliesError:
    missing = error.kwargs.get("cred_var", "one part")
    return CredentialsError(
        f"The AWS credentials are incomplete: {missing} is missing.",
        f"Set {missing} where the rest is set, or choose another `aws_profile`.",
    )


def _signed_out(call: Call, _: boto.BotoCoreError) -> CostAnomaliesError:
    of = f" of profile {call.profile!r}" if call.profile else ""
    return CredentialsError(
        f"The AWS single sign-on session{of} has expired or was never opened.", f"Run `{call.sign_in}`."
    )


def _logged_out(call: Call, _: boto.BotoCoreError) -> CostAnomaliesError:
    command = f"aws login --profile {call.profile}" if call.profile else "aws login"
    return CredentialsError("The AWS login session has expired or was never opened.", f"Run `{command}`.")


def _unfetched(call: Call, error: boto.BotoCoreError) -> CostAnomaliesError:
    of = f" of profile {call.profile!r}" if call.profile else ""
    provider = error.kwargs.get("provider", "their provider")
    return CredentialsError(
        f"The AWS credentials{of} could not be fetched from {provider}.",
        "Try `aws sts get-caller-identity` with the same profile; it has to work first.",
    )


def _no_profile(_: Call, error: boto.BotoCoreError) -> CostAnomaliesError:
    profile = error.kwargs.get("profile", "")
    return SettingsError(
        f"The AWS profile {profile!r} is not configured.",
        "`aws configure list-profiles` lists those that are; set `aws_profile` to one of them.",
    )


def _bad_configuration(_: Call, error: boto.BotoCoreError) -> CostAnomaliesError:
    return SettingsError(f"The AWS configuration cannot be used: {error}", "Correct it and try again.")


def _unreachable(call: Call, error: boto.BotoCoreError) -> CostAnomaliesError:
    host = urlsplit(str(error.kwargs.get("endpoint_url", ""))).hostname or ""
    region = _REGION_IN_HOST.search(host)
    if region and region.group(1) not in _known_regions():
        return SettingsError(
            f"{region.group(1)!r} is not a region this program knows, and {host} does not answer.",
            "Correct the region in config.yaml or in the AWS configuration.",
        )
    return ServiceUnavailable(
        call.service,
        f"{host or 'its endpoint'} cannot be reached",
        "Check the network and the proxy, then try again; nothing was changed.",
    )


def _broken_off(call: Call, error: boto.BotoCoreError) -> CostAnomaliesError:
    late = isinstance(error, boto.ReadTimeoutError | boto.ConnectTimeoutError)
    return ServiceUnavailable(call.service, "it took too long" if late else "the connection broke off")


def _spoilt(call: Call, _: boto.BotoCoreError) -> CostAnomaliesError:
    return ServiceUnavailable(call.service, f"{call.resource or 'its answer'} came with another checksum")


def _refused_here(call: Call, error: boto.BotoCoreError) -> CostAnomaliesError:
    return UsageError(f"{call.action} cannot be asked like this: {str(error).splitlines()[-1]}")


def _known_regions() -> frozenset[str]:
    session = Session()
    partitions = session.get_available_partitions()
    return frozenset(r for p in partitions for r in session.get_available_regions("ec2", partition_name=p))


_Meaning = Callable[[Call, boto.BotoCoreError], CostAnomaliesError]
_MEANINGS: tuple[tuple[tuple[type[boto.BotoCoreError], ...], _Meaning], ...] = (
    ((boto.NoCredentialsError,), _no_credentials),
    ((boto.PartialCredentialsError,), _partial_credentials),
    ((boto.SSOError, boto.TokenRetrievalError, boto.NoAuthTokenError), _signed_out),
    ((boto.LoginError,), _logged_out),
    (
        (boto.CredentialRetrievalError, boto.MetadataRetrievalError, boto.RefreshWithMFAUnsupportedError),
        _unfetched,
    ),
    ((boto.ProfileNotFound,), _no_profile),
    (
        (
            boto.ConfigParseError,
            boto.ConfigNotFound,
            boto.InvalidConfigError,
            boto.BaseEndpointResolverError,
            boto.InvalidRegionError,
            boto.InvalidRetryConfigurationError,
            boto.InvalidProxiesConfigError,
            boto.InvalidDefaultsMode,
            boto.InvalidIMDSEndpointError,
            boto.MissingDependencyException,
            boto.UnknownCredentialError,
        ),
        _bad_configuration,
    ),
    (
        (boto.EndpointConnectionError, boto.ProxyConnectionError, boto.SSLError),
        _unreachable,
    ),
    ((boto.ChecksumError, boto.FlexibleChecksumError), _spoilt),
    ((boto.HTTPClientError, boto.IncompleteReadError), _broken_off),
    ((boto.ParamValidationError, boto.ValidationError), _refused_here),
)
"""Exception classes and their meaning; the first row that fits holds."""
