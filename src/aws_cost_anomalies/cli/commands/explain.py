"""`explain`: one anomaly in full."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from aws_cost_anomalies.cli import options
from aws_cost_anomalies.cli.commands.command import Command
from aws_cost_anomalies.cli.session import Session

HELP = """One anomaly in full: what was expected, what came, what it costs, and who carries it to the cent.

ANOMALY_ID is the id that `anomalies` prints; its first characters are enough. Ask with the same
--metric and --group-by."""
EXAMPLES = ("explain 3f2a91c07b5d", "explain 3f2a --format json", "explain 3f2a --who")


def run(
    ctx: typer.Context,
    anomaly_id: Annotated[str, typer.Argument(metavar="ANOMALY_ID", help="Its id, or how it begins")],
    *,
    group_by: options.GroupBy = None,
    source: options.Source = None,
    metric: options.Metric = None,
    detector: options.Detector = None,
    sensitivity: options.Sensitivity = None,
    min_impact: options.MinImpact = None,
    currency: options.Currency = None,
    charges: options.Charges = None,
    who: Annotated[
        bool, typer.Option("--who", help="Ask CloudTrail who changed what around its first day (free)")
    ] = False,
    style: options.Format = "table",
) -> None:
    """Print the explanation."""
    from aws_cost_anomalies.cli.answers.accounts import known_accounts
    from aws_cost_anomalies.cli.answers.explanation import PrintedExplanation, scopes_in
    from aws_cost_anomalies.cli.formats import print_answer

    session: Session = ctx.obj
    screen, app = session.screen(), session.app()
    asked = options.asked(
        source=source, metric=metric, group_by=group_by, currency=currency, charges_text=charges,
        detector=detector, sensitivity=sensitivity, min_impact=min_impact,
    )  # fmt: skip
    with screen.working("Looking for who carries it"):
        told = app.explain(anomaly_id, asked)
    if who:
        with screen.working("Asking CloudTrail"):
            told = app.with_activity(told, time.sleep)
    accounts = known_accounts(app, scopes_in(told))
    print_answer(PrintedExplanation(told, session.as_of, accounts), style, screen)


COMMAND = Command(HELP, EXAMPLES, run)
