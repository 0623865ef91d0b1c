"""What a command is to the program: its help, the examples below it, and the function that runs it."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Callable
from pathlib import Path
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


def anywhere(session: Session) -> Callable[..., str]:
    """What writes command lines that work from any folder, on the settings and the store of this session.

    The settings file is named in full; so is the store, where the file alone might not lead to it.
    """
    from aws_cost_anomalies.settings import Settings
    from aws_cost_anomalies.settings.settings import DEFAULT_FILE

    file = Path(session.config or DEFAULT_FILE).absolute()
    config = ["--config", str(file)] if file.exists() else []
    store = Settings.load(session.config, flags=session.flags).database.path.absolute()
    without_flags = (Settings.load(session.config), Settings.load(session.config, environment={}))
    is_led_to = all(settings.database.path == store for settings in without_flags)
    first = [] if is_led_to else ["env", f"AWS_COST_DB_PATH={store}"]

    def line(*arguments: str) -> str:
        return shlex.join([*first, PROGRAM, *arguments, *config])

    return line
