"""Every tool there is: the agent, the MCP server and the reference page read this tuple."""

from __future__ import annotations

from aws_cost_anomalies.agent.tools.alarms import ANOMALY_TOOLS
from aws_cost_anomalies.agent.tools.costs import COST_TOOLS
from aws_cost_anomalies.agent.tools.database import DATABASE_TOOLS
from aws_cost_anomalies.agent.tools.imports import IMPORT_TOOLS
from aws_cost_anomalies.agent.tools.live import LIVE_TOOLS

TOOLS = (*COST_TOOLS, *DATABASE_TOOLS, *ANOMALY_TOOLS, *LIVE_TOOLS, *IMPORT_TOOLS)

__all__ = ["TOOLS"]
