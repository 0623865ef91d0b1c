"""The three streams of a process as the program needs them: there, kind to any character, quiet at the end.

Knows files of the operating system; knows nothing of what is said on them.
"""

from __future__ import annotations

import os
import sys
from typing import TextIO

from aws_cost_anomalies.cli import characters


def prepare() -> None:
    """Put nothing in the place of a stream that is closed, something near in that of a strange character.

    A closed stream leaves its number free: the next file to be opened, perhaps the store, would have it.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - open to the end
    characters.register()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=characters.NEAREST)


def is_unwritable(stream: TextIO) -> bool:
    """Whether nothing can be written there, tried with an empty line."""
    try:
        stream.write("\n")
        stream.flush()
    except OSError:
        return True
    return False


def forget() -> None:
    """Send nowhere what cannot leave, so that the interpreter's own flush at exit stays quiet."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            _to_nowhere(stream)


def _to_nowhere(stream: TextIO) -> None:
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):  # not a real file: nothing will be flushed to it
        return
