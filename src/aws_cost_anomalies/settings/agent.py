"""The language model."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from aws_cost_anomalies.settings.section import Section


class McpServer(Section):
    """One MCP server whose tools the agent may use."""

    name: str = Field(description="prefix of its tools")
    command: str = Field(description="program to start")
    args: tuple[str, ...] = Field((), description="its arguments")
    env_passthrough: tuple[str, ...] = Field((), description="environment variables it may see")


class Agent(Section):
    """The language model behind `query` and the narrator."""

    model: str = Field("", description="model id; empty means the default of the provider")
    max_tokens: Annotated[int, Field(ge=1)] = Field(4096, description="longest answer, tokens")
    region: str = Field("", description="region of Amazon Bedrock")
    profile: str = Field("", description="AWS profile for the model; empty means aws_profile")
    max_agent_iterations: Annotated[int, Field(ge=1)] = Field(10, description="model calls per question")
    mcp_servers: tuple[McpServer, ...] = Field((), description="further tools")
