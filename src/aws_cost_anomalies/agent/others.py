"""Tools that other MCP servers bring, and what became of those servers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from aws_cost_anomalies.agent.tool import Tool

Approve = Callable[[str], bool]
"""Asked with one sentence; whether a tool that changed may be used."""


def disapprove(_sentence: str) -> bool:
    """What changed is left out, since nobody can look at it."""
    return False


@dataclass(slots=True)
class Others:
    """The servers that are connected.

    Attributes:
        tools: theirs, as the toolbox takes them.
        problems: one sentence for each server or tool that is left out.
    """

    tools: list[Tool] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
