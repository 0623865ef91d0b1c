"""What a command is to the program: its help, the examples below it, and the function that runs it."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Callable
from typing import Any, NamedTuple

from aws_cost_anomalies.cli.session import Session
from aws_cost_anomalies.cli.usage import PROGRAM

WIDTH = 76


class Command(NamedTuple):
    """One command of the program.

    Attributes:
        help: paragraphs below the usage line; brackets are allowed.
        examples: arguments after the program's name, one example each.
        run: typer reads its parameters.
    """

    help: str
    examples: tuple[str, ...]
    run: Callable[..., Any]

    @property
    def text(self) -> str:
        """The help, wrapped so that no option is broken at a hyphen."""
        paragraphs = (" ".join(paragraph.split()) for paragraph in self.help.split("\n\n"))
        return "\n\n".join(f"\b\n{textwrap.fill(p, WIDTH, break_on_hyphens=False)}" for p in paragraphs)

    @property
    def epilog(self) -> str:
        """The examples, set line by line, and where the global options are described."""
        lines = ["\b", "Examples:", *(f"  {PROGRAM} {example}" for example in self.examples), ""]
        return "\n".join([*lines, f"`{PROGRAM} --help` has the options that every command takes."])


def command_line(session: Session, *arguments: str) -> str:
    """A command line that works as it is, with the configuration of this session."""
    config = ["--config", session.config] if session.config else []
    return shlex.join([PROGRAM, *arguments, *config])
