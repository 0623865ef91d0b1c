"""The agent: tools declared once over App, a conversation that uses them, and what keeps both honest.

    with opened(app, may=ask_the_user) as conversation:
        for event in conversation.ask("What are my top 5 services?"):
            ...

`tools.TOOLS` is the whole list; the MCP server offers the same ones through the same `Toolbox`.
"""

from aws_cost_anomalies.agent.events import Answered, Called, Calling, Event, Text
from aws_cost_anomalies.agent.opening import opened, toolbox
from aws_cost_anomalies.agent.others import disapprove
from aws_cost_anomalies.agent.toolbox import Request, nobody

__all__ = [
    "Answered",
    "Called",
    "Calling",
    "Event",
    "Request",
    "Text",
    "disapprove",
    "nobody",
    "opened",
    "toolbox",
]
