"""`demo`: the whole line on a sample bill, with no account and no network."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aws_cost_anomalies.cli.commands.command import Command, command_line
from aws_cost_anomalies.cli.commands.demo_folder import DemoFolder, demo_folder, left_behind
from aws_cost_anomalies.cli.session import Session

if TYPE_CHECKING:
    from aws_cost_anomalies.cli.answers.sample import SampleFiles
    from aws_cost_anomalies.cli.formats import Printed
    from aws_cost_anomalies.model.answers import Detected
    from aws_cost_anomalies.model.period import BillingPeriod, Period

HELP = """The main job from start to end: a sample bill is written and ingested, its trends and anomalies are
shown, the largest anomaly is explained, two months are compared, and a report for the browser is written.

It needs no account and no network. Without --dir or --keep it leaves that report behind, in the folder for
temporary files, and nothing else; with one of them all of it stays, and `serve` shows it in a browser."""
EXAMPLES = ("demo", "demo --dir demo")
REPORTED = 2
"""Anomalies that the demo's report tells in full."""


def run(
    ctx: typer.Context,
    *,
    directory: Annotated[
        str | None,
        typer.Option("--dir", metavar="DIR", help="Where to keep it [default: a temporary folder]"),
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the temporary folder")] = False,
) -> None:
    """Play the demo, then name the three commands to try next."""
    session: Session = ctx.obj
    with demo_folder(directory, keep=keep) as folder:
        folder.prepare()
        is_kept = directory is not None or keep
        Demo(session, folder, is_kept=is_kept).play()


class Demo:
    """One run of the demo."""

    def __init__(self, session: Session, folder: DemoFolder, *, is_kept: bool) -> None:
        """Work in this folder; commands are shown with its settings when somebody can run them again."""
        self.folder = folder
        notices = replace(session.notices, is_quiet=True)
        self.here = folder.session(session).with_flags(notices=notices)
        self.shown = self.here if is_kept else session.with_flags(config=None)
        self.is_kept = is_kept
        self.screen = session.screen()

    def play(self) -> None:
        """Show every step, and what to try next."""
        files = self._write()
        self.here = self.here.with_flags(as_of=files.period.end)
        self._ingest()
        detected = self._ask(files.period)
        self._report()
        self._next(detected, is_past=files.period.end <= self.shown.as_of)

    def _write(self) -> SampleFiles:
        from aws_cost_anomalies.cli.answers.sample import PrintedSample

        with self.screen.working("Writing a sample bill"):
            files: SampleFiles = self.here.app().write_sample(self.folder.bill)
        self._step("sample-data", "--dir", str(self.folder.bill), answer=PrintedSample(files))
        return files

    def _ingest(self) -> None:
        from aws_cost_anomalies.cli.answers.ingested import PrintedIngest
        from aws_cost_anomalies.cli.commands.ingest import ingested
        from aws_cost_anomalies.model.answers import Wanted

        bill = str(self.folder.bill)
        wanted = Wanted(source="sample", path=bill)
        done, trouble = ingested(self.here, self.screen, self.here.app(), wanted=wanted)
        if trouble is not None:
            raise trouble
        printed = PrintedIngest(done, self.here.as_of)
        self._step("ingest", "--source", "sample", "--path", bill, answer=printed)

    def _ask(self, period: Period) -> Detected:
        from aws_cost_anomalies.cli.answers.anomalies import PrintedAnomalies
        from aws_cost_anomalies.cli.answers.comparison import PrintedComparison
        from aws_cost_anomalies.cli.answers.explanation import PrintedExplanation
        from aws_cost_anomalies.cli.answers.trends import PrintedTrends
        from aws_cost_anomalies.model.answers import Asked

        app, today = self.here.app(), self.here.as_of
        with self.screen.working("Asking"):
            trends, detected = app.trends(Asked()), app.detect(Asked())
            largest = detected.anomalies[0].anomaly_id
            explanation = app.explain(largest, Asked())
            before, last = last_two_months(period)
            comparison = app.compare(before.period, last.period, Asked())
            accounts = app.account_names()
        self._step("trends", answer=PrintedTrends(trends, today, accounts))
        self._step("anomalies", answer=PrintedAnomalies(detected, accounts))
        self._step("explain", largest, answer=PrintedExplanation(explanation, today, accounts))
        months = ("--a", str(before), "--b", str(last))
        self._step("compare", *months, answer=PrintedComparison(comparison, today, accounts))
        return detected

    def _report(self) -> None:
        """Write the report, into the folder where that stays, and say how to look at it."""
        from aws_cost_anomalies.cli import tables
        from aws_cost_anomalies.cli.commands.command import anywhere
        from aws_cost_anomalies.cli.commands.report import write_report

        line = anywhere(self.here) if self.is_kept else partial(command_line, self._kept())

        def write(file: Path) -> object:
            return write_report(self.here.app(), file, top=REPORTED, line=line)

        with self.screen.working("Writing a report"):
            if self.is_kept:
                file = self.folder.report
                write(file)
            else:
                file = left_behind(write)
        done = command_line(self.shown, "report", "--output", str(file), "--top", str(REPORTED))
        self.screen.command(done, "$ ")
        self.screen.show(tables.blank())
        self.screen.command(file.resolve().as_uri(), "Open it in a browser: ")
        self.screen.show(tables.blank())

    def _kept(self) -> Session:
        """The session of a demo that is kept in the folder `demo`."""
        return self.shown.with_flags(config="demo/config.yaml")

    def _step(self, *arguments: str, answer: Printed) -> None:
        """Show a command and what it prints."""
        from aws_cost_anomalies.cli import tables

        line = command_line(self.shown, *arguments)
        self.screen.command(line, "$ ")
        self.screen.show(tables.blank())
        answer.show(self.screen)
        self.screen.show(tables.blank())

    def _next(self, detected: Detected, *, is_past: bool) -> None:
        """Name three commands that work as they are."""
        from aws_cost_anomalies.cli import tables

        if self.is_kept:
            day = () if is_past else ("--as-of", str(self.here.as_of))
            second = detected.anomalies[1:2] or detected.anomalies
            lines = [
                unshadowed(command_line(self.shown, *words, *day))
                for words in (
                    ("explain", second[0].anomaly_id),
                    ("anomalies", "--group-by", "tag:team", "--days", "90"),
                    ("trends", "--group-by", "account", "--granularity", "weekly", "--days", "84"),
                )
            ]
        else:
            lines = [
                command_line(self.shown, "demo", "--dir", "demo"),
                unshadowed(command_line(self._kept(), "anomalies", "--days", "90")),
                command_line(self.shown, "ingest", "--source", "cost-explorer", "--days", "60"),
            ]
        self.screen.show(tables.title("Try next:"))
        for line in lines:
            self.screen.command(line, "  ")


def last_two_months(period: Period) -> tuple[BillingPeriod, BillingPeriod]:
    """The last two months that lie in the period as a whole."""
    from aws_cost_anomalies.model.period import ONE_DAY, BillingPeriod

    last = BillingPeriod.of(period.last_day)
    if last.period.end > period.end:
        last = BillingPeriod.of(last.period.start - ONE_DAY)
    return BillingPeriod.of(last.period.start - ONE_DAY), last


def unshadowed(line: str) -> str:
    """The command line, freed of environment variables that would lead it to another store."""
    shadows = [name for name in ("AWS_COST_DB_PATH", "AWS_COST_CACHE_DIR") if os.environ.get(name)]
    return " ".join(["env", *(f"-u {name}" for name in shadows), line]) if shadows else line


COMMAND = Command(HELP, EXAMPLES, run)
