"""Lines on standard error: failures, hints and notes. Plain text first, colour only where it is welcome.

Imports nothing heavy: a failing command line must not wait for a drawing library.
"""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import dataclass

from aws_cost_anomalies.cli.characters import visible

RED, CYAN = "31", "36"


@dataclass(frozen=True, slots=True)
class Notices:
    """What is said beside the answer.

    Attributes:
        is_quiet: leave out notes; failures are always said.
        is_plain: never colour.
    """

    is_quiet: bool = False
    is_plain: bool = False

    def failure(self, sentence: str, hint: str = "") -> None:
        """Print one sentence, and the next step where there is one."""
        self._line("error", sentence, RED)
        if hint:
            self._line("hint", hint, CYAN)

    def note(self, sentence: str) -> None:
        """Print something worth knowing beside the answer."""
        if not self.is_quiet:
            self._line("note", sentence, CYAN)

    def plain(self, sentence: str) -> None:
        """Print a line of a conversation: a plan, a step."""
        if not self.is_quiet:
            _say(visible(sentence))

    def _line(self, word: str, sentence: str, colour: str) -> None:
        label = f"\x1b[{colour}m{word}:\x1b[0m" if self._is_coloured() else f"{word}:"
        _say(f"{label} {visible(sentence)}")

    def _is_coloured(self) -> bool:
        return not self.is_plain and wants_colour(is_terminal=sys.stderr.isatty())


def _say(line: str) -> None:
    """Write a line. Where nobody can be told, the exit code still tells."""
    with contextlib.suppress(OSError):
        sys.stderr.write(f"{line}\n")


def wants_colour(*, is_terminal: bool) -> bool:
    """Whether the environment wants colour. Source: no-color.org, force-color.org."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal and os.environ.get("TERM") not in {"dumb", "unknown"}
