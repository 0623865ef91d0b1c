"""`doctor`: whether everything is there that a daily run needs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aws_cost_anomalies.cli import options
from aws_cost_anomalies.cli.commands.command import Command
from aws_cost_anomalies.cli.session import Session

if TYPE_CHECKING:
    from aws_cost_anomalies.cli.screen import Screen
    from aws_cost_anomalies.model.checkup import Check

HELP = """Check what a daily run needs: configuration, credentials, each permission, the exports in S3,
the channels, the language model, the store, the last run and alerts that did not arrive.

Each trouble comes with its remedy. Nothing paid is asked, nothing is sent and nothing is changed. Ends with
the exit code of the first problem; warnings end with 0."""
EXAMPLES = (
    "doctor",
    "doctor --offline",
    "doctor --format json",
)
CONFIG = "config.yaml"


def run(
    ctx: typer.Context,
    *,
    offline: Annotated[
        bool, typer.Option("--offline", help="Ask neither AWS nor any channel; look at this machine only")
    ] = False,
    style: options.Format = "table",
) -> None:
    """Check and print. Raises: typer.Exit with the code of the first problem."""
    from aws_cost_anomalies.cli.answers.checkup import PrintedCheckup
    from aws_cost_anomalies.cli.formats import print_answer
    from aws_cost_anomalies.model.checkup import State

    session: Session = ctx.obj
    screen = session.screen()
    found = _checked(session, screen, is_offline=offline)
    print_answer(PrintedCheckup(found, session.as_of), style, screen)
    problems = [check for check in found if check.state is State.PROBLEM]
    if problems:
        raise typer.Exit(problems[0].exit_code)


def _checked(session: Session, screen: Screen, *, is_offline: bool) -> tuple[Check, ...]:
    """Every check; only the configuration where that cannot be read."""
    from aws_cost_anomalies.checkup import checks
    from aws_cost_anomalies.errors import UsageError
    from aws_cost_anomalies.model.checkup import Check

    try:
        app = session.app()
    except UsageError as error:
        return (Check.of_error("configuration", error),)
    found: list[Check] = []
    with screen.working("Looking at what a run needs") as progress:
        file = Path(session.config or CONFIG)
        made = checks(app.settings, app.store, file, as_of=app.as_of, now=app.now, is_offline=is_offline)
        for check in made:
            found.append(check)
            progress.at(check.area)
    return tuple(found)


COMMAND = Command(HELP, EXAMPLES, run)
