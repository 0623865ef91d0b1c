"""`trends`: cost over time."""

from __future__ import annotations

from typing import Annotated

import typer

from aws_cost_anomalies.cli import options
from aws_cost_anomalies.cli.commands.command import Command
from aws_cost_anomalies.cli.commands.freshness import note_if_stale
from aws_cost_anomalies.cli.session import Session
from aws_cost_anomalies.model.period import Period

HELP = """Cost over time, the largest first: a line of blocks per row and the change since the day before.

The last 14 days by service unless asked otherwise. With --restatements: how later loads moved
days that had been loaded before, unblended and net-amortized, each source on its own."""
EXAMPLES = (
    "trends",
    "trends --group-by account --days 30",
    "trends --group-by tag:team --granularity weekly --days 84",
    "trends --filter service='Amazon Simple Storage Service' --group-by resource --period 2026-08",
    "trends --metric unblended --charges all --format csv",
    "trends --restatements",
)


def run(
    ctx: typer.Context,
    *,
    days: options.Days = 14,
    group_by: options.GroupBy = None,
    top: options.Top = 10,
    source: options.Source = None,
    metric: options.Metric = None,
    granularity: Annotated[
        str, options.one_of("--granularity", ("daily", "weekly", "monthly"), "Length of a bucket")
    ] = "daily",
    currency: options.Currency = None,
    charges: options.Charges = None,
    only: options.Filter = None,
    period: Annotated[
        str | None, typer.Option(metavar="FROM..TO", help="These days, or a month YYYY-MM, instead of --days")
    ] = None,
    restatements: Annotated[bool, typer.Option("--restatements", help="What later loads moved")] = False,
    style: options.Format = "table",
) -> None:
    """Print trends, or restatements."""
    from aws_cost_anomalies.cli.answers.accounts import known_accounts
    from aws_cost_anomalies.cli.answers.trends import PrintedTrends
    from aws_cost_anomalies.cli.formats import print_answer

    session: Session = ctx.obj
    screen, app = session.screen(), session.app()
    if restatements:
        from aws_cost_anomalies.cli.answers.restatements import PrintedRestatements

        moved = app.restatements(options.data_source(source))
        print_answer(PrintedRestatements(moved, session.as_of, metric), style, screen)
        return
    asked = options.asked(
        source=source,
        metric=metric,
        group_by=group_by,
        currency=currency,
        charges_text=charges,
        filters=only or (),
    )
    with screen.working("Summing costs"):
        answer = app.trends(
            asked,
            days=days,
            period=Period.parse(period) if period else None,
            granularity=granularity,
            top=top,
        )
    accounts = known_accounts(app, (row.scope for row in answer.rows))
    print_answer(PrintedTrends(answer, session.as_of, accounts), style, screen)
    note_if_stale(session, answer.view)


COMMAND = Command(HELP, EXAMPLES, run)
