"""`serve`: the dashboard, on this machine."""

from __future__ import annotations

import os
import signal
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aws_cost_anomalies.cli.commands.command import Command, anywhere
from aws_cost_anomalies.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from aws_cost_anomalies.app import App

HELP = """The dashboard: what is spent, what is odd, who carries it, what each sensitivity would have told.

It listens on this machine alone, loads nothing from anywhere, and reads what was published last, so that an
ingest never waits for it. Beyond loopback it takes a token, `web.token`. Ctrl-C ends it."""
EXAMPLES = ("serve", "serve --port 9000", "serve --host 0.0.0.0")


def run(
    ctx: typer.Context,
    *,
    host: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Where to listen [default: configured]")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, metavar="N", help="Port; 0 takes any [default: configured]"),
    ] = None,
) -> None:
    """Listen, say where, answer until it is ended."""
    from aws_cost_anomalies.errors import SettingsError
    from aws_cost_anomalies.secret import Secret
    from aws_cost_anomalies.settings.settings import DEFAULT_FILE

    try:
        from aws_cost_anomalies.page.frame import Frame
        from aws_cost_anomalies.web import server
        from aws_cost_anomalies.web.guard import Rules
        from aws_cost_anomalies.web.site import Site
    except ModuleNotFoundError as error:
        hint = "Install it: pip install 'aws-cost-anomalies[web]'"
        raise SettingsError(f"The dashboard needs {error.name}, which is not installed.", hint) from None
    session: Session = ctx.obj
    app = session.app()
    rules = app.settings.web
    token = Secret(rules.token.get_secret_value(), app.settings.aws_profile or None).read()
    where = host or rules.host
    listener = server.listening(where, rules.port if port is None else port, token)
    frame = Frame(server.version_of_assets(), has_agent=bool(app.settings.agent.model), has_token=bool(token))
    day = session.as_of if session.as_of != session.now.date() else None
    file = Path(session.config or DEFAULT_FILE)
    site = Site(_opener(session), frame=frame, config=file, as_of=day, line=anywhere(session))
    name = f"[{where}]" if ":" in where else where
    session.notices.plain(f"The dashboard is at http://{name}:{listener.getsockname()[1]} (Ctrl-C ends it)")
    try:
        server.run(site, Rules.of((*rules.hosts, where), token), listener)
    except KeyboardInterrupt:
        # Threads may be inside DuckDB: the interpreter's own end would tear them out of it, and abort.
        os._exit(128 + signal.SIGINT)


def _opener(session: Session) -> Callable[[date | None], App]:
    def opened(as_of: date | None) -> App:
        now = datetime.now(UTC)  # noqa: TID251 - a door reads the clock
        return session.with_flags(as_of=as_of or now.date(), now=now).app()

    return opened


COMMAND = Command(HELP, EXAMPLES, run)
