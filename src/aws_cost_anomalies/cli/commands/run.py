"""`run`: the whole morning in one command."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from aws_cost_anomalies.cli import options
from aws_cost_anomalies.cli.commands.alert import note_unsent
from aws_cost_anomalies.cli.commands.command import Command
from aws_cost_anomalies.cli.session import Session

if TYPE_CHECKING:
    from aws_cost_anomalies.app import App
    from aws_cost_anomalies.cli.screen import Progress, Screen
    from aws_cost_anomalies.daily import Report
    from aws_cost_anomalies.model.answers import Asked, Wanted

HELP = """Ingest, detect, explain, alert: what cron or a scheduler calls every day.

Without --source every configured source is read. Nothing is told twice, however often it is called, and an
export that did not change is not loaded again; Cost Explorer is paid again. What fails does not stop the
rest: old data is still judged, and the answer says what is missing. When there was no good run for 36 hours,
the channels are told that; one whose newest data is more than four days old is none."""
EXAMPLES = (
    "run",
    "run --source cost-explorer --days 14",
    "run --source sample --path sample",
    "run --no-ingest --format json",
)


def run(
    ctx: typer.Context,
    *,
    source: Annotated[
        list[str] | None,
        typer.Option(
            "--source", metavar="WORD", help="Only this source; may be repeated [default: configured]"
        ),
    ] = None,
    path: Annotated[
        str | None, typer.Option(metavar="DIR|s3://…", help="Where its export lies [default: as configured]")
    ] = None,
    days: Annotated[
        int | None, options.count("--days", options.MOST_DAYS, "Days that Cost Explorer is asked for")
    ] = None,
    no_ingest: Annotated[bool, typer.Option("--no-ingest", help="Judge what is loaded")] = False,
    currency: options.Currency = None,
    style: options.Format = "table",
) -> None:
    """Run and print. Raises: typer.Exit with the code of the worst problem."""
    from aws_cost_anomalies.cli.answers.daily import PrintedReport
    from aws_cost_anomalies.cli.formats import print_answer
    from aws_cost_anomalies.model.answers import Asked, Wanted

    session: Session = ctx.obj
    screen, app = session.screen(), session.app()
    names = [_source(name) for name in source or ()] or list(app.sources())
    wanted = [
        Wanted(source=name, path=path, days=days if name == "cost_explorer" else None) for name in names
    ]
    asked = Asked(currency=currency)
    report = _worked(screen, app, [] if no_ingest else wanted, asked, style=style)
    print_answer(PrintedReport(report, session.as_of), style, screen)
    note_unsent(session, app)
    for problem in report.problems:
        session.notices.failure(problem.message, problem.hint)
    if report.problems:
        raise typer.Exit(report.problems[0].exit_code)


def _source(name: str) -> str:
    from aws_cost_anomalies.cli.usage import nearest
    from aws_cost_anomalies.errors import InvalidArgument

    word = name.lower().replace("_", "-")
    if word not in options.SOURCES:
        raise InvalidArgument(
            "--source", name, ", ".join(options.SOURCES), hint=nearest(word, options.SOURCES)
        )
    return word.replace("-", "_")


def _worked(screen: Screen, app: App, wanted: list[Wanted], asked: Asked, *, style: str) -> Report:
    """The report of the run; what is printed as an alert goes beside a machine's answer."""
    from aws_cost_anomalies.daily import Report

    report = Report()
    with contextlib.ExitStack() as stack:
        if style != "table":
            stack.enter_context(contextlib.redirect_stdout(sys.stderr))
        progress = stack.enter_context(screen.working("Reading what is there"))
        for step in app.run(wanted, asked, wait=time.sleep):
            if isinstance(step, Report):
                report = step
            else:
                _follow(progress, step)
    return report


def _follow(progress: Progress, step: object) -> None:
    from aws_cost_anomalies.model.alert import OutboxEntry
    from aws_cost_anomalies.model.answers import LoadedBill

    if isinstance(step, LoadedBill):
        progress.at(f"{step.billing_period} {step.status}")
    elif isinstance(step, OutboxEntry):
        progress.at(f"{step.channel}: {step.delivery}")
    else:
        progress.at("Alerts decided")


COMMAND = Command(HELP, EXAMPLES, run)
