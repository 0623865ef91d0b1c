"""Whether the credentials may do what the configuration needs, as IAM simulates it: free and harmless."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from aws_cost_anomalies import permissions
from aws_cost_anomalies.aws.simulation import Asked, denied, principal_of
from aws_cost_anomalies.checkup.credentials import Credentials
from aws_cost_anomalies.errors import AccessDenied, CostAnomaliesError
from aws_cost_anomalies.model.checkup import Check, State
from aws_cost_anomalies.permissions import Feature
from aws_cost_anomalies.settings import Settings

AREA = "permissions"
HOW = "`iam-policy` prints what is needed; `iam-policy --feature doctor` what lets it be checked."


def checks(settings: Settings, credentials: Credentials) -> Iterator[Check]:
    """A check for each part of the program that asks AWS."""
    features = [feature for feature in permissions.needed(settings) if feature.grants]
    if not features:
        return
    if credentials.identity is None:
        yield Check(AREA, State.UNCHECKED, credentials.why_not, "`iam-policy` prints what is needed.")
        return
    if credentials.identity.is_root:
        remedy = "Make a role with the policy that `iam-policy` prints, and use that."
        yield Check(AREA, State.WARNING, "the root user may do everything", remedy)
        return
    try:
        principal = principal_of(credentials.identity, profile=credentials.profile)
        for feature in features:
            yield _feature(feature, settings, principal=principal, credentials=credentials)
    except AccessDenied as error:
        yield Check(AREA, State.UNCHECKED, error.message.rstrip("."), HOW)
    except CostAnomaliesError as error:
        yield Check(AREA, State.UNCHECKED, error.message.rstrip("."), error.hint or HOW)


def _feature(feature: Feature, settings: Settings, *, principal: str, credentials: Credentials) -> Check:
    """What of one part is not allowed."""
    refused: list[str] = []
    for grant in feature.grants:
        statement: Mapping[str, Any] = permissions.statement(feature, grant, settings=settings)
        prefixes = statement.get("Condition", {}).get("StringLike", {}).get("s3:prefix", ())
        asked = Asked(tuple(statement["Action"]), tuple(statement["Resource"]), tuple(prefixes))
        refused += denied(asked, principal, profile=credentials.profile, region=settings.s3.region)
    if not refused:
        actions = ", ".join(action for grant in feature.grants for action in grant.actions)
        return Check(AREA, State.OK, f"{feature.name}: {actions}")
    remedy = f"`aws-cost-anomalies iam-policy --feature {feature.name}` prints the policy that allows it."
    is_optional = feature.name in permissions.OPTIONAL
    state = State.WARNING if is_optional else State.PROBLEM
    said = f"{feature.name}: IAM denies {', '.join(dict.fromkeys(refused))}"
    return Check(AREA, state, said, remedy, AccessDenied.exit_code)
