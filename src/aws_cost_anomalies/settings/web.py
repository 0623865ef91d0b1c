"""The dashboard's door."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SecretStr

from aws_cost_anomalies.settings.section import Section


class Web(Section):
    """The dashboard: where `serve` listens, and who may look."""

    host: str = Field("127.0.0.1", description="address to listen on; any but loopback takes a token")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(8765, description="port; 0 takes a free one")
    hosts: tuple[str, ...] = Field(
        (), description="further names that browsers may call it by, e.g. [costs.corp.example]"
    )
    token: SecretStr = Field(
        SecretStr(""),
        description="what visitors have to know, 16 characters or more, or env:NAME, file:PATH, ssm:/name,"
        " secretsmanager:name; empty means nothing, on loopback alone",
    )
