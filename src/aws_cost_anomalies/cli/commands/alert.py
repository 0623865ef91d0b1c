"""`alert`: tell people what is new, once."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from aws_cost_anomalies.cli import options
from aws_cost_anomalies.cli.commands.command import Command
from aws_cost_anomalies.cli.session import Session

if TYPE_CHECKING:
    from aws_cost_anomalies.app import App
    from aws_cost_anomalies.cli.screen import Screen
    from aws_cost_anomalies.model.alert import OutboxEntry

HELP = """Tell the subscribed channels what is new among the anomalies of what is loaded: a first notice, that
one grew, has another cause, is over, or was withdrawn. Nothing is told twice: run it as often as you like.

--dry-run shows what would be sent, and why the rest would not. Without a configured channel alerts are
printed. Exit code 5 when a channel did not take an alert; the next run tries again, and --retry does so at
once, e.g. when a secret is in its place again."""
EXAMPLES = (
    "alert --dry-run",
    "alert",
    "alert --format json",
    "alert --retry",
    "alert --watch",
)


def run(
    ctx: typer.Context,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be sent; send nothing")] = False,
    days: options.Days = 30,
    source: options.Source = None,
    currency: options.Currency = None,
    retry: Annotated[
        bool,
        typer.Option(
            "--retry",
            "--retry-failed",
            help="Send now what waits, and what failed in the last two weeks; decide nothing new",
        ),
    ] = False,
    watch: Annotated[
        bool,
        typer.Option("--watch", help="Only tell when there was no good `run` for too long (36 hours)"),
    ] = False,
    style: options.Format = "table",
) -> None:
    """Decide, keep, send, print. Raises: typer.Exit with 5 when something was not delivered."""
    from aws_cost_anomalies.cli.answers.alerts import PrintedAlerts
    from aws_cost_anomalies.cli.formats import print_answer

    session: Session = ctx.obj
    screen, app = session.screen(), session.app()
    if retry or watch:
        _only_send(session, screen, app, retry=retry)
        return
    asked = options.asked(source=source, metric=None, group_by=None, currency=currency, charges_text=None)
    if not dry_run:
        app.bring_up_to_date()
    with screen.working("Judging every day"):
        decided = app.alerts(asked, days=days, wait=time.sleep)
    delivered: tuple[OutboxEntry, ...] = ()
    if not dry_run:
        app.daily.keep(decided)
        delivered = _sent(screen, app, style=style)
    print_answer(PrintedAlerts(decided, delivered, session.as_of, is_dry=dry_run), style, screen)
    note_unsent(session, app)
    _tell_failures(session, delivered)


def note_unsent(session: Session, app: App) -> None:
    """Speak of alerts that wait, and of those that failed for good, so that nobody waits for them."""
    waiting = app.daily.waiting()
    if waiting:
        noun = "alert waits" if waiting == 1 else "alerts wait"
        session.notices.note(f"{waiting} {noun} to be sent; the next `run` tries again, `alert --retry` now.")
    _note_at_work(session, app)
    failed = app.daily.given_up()
    if failed:
        noun = "alert was" if failed == 1 else "alerts were"
        session.notices.note(f"{failed} {noun} given up in the last two weeks; `alert --retry` tries again.")


def _note_at_work(session: Session, app: App) -> None:
    """Speak of alerts whose sender put no receipt on record: it may be at work still."""
    taken = app.daily.at_work()
    if taken:
        first = min(filter(None, (entry.not_before for entry in taken)))
        noun = "alert is" if len(taken) == 1 else "alerts are"
        again = f"if its sender was killed, a run from {first:%Y-%m-%d %H:%M} UTC on sends again"
        session.notices.note(f"{len(taken)} {noun} being sent; {again}.")


def _only_send(session: Session, screen: Screen, app: App, *, retry: bool) -> None:
    """Try again what failed, or call out that there was no good run; then send what waits.

    Raises:
        NeverRan: there is no run to watch over.
        typer.Exit: a channel did not take its alerts.
    """
    from aws_cost_anomalies.daily import Watch
    from aws_cost_anomalies.errors import NeverRan
    from aws_cost_anomalies.model.alert import Delivery

    seen = None if retry else app.daily.call_out()
    if retry:
        _try_again(session, app)
    elif seen is Watch.SILENT:
        session.notices.plain("There was no good run for too long.")
    elif seen is Watch.WELL:
        session.notices.plain("All is well.")
    delivered = _sent(screen, app, style="table")
    if delivered:
        sent = sum(entry.delivery is Delivery.SENT for entry in delivered)
        noun = "alert" if len(delivered) == 1 else "alerts"
        session.notices.plain(f"{sent} of {len(delivered)} {noun} sent.")
    _tell_failures(session, delivered)
    if seen is Watch.NEVER_RAN:
        raise NeverRan


def _try_again(session: Session, app: App) -> None:
    again = app.daily.try_again()
    noun = "alert is" if again == 1 else "alerts are"
    nothing = "No alert waits, and none failed in the last two weeks."
    session.notices.plain(f"{again} {noun} tried again." if again else nothing)
    _note_at_work(session, app)


def _sent(screen: Screen, app: App, *, style: str) -> tuple[OutboxEntry, ...]:
    """Each alert after its last attempt; what is printed as an alert goes beside a machine's answer."""
    last: dict[str, OutboxEntry] = {}
    with contextlib.ExitStack() as stack:
        if style != "table":
            stack.enter_context(contextlib.redirect_stdout(sys.stderr))
        progress = stack.enter_context(screen.working("Sending"))
        for entry in app.daily.deliver(time.sleep):
            last[entry.alert_id] = entry
            progress.at(f"{entry.channel}: {entry.delivery}")
    return tuple(last.values())


def _tell_failures(session: Session, delivered: tuple[OutboxEntry, ...]) -> None:
    """Name each channel that did not take its alerts. Raises: typer.Exit."""
    from aws_cost_anomalies.errors import NotDelivered
    from aws_cost_anomalies.model.alert import Delivery

    failed = {entry.channel: entry for entry in delivered if entry.delivery is not Delivery.SENT}
    for channel, entry in failed.items():
        problem = NotDelivered(channel, entry.detail)
        session.notices.failure(problem.message, problem.hint)
    if failed:
        raise typer.Exit(NotDelivered.exit_code)


COMMAND = Command(HELP, EXAMPLES, run)
