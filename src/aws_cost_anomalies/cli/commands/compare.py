"""`compare`: two periods side by side."""

from __future__ import annotations

from typing import Annotated

import typer

from aws_cost_anomalies.cli import options
from aws_cost_anomalies.cli.commands.command import Command
from aws_cost_anomalies.cli.session import Session
from aws_cost_anomalies.model.period import Period

HELP = """Two periods side by side: what moved most, what is new, what is gone.

A period is FROM..TO with both days in it, one day, or a month YYYY-MM. Where one of them is not loaded as a
whole that is said, with what an average day costs; one of which nothing is loaded is refused."""
EXAMPLES = (
    "compare --a 2026-07 --b 2026-08",
    "compare --a 2026-08-17..2026-08-23 --b 2026-08-24..2026-08-30 --group-by account",
    "compare --a 2026-07 --b 2026-08 --filter account=111111111111 --group-by resource",
    "compare --a 2026-07 --b 2026-08 --charges all --format json",
)


def run(
    ctx: typer.Context,
    *,
    a: Annotated[str, typer.Option("--a", metavar="FROM..TO", help="The period compared with")],
    b: Annotated[str, typer.Option("--b", metavar="FROM..TO", help="The period looked at")],
    group_by: options.GroupBy = None,
    top: options.Top = 10,
    source: options.Source = None,
    metric: options.Metric = None,
    currency: options.Currency = None,
    charges: options.Charges = None,
    only: options.Filter = None,
    style: options.Format = "table",
) -> None:
    """Print the comparison."""
    from aws_cost_anomalies.cli.answers.accounts import known_accounts
    from aws_cost_anomalies.cli.answers.comparison import PrintedComparison
    from aws_cost_anomalies.cli.formats import print_answer

    session: Session = ctx.obj
    first, second = Period.parse(a), Period.parse(b)
    screen, app = session.screen(), session.app()
    asked = options.asked(
        source=source,
        metric=metric,
        group_by=group_by,
        currency=currency,
        charges_text=charges,
        filters=only or (),
    )
    with screen.working("Comparing"):
        answer = app.compare(first, second, asked, top=top)
    accounts = known_accounts(app, (mover.scope for mover in answer.movers))
    print_answer(PrintedComparison(answer, session.as_of, accounts), style, screen)
    if answer.warning:
        session.notices.note(answer.warning)


COMMAND = Command(HELP, EXAMPLES, run)
