"""`anomalies`: what moved without a good reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from aws_cost_anomalies.cli import options
from aws_cost_anomalies.cli.commands.command import Command, command_line
from aws_cost_anomalies.cli.commands.freshness import note_if_stale
from aws_cost_anomalies.cli.session import Session

if TYPE_CHECKING:
    from aws_cost_anomalies.model.anomaly import Anomaly

HELP = """Costs that moved without a good reason, the largest money first.

Each dollar is told once, however many levels --group-by names. With --fail-on the exit code is 1
when an anomaly is at least that severe."""
EXAMPLES = (
    "anomalies",
    "anomalies --days 7 --fail-on critical",
    "anomalies --group-by service,account+region --sensitivity high",
    "anomalies --detector mad --metric unblended",
    "anomalies --charges all --format json",
)
SEVERITIES = ("critical", "warning", "info")
"""The most severe first."""


def run(
    ctx: typer.Context,
    *,
    days: options.Days = 30,
    group_by: options.Levels = None,
    source: options.Source = None,
    metric: options.Metric = None,
    monitor: Annotated[
        str | None, typer.Option(metavar="NAME", help="A configured monitor [default: all of them]")
    ] = None,
    detector: options.Detector = None,
    sensitivity: options.Sensitivity = None,
    min_impact: options.MinImpact = None,
    currency: options.Currency = None,
    charges: options.Charges = None,
    fail_on: Annotated[
        str | None,
        options.one_of("--fail-on", SEVERITIES, "Exit with 1 when there is one at least as severe"),
    ] = None,
    style: options.Format = "table",
) -> None:
    """Print the anomalies. Raises: typer.Exit with 1 when `--fail-on` says so."""
    from aws_cost_anomalies.cli.answers.accounts import known_accounts
    from aws_cost_anomalies.cli.answers.anomalies import PrintedAnomalies, anomalies_of, scopes_of
    from aws_cost_anomalies.cli.formats import print_answer

    session: Session = ctx.obj
    screen, app = session.screen(), session.app()
    asked = options.asked(
        source=source, metric=metric, group_by=group_by, currency=currency, charges_text=charges,
        detector=detector, sensitivity=sensitivity, min_impact=min_impact, monitor=monitor,
    )  # fmt: skip
    with screen.working("Judging every day"):
        found = app.detect(asked, days=days)
    accounts = known_accounts(app, scopes_of(anomalies_of(found)))
    print_answer(PrintedAnomalies(found, accounts), style, screen)
    note_if_stale(session, found.view)
    if found.anomalies and style == "table":
        largest = found.anomalies[0].anomaly_id
        given = {
            "--group-by": group_by, "--source": source, "--metric": metric, "--detector": detector,
            "--sensitivity": sensitivity, "--min-impact": None if min_impact is None else f"{min_impact:g}",
            "--currency": currency, "--charges": charges,
        }  # fmt: skip
        of = [word for flag, value in given.items() if value is not None for word in (flag, value)]
        line = command_line(session, "explain", largest, *of)
        session.notices.note(f"`{line}` says who carries it.")
    if fail_on is not None and any(is_at_least(one, fail_on) for one in found.anomalies):
        raise typer.Exit(1)


def is_at_least(anomaly: Anomaly, severity: str) -> bool:
    """Whether an anomaly is as severe, or more."""
    return SEVERITIES.index(anomaly.severity) <= SEVERITIES.index(severity)


COMMAND = Command(HELP, EXAMPLES, run)
