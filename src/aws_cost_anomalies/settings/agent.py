"""The language model."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SecretStr, model_validator

from aws_cost_anomalies.settings.section import Section

DEFAULT_MODEL = "bedrock:global.anthropic.claude-haiku-4-5-20251001-v1:0"
"""Taken where none is named: it needs AWS credentials alone."""


class McpServer(Section):
    """One MCP server whose tools the agent may use: a program to start, or an address."""

    name: Annotated[str, Field(pattern="^[a-z][a-z0-9-]{0,19}$")] = Field(description="prefix of its tools")
    command: str = Field("", description="program to start")
    args: tuple[str, ...] = Field((), description="its arguments")
    env_passthrough: tuple[str, ...] = Field(
        (), description="environment variables it may see beside PATH, HOME and the like"
    )
    url: str = Field("", description="address of a server over HTTP, instead of `command`")
    token: SecretStr = Field(
        SecretStr(""),
        description="sent to `url` as a bearer, or env:NAME, file:PATH, ssm:/name, secretsmanager:name",
    )
    allowed_tools: tuple[str, ...] = Field((), description="tools that may be used; empty means all")
    ask_first: bool = Field(default=True, description="whether each call has to be allowed")
    timeout_seconds: Annotated[float, Field(gt=0, le=600)] = Field(30.0, description="to start, and per call")

    @model_validator(mode="after")
    def _is_one_of_two(self) -> McpServer:
        if bool(self.command) == bool(self.url):
            raise ValueError("it takes either a `command` or a `url`")
        if self.url and not self.url.startswith(("http://", "https://")):
            raise ValueError("its `url` begins with https:// or http://")
        return self


class Agent(Section):
    """The language model of `query`, and of alerts with `alerts.narrator: llm`."""

    model: str = Field(
        "",
        description="bedrock:MODEL, anthropic:MODEL, openai:MODEL (or what speaks like it), ollama:MODEL;"
        f" empty means {DEFAULT_MODEL}",
    )
    base_url: str = Field(
        "", description="address of another server than the provider's, e.g. http://localhost:8000/v1"
    )
    api_key: SecretStr = Field(
        SecretStr(""),
        description="key of the provider, or env:NAME, file:PATH, ssm:/name, secretsmanager:name;"
        " empty means ANTHROPIC_API_KEY or OPENAI_API_KEY",
    )
    timeout_seconds: Annotated[float, Field(gt=0, le=600)] = Field(60.0, description="for one answer")
    max_tokens: Annotated[int, Field(ge=1)] = Field(4096, description="longest answer, tokens")
    region: str = Field("", description="region of Amazon Bedrock")
    profile: str = Field("", description="AWS profile for the model; empty means aws_profile")
    max_agent_iterations: Annotated[int, Field(ge=1)] = Field(10, description="model calls per question")
    max_question_tokens: Annotated[int, Field(ge=1000)] = Field(
        200_000, description="tokens per question, read and written"
    )
    max_question_usd: Annotated[float, Field(gt=0)] = Field(
        0.5, description="USD per question, as far as the model's price is known"
    )
    max_question_seconds: Annotated[float, Field(gt=0)] = Field(300.0, description="per question")
    mcp_servers: tuple[McpServer, ...] = Field((), description="MCP servers whose tools `query` may use")

    @property
    def named_model(self) -> str:
        """The model that is asked: the one named, else the default."""
        return self.model or DEFAULT_MODEL

    @property
    def is_on_bedrock(self) -> bool:
        """Whether Amazon Bedrock runs it."""
        return self.named_model.startswith("bedrock:")
