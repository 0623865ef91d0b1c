"""`ingest`: bring bills into the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from aws_cost_anomalies.cli import options
from aws_cost_anomalies.cli.commands.command import Command
from aws_cost_anomalies.cli.session import Session
from aws_cost_anomalies.errors import CostAnomaliesError, InvalidArgument, PartialResult

if TYPE_CHECKING:
    from aws_cost_anomalies.app import App
    from aws_cost_anomalies.cli.screen import Screen
    from aws_cost_anomalies.ingestion import Import
    from aws_cost_anomalies.model.answers import Ingested, Wanted
    from aws_cost_anomalies.second_opinion import OpinionImport

HELP = """Bring a bill into the store, billing period by billing period; what did not change is not loaded
again.

Without --source the configured one: an S3 export if there is one, else Cost Explorer, whose
requests cost 0.01 USD each. How many it takes is said before. Exit code 5 when a period could not
be loaded; the last good version of it stays. That is so too where another export of the same source
holds its charges already: they would count twice. --forget drops what an export has loaded, or one
--date of it, so that another one can take its place."""
EXAMPLES = (
    "ingest --source sample --path sample",
    "ingest --source cost-explorer --days 30 --max-paid-requests 20",
    "ingest --source cur",
    "ingest --source cur --path s3://my-bucket/exports --date 2026-08",
    "ingest --source focus --path ./exports --full-refresh",
    "ingest --source aws-anomalies",
    "ingest --source cur --forget old-report --date 2026-08",
)


def run(
    ctx: typer.Context,
    *,
    source: Annotated[
        str | None,
        options.one_of("--source", (*options.SOURCES, "aws-anomalies"), "Where from", unset="configured"),
    ] = None,
    days: Annotated[
        int | None,
        options.count("--days", options.MOST_DAYS, "Days back from today; at most 365 of Cost Explorer"),
    ] = None,
    date: Annotated[str | None, typer.Option(metavar="YYYY-MM", help="One billing period")] = None,
    path: Annotated[
        str | None, typer.Option(metavar="DIR|s3://…", help="Where the export lies [default: as configured]")
    ] = None,
    group_by: Annotated[
        str | None,
        typer.Option(
            metavar="DIMS",
            help="Cost Explorer's grouping [default: service+account]; a third multiplies requests",
        ),
    ] = None,
    full_refresh: Annotated[bool, typer.Option("--full-refresh", help="Load what is unchanged, too")] = False,
    max_paid_requests: Annotated[
        int | None,
        options.count("--max-paid-requests", 1_000_000, "Stop before paying for more [default: 100]"),
    ] = None,
    forget: Annotated[
        str | None, typer.Option(metavar="EXPORT", help="Drop what it has loaded; load nothing")
    ] = None,
    style: options.Format = "table",
) -> None:
    """Ingest and print what was done. Raises: typer.Exit with 5 when a period failed."""
    from aws_cost_anomalies.cli.answers.ingested import PrintedIngest
    from aws_cost_anomalies.cli.formats import print_answer
    from aws_cost_anomalies.model.answers import Wanted

    session: Session = ctx.obj
    wanted = Wanted(
        source=source.replace("-", "_") if source else None,
        days=days,
        month=date,
        path=path,
        group_by=group_by,
        full_refresh=full_refresh,
        max_paid_requests=max_paid_requests,
    )
    screen = session.screen()
    if forget is None:
        done, trouble = ingested(session, screen, session.app(), wanted=wanted)
    else:
        done, trouble = _forgotten(forget, session.app(), wanted), None
    print_answer(PrintedIngest(done, session.as_of), style, screen)
    failed = [bill for bill in done.bills if bill.status == "failed"]
    for bill in failed:
        session.notices.failure(bill.problem, bill.hint)
    if trouble is not None:
        raise trouble
    if failed:
        raise typer.Exit(PartialResult.exit_code)


def ingested(
    session: Session, screen: Screen, app: App, *, wanted: Wanted
) -> tuple[Ingested, PartialResult | None]:
    """What an ingest did and what stopped it, its plan told before and each billing period while it runs."""
    from aws_cost_anomalies.model.answers import Ingested

    job = app.plan_ingest(wanted)
    _tell_plan(session, job)
    bills, trouble = [], None
    with screen.working("Reading what is there") as progress:
        try:
            for bill in app.ingest(job):
                bills.append(bill)
                progress.at(f"{bill.billing_period} {bill.status}")
        except CostAnomaliesError as error:
            if not bills or not isinstance(error, PartialResult):
                _tell_paid(session, job)
                raise
            trouble = error  # what came before is on disk, so it is told before the trouble is
    return Ingested(tuple(bills), job.paid_requests), trouble


def _tell_paid(session: Session, job: Import | OpinionImport) -> None:
    """Say what was paid for nothing: an ingest that fails has no answer that would."""
    from aws_cost_anomalies.cli.answers.ingested import price

    if job.paid_requests:
        session.notices.plain(price(job.paid_requests))


def _forgotten(export: str, app: App, wanted: Wanted) -> Ingested:
    """What was dropped of an export. Raises: InvalidArgument: what says how to load."""
    beside = {
        "--days": wanted.days,
        "--path": wanted.path,
        "--group-by": wanted.group_by,
        "--full-refresh": wanted.full_refresh or None,
        "--max-paid-requests": wanted.max_paid_requests,
    }
    for flag, value in beside.items():
        if value is not None:
            raise InvalidArgument(flag, value, "nothing, together with --forget")
    if wanted.source == "aws_anomalies":
        raise InvalidArgument(
            "--source", "aws-anomalies", "the data source of an export, together with --forget"
        )
    return app.forget(export, wanted.source, wanted.month)


def _tell_plan(session: Session, job: Import | OpinionImport) -> None:
    """Say what will be done and what it costs before it is done."""
    for step in job.plan.steps:
        session.notices.plain(step)


COMMAND = Command(HELP, EXAMPLES, run)
