"""Where `mcp --http` listens."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SecretStr

from aws_cost_anomalies.settings.section import Section


class Mcp(Section):
    """The MCP server over HTTP; over standard input and output it needs none of this."""

    host: str = Field("127.0.0.1", description="address to listen on")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(8766, description="port; 0 takes a free one")
    hosts: tuple[str, ...] = Field(
        (), description="further names that clients may call it by, e.g. [costs.corp.example]"
    )
    token: SecretStr = Field(
        SecretStr(""),
        description="what clients have to send, or env:NAME, file:PATH, ssm:/name, secretsmanager:name;"
        " beyond loopback 16 characters or more; empty means a new one with every start",
    )
