"""IAM policy documents made of the table: those of features named, or those a configuration uses."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from aws_cost_anomalies import kinds
from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.permissions.features import FEATURES, Feature, Grant
from aws_cost_anomalies.permissions.places import SECRETS_MANAGER, SSM, places, prefixes, references
from aws_cost_anomalies.settings import Settings

VERSION = "2012-10-17"
"""Of the policy language; there is no later one."""


def named(names: Sequence[str]) -> tuple[Feature, ...]:
    """The features of these names, in the order of the table. Raises: InvalidArgument."""
    known = [feature.name for feature in FEATURES]
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean `{near[0]}`?" if near else ""
            raise InvalidArgument("--feature", name, ", ".join(known), hint=hint)
    return tuple(feature for feature in FEATURES if feature.name in names)


def needed(settings: Settings) -> tuple[Feature, ...]:
    """The features that a daily run with this configuration uses."""
    asks_explorer = kinds.default_source(settings) == "cost_explorer"
    referred = tuple(references(settings))
    used = {
        "cost-explorer": asks_explorer,
        "organizations": asks_explorer,
        "s3-export": not asks_explorer,
        "athena": settings.engine.kind == "athena",
        "spark": settings.engine.kind == "spark",
        "cloudtrail": settings.alerts.who_did_it,
        "sns": any(channel.kind == "sns" for channel in settings.channels),
        "ssm": any(each.startswith(SSM) for each in referred),
        "secretsmanager": any(each.startswith(SECRETS_MANAGER) for each in referred),
        "bedrock": settings.alerts.narrator == "llm" and settings.agent.is_on_bedrock,
        "lambda-store": bool(settings.database.remote),
    }
    return tuple(feature for feature in FEATURES if used.get(feature.name))


def document(features: Sequence[Feature], settings: Settings) -> dict[str, object]:
    """The policy that allows exactly what these features ask."""
    statements = [
        statement(feature, grant, settings=settings) for feature in features for grant in feature.grants
    ]
    return {"Version": VERSION, "Statement": statements}


def statement(feature: Feature, grant: Grant, *, settings: Settings) -> Mapping[str, object]:
    """One grant of a feature, its resources as this configuration names them."""
    made: dict[str, object] = {
        "Sid": _sid(feature, grant),
        "Effect": "Allow",
        "Action": list(grant.actions),
        "Resource": list(places(settings)[grant.on]),
    }
    if listed := prefixes(settings).get(grant.on):
        made["Condition"] = {"StringLike": {"s3:prefix": list(listed)}}
    return made


def _sid(feature: Feature, grant: Grant) -> str:
    """Letters and digits only, as IAM wants it, and unlike any other of the table."""
    words = feature.name.split("-")
    return "".join(word.capitalize() for word in words) + grant.on.name.title().replace("_", "")
