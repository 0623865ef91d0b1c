"""Silence for libraries that would write a secret into a log; knows nothing of what is being said."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SILENT = logging.CRITICAL + 50
"""Above every level that a record can have."""

_LOCK = threading.Lock()
_levels: dict[str, dict[logging.Logger, int]] = {}
_depth: dict[str, int] = {}


@contextmanager
def hushed(*libraries: str) -> Iterator[None]:
    """A block in which these libraries log nothing, at whatever level their loggers were set.

    What they log at DEBUG are whole requests and answers, addresses and parameters included. Blocks of
    several threads may overlap: the levels return when the last one ends.

    Args:
        libraries: names of their top loggers, e.g. `botocore`.
    """
    for library in libraries:
        _silence(library)
    try:
        yield
    finally:
        for library in libraries:
            _restore(library)


def _silence(library: str) -> None:
    with _LOCK:
        _depth[library] = _depth.get(library, 0) + 1
        were = _levels.setdefault(library, {})
        for logger in _loggers(library):
            if logger.level != SILENT:
                were[logger] = logger.level
                logger.setLevel(SILENT)


def _restore(library: str) -> None:
    with _LOCK:
        _depth[library] -= 1
        if not _depth[library]:
            for logger, level in _levels.pop(library).items():
                logger.setLevel(level)


def _loggers(library: str) -> list[logging.Logger]:
    """The library's own logger, whose level the later ones inherit, and those below it that have a level."""
    known = list(logging.Logger.manager.loggerDict.items())
    below = [it for name, it in known if name.startswith(f"{library}.") and isinstance(it, logging.Logger)]
    return [logging.getLogger(library), *(logger for logger in below if logger.level)]
