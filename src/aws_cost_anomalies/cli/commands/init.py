"""`init`: write a first configuration."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aws_cost_anomalies.cli import asking
from aws_cost_anomalies.cli.commands.command import Command
from aws_cost_anomalies.cli.session import Session

if TYPE_CHECKING:
    from aws_cost_anomalies.aws.exports import Export
    from aws_cost_anomalies.beginning import Found

HELP = """Write a commented config.yaml: look for AWS profiles and for exports of the bill, ask at most six
questions, and take the best that was found for those nobody answers.

Flags answer questions before they are asked; without a terminal, or with --yes, none is asked. Nothing paid
is asked of AWS. The file is its owner's alone and holds no secret: an address stays where it is kept."""
EXAMPLES = (
    "init",
    "init --yes",
    "init --profile costs --export s3://my-bucket/exports/daily --tags team,env",
    "init --yes --cost-explorer --channel slack --secret env:SLACK_WEBHOOK --min-impact 100",
)
CONFIG = "config.yaml"


@dataclass(frozen=True, slots=True)
class Answers:
    """What the flags answered; None is asked, or left to be found."""

    profile: str | None
    export: str | None
    source: str
    cost_explorer: bool
    tags: str | None
    channel: str | None
    secret: str | None
    min_impact: float | None


def run(  # noqa: PLR0913 - a flag for each question
    ctx: typer.Context,
    *,
    profile: Annotated[str | None, typer.Option(metavar="NAME", help="AWS profile; '' for none")] = None,
    export: Annotated[
        str | None, typer.Option(metavar="s3://…", help="Where the export lies [default: the best one found]")
    ] = None,
    source: Annotated[
        str, typer.Option(metavar="cur|focus", help="What kind of export lies at --export")
    ] = "cur",
    cost_explorer: Annotated[
        bool, typer.Option("--cost-explorer", help="Read Cost Explorer, not an export")
    ] = False,
    tags: Annotated[str | None, typer.Option(metavar="KEY,…", help="Tag keys to keep")] = None,
    channel: Annotated[
        str | None, typer.Option(metavar="KIND", help="slack, teams, webhook, or stdout for none")
    ] = None,
    secret: Annotated[
        str | None, typer.Option(metavar="REF", help="Where its address is kept, e.g. env:SLACK_WEBHOOK")
    ] = None,
    min_impact: Annotated[
        float | None, typer.Option("--min-impact", metavar="AMOUNT", help="Least impact that is told")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; take what is found")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Do not look for exports in AWS")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a configuration that is there")] = False,
) -> None:
    """Ask, look, write. Raises: UsageError."""
    from aws_cost_anomalies.beginning import Wishes, exists_already, save, written

    session: Session = ctx.obj
    file = Path(session.config or CONFIG)
    if file.exists() and not force:
        raise exists_already(file)
    answers = Answers(profile, export, source, cost_explorer, tags, channel, secret, min_impact)
    ask = asking.Questions(may_ask=not yes and sys.stdin.isatty())
    chosen = _profile(ask, answers)
    bill = _bill(session, ask, answers, profile=chosen, is_offline=offline)
    kept = ask.text("Tag keys to keep, with commas between them", answers.tags, default="")
    kind, place, least = _channel(ask, answers)
    wishes = Wishes(chosen, bill, asking.words(kept), channel=kind, secret=place, minimum=least)
    save(written(wishes), file, replaces=force)
    reads = f"{bill.name} ({bill.called}) in {bill.location}" if bill else "Cost Explorer"
    session.notices.plain(f"{file} is written, for you alone to read. The bill is {reads}.")
    session.notices.plain("Next: `aws-cost-anomalies doctor`, then `aws-cost-anomalies run`.")


def _profile(ask: asking.Questions, answers: Answers) -> str:
    from aws_cost_anomalies import aws

    names = aws.profiles()
    if answers.profile is None and not names:
        return ""
    known = f" ({', '.join(names)})" if names else ""
    return ask.text(f"AWS profile, empty for the standard chain{known}", answers.profile, default="")


def _bill(
    session: Session, ask: asking.Questions, answers: Answers, *, profile: str, is_offline: bool
) -> Export | None:
    """The export to read; None for Cost Explorer."""
    from aws_cost_anomalies.beginning import Found, found_exports

    if answers.cost_explorer:
        return None
    found = Found() if is_offline else found_exports(profile or None)
    for problem in found.problems:
        session.notices.note(f"exports could not be looked for: {problem}")
    for number, each in enumerate(found.exports, start=1):
        when = f", last delivered {each.refreshed_at:%Y-%m-%d}" if each.refreshed_at else ""
        trouble = f"; AWS says: {each.trouble}" if each.trouble else ""
        session.notices.plain(f"{number}. {each.name} ({each.called}) in {each.location}{when}{trouble}")
    default = "1" if found.exports else ""
    said = ask.text(
        "Bill: a number, s3://bucket/prefix, or empty for Cost Explorer", answers.export, default=default
    )
    return _meant(said, found, source=answers.source)


def _meant(said: str, found: Found, *, source: str) -> Export | None:
    """The export that an answer means. Raises: InvalidArgument."""
    from aws_cost_anomalies.aws.exports import Export
    from aws_cost_anomalies.errors import InvalidArgument

    if source not in {"cur", "focus"}:
        raise InvalidArgument("--source", source, "cur, focus")
    if not said:
        return None
    for number, each in enumerate(found.exports, start=1):
        if said.rstrip("/") in {str(number), each.name, each.location}:
            return each
    bucket, _, prefix = said.removeprefix("s3://").partition("/")
    if not said.startswith("s3://") or not bucket:
        raise InvalidArgument("The bill", said, "a number or name of those found, or s3://bucket/prefix")
    called = "FOCUS export" if source == "focus" else "CUR"
    name = prefix.strip("/").rpartition("/")[2] or bucket
    return Export(name, "focus" if source == "focus" else "cur", called, bucket, prefix.strip("/"), "")


def _channel(ask: asking.Questions, answers: Answers) -> tuple[str, str, float]:
    """Kind of the channel, where its secret is kept, and the least impact. Raises: InvalidArgument."""
    kind = ask.one_of("Alerts go to", answers.channel, of=asking.CHANNELS, default="stdout")
    if kind == "stdout":
        return kind, "", 0.0
    variable = f"env:{kind.upper()}_WEBHOOK"
    place = asking.reference(ask.text("Where its address is kept", answers.secret, default=variable))
    return kind, place, ask.amount("Least impact that is told, in currency", answers.min_impact, default=0.0)


COMMAND = Command(HELP, EXAMPLES, run)
