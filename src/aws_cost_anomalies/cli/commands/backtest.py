"""`backtest`: what a daily run would have told, replayed over history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from aws_cost_anomalies.cli import options
from aws_cost_anomalies.cli.commands.command import Command
from aws_cost_anomalies.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from aws_cost_anomalies.app import App
    from aws_cost_anomalies.cli.formats import Printed
    from aws_cost_anomalies.model.answers import Asked

HELP = """What a daily run would have told, replayed over history day by day: a verdict on a day sees the
charges up to that day and nothing later.

With --labels it says how well the anomalies agree with what somebody knows happened: a CSV file with
kind,start_date,end_date and one column per dimension, an empty cell meaning any; or aws-anomalies, those
imported from AWS Cost Anomaly Detection with feedback YES. With --alerts-per-week
it looks for the most sensitive setting that keeps to the budget and shows what that keeps silent about.
With --inject it plants labelled anomalies in your own history and says how many are found. Their size is
a share of the usual cost: a spike (one day) and a step up (14 days) add it, a drift (21 days) grows to it,
a drop (two days) takes it away; 300% is four times the usual, and a drop of 100% leaves nothing."""
EXAMPLES = (
    "backtest",
    "backtest --start 2026-07-01 --end 2026-08-31 --labels labels.csv",
    "backtest --alerts-per-week 2",
    "backtest --inject --group-by service",
    "backtest --detector mad --format json",
)


def run(
    ctx: typer.Context,
    *,
    start: Annotated[
        str | None, typer.Option(metavar="DATE", help="First day replayed [default: the first loaded]")
    ] = None,
    end: Annotated[
        str | None, typer.Option(metavar="DATE", help="Last day replayed [default: the last loaded]")
    ] = None,
    labels: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|aws-anomalies", help="Known anomalies: a CSV file, or those confirmed in AWS"
        ),
    ] = None,
    alerts_per_week: Annotated[
        float | None, typer.Option("--alerts-per-week", min=0.0, metavar="N", help="Alert budget to keep to")
    ] = None,
    inject: Annotated[
        bool, typer.Option("--inject", help="Plant anomalies and say how many are found")
    ] = False,
    group_by: options.GroupBy = None,
    source: options.Source = None,
    metric: options.Metric = None,
    detector: options.Detector = None,
    sensitivity: Annotated[
        str | None, typer.Option(metavar="WORD", help="low, medium, high or a score [default: configured]")
    ] = None,
    min_impact: options.MinImpact = None,
    currency: options.Currency = None,
    charges: options.Charges = None,
    style: options.Format = "table",
) -> None:
    """Print the replay."""
    from aws_cost_anomalies.cli.formats import print_answer
    from aws_cost_anomalies.errors import InvalidArgument
    from aws_cost_anomalies.model.period import parse_day

    session: Session = ctx.obj
    asked = options.asked(
        source=source, metric=metric, group_by=group_by, currency=currency, charges_text=charges,
        detector=detector, sensitivity=sensitivity, min_impact=min_impact,
    )  # fmt: skip
    if inject and alerts_per_week is not None:
        raise InvalidArgument("--inject", "--alerts-per-week", "one of the two at a time")
    days = {
        "start": parse_day(start, "--start") if start else None,
        "end": parse_day(end, "--end") if end else None,
    }
    screen, app = session.screen(), session.app()
    with screen.working("Replaying every day"):
        if inject:
            answer = _planted(app, asked, days)
        elif alerts_per_week is not None:
            answer = _budget(app, asked, days, alerts_per_week=alerts_per_week)
        else:
            answer = _replay(app, asked, days, labels=labels)
    print_answer(answer, style, screen)


def _replay(app: App, asked: Asked, days: Mapping[str, date | None], *, labels: str | None) -> Printed:
    from pathlib import Path

    from aws_cost_anomalies.cli.answers.accounts import known_accounts
    from aws_cost_anomalies.cli.answers.backtest import PrintedBacktest, replayed_scopes

    known = app.read_labels(None if labels == "aws-anomalies" else Path(labels)) if labels else ()
    replay = app.backtest(asked, start=days["start"], end=days["end"], known=known)
    return PrintedBacktest(replay, known_accounts(app, replayed_scopes(replay)))


def _budget(app: App, asked: Asked, days: Mapping[str, date | None], *, alerts_per_week: float) -> Printed:
    from aws_cost_anomalies.cli.answers.accounts import known_accounts
    from aws_cost_anomalies.cli.answers.backtest import PrintedBudget, budget_scopes

    budget = app.within_budget(asked, alerts_per_week, start=days["start"], end=days["end"])
    return PrintedBudget(budget, known_accounts(app, budget_scopes(budget)))


def _planted(app: App, asked: Asked, days: Mapping[str, date | None]) -> Printed:
    from aws_cost_anomalies.cli.answers.backtest import PrintedPlanted

    return PrintedPlanted(app.planted(asked, start=days["start"], end=days["end"]))


COMMAND = Command(HELP, EXAMPLES, run)
