"""`report`: one HTML file that holds everything."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aws_cost_anomalies.cli import options
from aws_cost_anomalies.cli.commands.command import Command, anywhere
from aws_cost_anomalies.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from aws_cost_anomalies.app import App
    from aws_cost_anomalies.page.report import Report
    from aws_cost_anomalies.pictures import Picture

HELP = """One HTML file with how things stand and the largest anomalies in full: the same pictures as the
dashboard, nothing loaded from anywhere, for a mail, a wiki or a drawer.

With --charts its charts are written as files of their own, too."""
EXAMPLES = ("report", "report --output costs.html --top 20", "report --charts charts --kind pdf")
NAME, STDOUT = "cost-report.html", "-"


def run(
    ctx: typer.Context,
    *,
    output: Annotated[
        str, typer.Option(metavar="FILE", help="The file written; - is standard output")
    ] = NAME,
    top: Annotated[int, options.count("--top", 100, "Anomalies told in full, the largest money first")] = 10,
    charts: Annotated[
        str | None, typer.Option(metavar="DIR", help="Write its charts here as well [default: nowhere]")
    ] = None,
    kind: Annotated[
        str, options.one_of("--kind", ("svg", "png", "pdf"), "What the charts are written as")
    ] = "png",
    source: options.Source = None,
    currency: options.Currency = None,
) -> None:
    """Write the report, and say where it is."""
    given: Session = ctx.obj
    session = given.with_flags(flags={**given.flags, "anomaly.source": source, "anomaly.currency": currency})
    screen, app = session.screen(), session.app()
    with screen.working("Looking into the bill"):
        if output == STDOUT:
            report = reported(app, top=top, line=anywhere(session))
            sys.stdout.write(report.page())
        else:
            report = write_report(app, Path(output), top=top, line=anywhere(session))
        drawn = list(report.pictures()) if charts else []
        for name, picture in drawn:
            written(Path(charts or "") / f"{name}.{kind}", drawn_as(picture, kind))
    places = [output] * (output != STDOUT) + [f"{len(drawn)} charts to {charts}"] * bool(drawn)
    if places:
        session.notices.plain(f"Written: {', and '.join(places)}")


def reported(app: App, *, top: int, line: Callable[..., str]) -> Report:
    """The report, with command lines as `line` writes them. Raises: NoData."""
    from aws_cost_anomalies.page.desk import Desk
    from aws_cost_anomalies.page.report import Report

    return Report(Desk(app, line), top=top)


def write_report(app: App, file: Path, *, top: int, line: Callable[..., str]) -> Report:
    """The report, its page written. Raises: NoData, UsageError."""
    report = reported(app, top=top, line=line)
    written(file, report.page().encode())
    return report


def drawn_as(picture: Picture, kind: str) -> bytes:
    """The chart as a file of this kind. Raises: SettingsError when the extra `charts` is not installed."""
    if kind == "svg":
        return picture.svg().encode()
    return picture.png() if kind == "png" else picture.pdf()


def written(file: Path, content: bytes) -> None:
    """The file, its folder made where there is none. Raises: UsageError."""
    from aws_cost_anomalies.errors import UsageError

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}.", "Choose another place.") from None


COMMAND = Command(HELP, EXAMPLES, run)
