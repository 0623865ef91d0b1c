"""A conversation, and a toolbox, as the settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cost_anomalies.agent.audit import Audit
from aws_cost_anomalies.agent.conversation import Conversation
from aws_cost_anomalies.agent.limits import Limits
from aws_cost_anomalies.agent.means import Means
from aws_cost_anomalies.agent.toolbox import May, Toolbox, nobody
from aws_cost_anomalies.agent.tools import TOOLS

if TYPE_CHECKING:
    from aws_cost_anomalies.app import App


def toolbox(app: App, *, door: str, may: May = nobody) -> Toolbox:
    """Every tool, with calls put on record beside the database."""
    return Toolbox(app, TOOLS, Audit(app.settings.database.path.parent, now=app.now), may=may, door=door)


def opened(app: App, *, door: str = "query", may: May = nobody) -> Conversation:
    """A conversation with the configured model, which is not asked anything yet.

    Args:
        app: whose use cases the tools are.
        door: named in the record of calls.
        may: asked before a call that pays or writes; nobody allows anything by default.
    """
    agent = app.settings.agent
    limits = Limits(
        steps=agent.max_agent_iterations,
        tokens=agent.max_question_tokens,
        usd=agent.max_question_usd,
        seconds=agent.max_question_seconds,
    )
    means = Means(toolbox(app, door=door, may=may), app.language_model(), limits, app.as_of.isoformat())
    return Conversation(means)
