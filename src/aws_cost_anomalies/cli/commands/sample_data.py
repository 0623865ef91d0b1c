"""`sample-data`: a bill to try things on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aws_cost_anomalies.cli import options
from aws_cost_anomalies.cli.commands.command import Command, command_line
from aws_cost_anomalies.cli.session import Session

HELP = """Write the sample bill: 120 days of six accounts as a CUR 2.0 export, and labels.csv with what was
planted.

The same seed gives the same bill."""
EXAMPLES = ("sample-data --dir sample", "sample-data --dir sample --seed 11 --format json")


def run(
    ctx: typer.Context,
    *,
    directory: Annotated[str, typer.Option("--dir", metavar="DIR", help="Where to write it")] = "sample",
    seed: Annotated[int, options.count("--seed", 2**32, "Another seed is another bill")] = 7,
    style: options.Format = "table",
) -> None:
    """Write the bill and print what was written."""
    from aws_cost_anomalies.cli.answers.sample import PrintedSample
    from aws_cost_anomalies.cli.formats import print_answer

    session: Session = ctx.obj
    screen = session.screen()
    with screen.working("Writing the sample bill"):
        files = session.app().write_sample(Path(directory), seed=seed)
    print_answer(PrintedSample(files), style, screen)
    load = command_line(session, "ingest", "--source", "sample", "--path", directory)
    session.notices.note(f"`{load}` loads it.")


COMMAND = Command(HELP, EXAMPLES, run)
