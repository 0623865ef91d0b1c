"""`feedback`: what people say of an anomaly, and what that changes."""

from __future__ import annotations

from typing import Annotated

import typer

from aws_cost_anomalies.cli import options
from aws_cost_anomalies.cli.commands.command import Command
from aws_cost_anomalies.cli.session import Session

HELP = """What you say of an anomaly: yes (it was one), no (it was none) or planned (somebody knew).

A no raises the threshold of that scope and direction: what is no larger, in money and in score, is not told
any more, nor is what becomes of the anomaly itself, unless a later day is far odder. What it would have kept
silent so far is shown before it is kept; --dry-run only shows it. A later yes to something that is no larger
takes it back, and a yes to what was withheld (`not told`) has it told, and what is no smaller there. Planned
speaks of this anomaly alone. Ask with the same --sensitivity, --min-impact and so on as `anomalies` was."""
EXAMPLES = (
    "feedback 3f9c no --note 'the batch cluster always does that' --dry-run",
    "feedback 3f9c yes",
    "feedback 3f9c planned --note 'load test until Friday'",
)
WORDS = {"yes": "YES", "no": "NO", "planned": "PLANNED_ACTIVITY"}


def run(
    ctx: typer.Context,
    anomaly_id: Annotated[str, typer.Argument(metavar="ANOMALY_ID", help="Its id, or how it begins")],
    word: Annotated[str, typer.Argument(metavar="WORD", help="yes, no or planned")],
    *,
    note: Annotated[str, typer.Option(metavar="TEXT", help="Why; kept with it")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what it would change")] = False,
    group_by: options.GroupBy = None,
    source: options.Source = None,
    metric: options.Metric = None,
    detector: options.Detector = None,
    sensitivity: options.Sensitivity = None,
    min_impact: options.MinImpact = None,
    currency: options.Currency = None,
    charges: options.Charges = None,
    style: options.Format = "table",
) -> None:
    """Show what the word changes, then keep it."""
    from aws_cost_anomalies.cli.answers.accounts import known_accounts
    from aws_cost_anomalies.cli.answers.anomalies import scopes_of
    from aws_cost_anomalies.cli.answers.feedback import PrintedFeedback
    from aws_cost_anomalies.cli.formats import print_answer
    from aws_cost_anomalies.errors import InvalidArgument
    from aws_cost_anomalies.model.anomaly import Feedback

    session: Session = ctx.obj
    if word.lower() not in WORDS:
        raise InvalidArgument("The feedback", word, ", ".join(WORDS))
    screen, app = session.screen(), session.app()
    asked = options.asked(
        source=source, metric=metric, group_by=group_by, currency=currency, charges_text=charges,
        detector=detector, sensitivity=sensitivity, min_impact=min_impact,
    )  # fmt: skip
    if not dry_run:
        app.bring_up_to_date()
    with screen.working("Looking at what it changes"):
        effect = app.feedback_effect(anomaly_id, Feedback(WORDS[word.lower()]), asked)
    if not dry_run:
        app.give_feedback(effect, note=note)
    accounts = known_accounts(app, scopes_of([effect.anomaly, *effect.silent]))
    print_answer(PrintedFeedback(effect, not dry_run, accounts), style, screen)


COMMAND = Command(HELP, EXAMPLES, run)
