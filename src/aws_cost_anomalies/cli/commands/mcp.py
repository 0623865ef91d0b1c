"""`mcp`: the agent's tools for other assistants."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from aws_cost_anomalies.cli.commands.command import Command
from aws_cost_anomalies.cli.session import Session

if TYPE_CHECKING:
    from aws_cost_anomalies.app import App

HELP = """Offer the tools of `query` to Claude Code, Cursor, VS Code and others by the Model Context Protocol,
on standard input and output, or over HTTP with --http.

It only reads, unless --allow-paid or --allow-writes is given: then it is the client that asks its user. Every
call is kept in agent-calls.jsonl beside the database. Needs the extra `mcp`."""
EXAMPLES = ("mcp", "mcp --allow-writes", "mcp --http --port 9001")


def run(
    ctx: typer.Context,
    *,
    http: Annotated[bool, typer.Option("--http", help="Listen on this machine, with a token")] = False,
    host: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Where to listen [default: configured]")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, metavar="N", help="Port [default: configured]")
    ] = None,
    allow_paid: Annotated[
        bool, typer.Option("--allow-paid", help="Offer tools that pay for Cost Explorer requests")
    ] = False,
    allow_writes: Annotated[
        bool, typer.Option("--allow-writes", help="Offer tools that write to the database")
    ] = False,
) -> None:
    """Serve until the client goes away, or Ctrl-C."""
    from aws_cost_anomalies import __version__
    from aws_cost_anomalies.errors import SettingsError
    from aws_cost_anomalies.secret import Secret

    try:
        from aws_cost_anomalies import mcp_server
        from aws_cost_anomalies.agent.tool import Effect
    except ModuleNotFoundError as error:
        hint = "Install it: pip install 'aws-cost-anomalies[mcp]'"
        raise SettingsError(f"The MCP server needs {error.name}, which is not installed.", hint) from None
    session: Session = ctx.obj
    settings = session.app().settings
    wanted = {Effect.READS: True, Effect.PAYS: allow_paid, Effect.WRITES: allow_writes}
    effects = frozenset(effect for effect, is_wanted in wanted.items() if is_wanted)
    offer = mcp_server.Offer(lambda: _app_now(session), effects, __version__)
    if not http:
        mcp_server.over_stdio(offer)
        return
    rules = settings.mcp
    where = host or rules.host
    given = Secret(rules.token.get_secret_value(), settings.aws_profile or None).read()
    token = given or secrets.token_urlsafe(24)
    listener = mcp_server.listening(where, rules.port if port is None else port, token)
    name = f"[{where}]" if ":" in where else where
    session.notices.plain(f"MCP is at http://{name}:{listener.getsockname()[1]}{mcp_server.PATH}")
    if not given:
        session.notices.plain(f"Send the header  Authorization: Bearer {token}")
    hosts = (*mcp_server.LOOPBACK, where, *rules.hosts)
    mcp_server.over_http(offer, listener, token=token, hosts=tuple(dict.fromkeys(hosts)))


def _app_now(session: Session) -> App:
    """The use cases as of this moment, or of the day the session was begun for."""
    now = datetime.now(UTC)  # noqa: TID251 - a door reads the clock
    is_fixed = session.as_of != session.now.date()
    return session.with_flags(as_of=session.as_of if is_fixed else now.date(), now=now).app()


COMMAND = Command(HELP, EXAMPLES, run)
