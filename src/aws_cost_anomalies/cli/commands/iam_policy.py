"""`iam-policy`: what to allow in AWS."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from aws_cost_anomalies.cli import options
from aws_cost_anomalies.cli.commands.command import Command
from aws_cost_anomalies.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_cost_anomalies.permissions import Feature
    from aws_cost_anomalies.settings import Settings

HELP = """The least a role has to be allowed, as an IAM policy: for what the configuration uses, or for the
features named, `all` for every one.

Buckets, topics, parameters and secrets are those of the configuration; where it names none, every one is
allowed. Asks nothing of AWS."""
EXAMPLES = (
    "iam-policy",
    "iam-policy --feature s3-export --feature athena",
    "iam-policy --feature all --format table",
)


def run(
    ctx: typer.Context,
    *,
    feature: Annotated[
        list[str] | None,
        typer.Option("--feature", metavar="NAME", help="A feature; may be given again [default: configured]"),
    ] = None,
    style: options.Format = "json",
) -> None:
    """Print the policy, or the table it is made of."""
    from aws_cost_anomalies import permissions
    from aws_cost_anomalies.cli.answers.policy import PrintedPolicy
    from aws_cost_anomalies.cli.formats import print_answer

    session: Session = ctx.obj
    settings = session.app().settings
    features = _wanted(feature or [], settings)
    if style != "json":
        print_answer(PrintedPolicy(features, permissions.places(settings)), style, session.screen())
        return
    if not any(each.grants for each in features):
        session.notices.note("this asks nothing of AWS, so there is nothing to allow.")
    # AWS refuses a policy with a key it does not know: no schema version here.
    sys.stdout.write(json.dumps(permissions.document(features, settings), indent=2) + "\n")


def _wanted(names: Sequence[str], settings: Settings) -> tuple[Feature, ...]:
    """The features named, every one for `all`, those the configuration uses for none."""
    from aws_cost_anomalies import permissions

    if "all" in names:
        return permissions.FEATURES
    return permissions.named(names) if names else permissions.needed(settings)


COMMAND = Command(HELP, EXAMPLES, run)
