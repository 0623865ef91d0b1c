"""A conversation, and a toolbox, as the settings say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from aws_cost_anomalies.agent.audit import Audit
from aws_cost_anomalies.agent.conversation import Conversation
from aws_cost_anomalies.agent.limits import Limits
from aws_cost_anomalies.agent.means import Means
from aws_cost_anomalies.agent.others import Approve, Others, disapprove
from aws_cost_anomalies.agent.tool import Tool
from aws_cost_anomalies.agent.toolbox import May, Toolbox, nobody
from aws_cost_anomalies.agent.tools import TOOLS
from aws_cost_anomalies.errors import SettingsError

if TYPE_CHECKING:
    from aws_cost_anomalies.app import App


def toolbox(app: App, *, door: str, may: May = nobody, tools: Sequence[Tool] = TOOLS) -> Toolbox:
    """Tools whose calls are put on record beside the database."""
    return Toolbox(app, tools, Audit(app.settings.database.path.parent, now=app.now), may=may, door=door)


@contextmanager
def opened(
    app: App, *, door: str = "query", may: May = nobody, approve: Approve = disapprove
) -> Iterator[Conversation]:
    """A conversation with the configured model, which is not asked anything yet.

    Args:
        app: whose use cases the tools are.
        door: named in the record of calls.
        may: asked before a call that pays or writes; nobody allows anything by default.
        approve: asked about a tool of another MCP server that changed since it was seen.

    Raises:
        SettingsError: MCP servers are configured, and the extra `mcp` is not installed.
    """
    agent, folder = app.settings.agent, app.settings.database.path.parent
    limits = Limits(
        steps=agent.max_agent_iterations,
        tokens=agent.max_question_tokens,
        usd=agent.max_question_usd,
        seconds=agent.max_question_seconds,
        answer=agent.max_tokens,
    )
    with _foreign(app, folder, approve) as foreign:
        box = toolbox(app, door=door, may=may, tools=(*TOOLS, *foreign.tools))
        means = Means(box, app.language_model(), limits, app.as_of.isoformat())
        yield Conversation(means, tuple(foreign.problems))


@contextmanager
def _foreign(app: App, folder: Path, approve: Approve) -> Iterator[Others]:
    """The tools of other MCP servers; what speaks to them loads where some are configured."""
    servers = app.settings.agent.mcp_servers
    if not servers:
        yield Others()
        return
    try:
        module = import_module("aws_cost_anomalies.agent.foreign")
    except ModuleNotFoundError as error:
        hint = "Install it: pip install 'aws-cost-anomalies[mcp]'"
        raise SettingsError(f"MCP servers need {error.name}, which is not installed.", hint) from None
    profile = app.settings.aws_profile or None
    with module.connected(servers, known=folder, approve=approve, profile=profile) as foreign:
        yield foreign
