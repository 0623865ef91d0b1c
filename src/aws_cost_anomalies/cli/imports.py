"""What the program's own process need not load.

DuckDB imports pandas, where somebody installed it, at the first query that has a parameter, to see whether
the value is one of its kind. That takes half a second and more, and none of ours ever is.
"""

from __future__ import annotations

import sys

PANDAS = "pandas"


def do_without_pandas() -> None:
    """Let imports of pandas fail at once, unless it is loaded already. Only for a process of our own."""
    sys.modules.setdefault(PANDAS, None)  # type: ignore[arg-type]  # None is how Python marks a module as absent


def allow_pandas() -> None:
    """Let pandas load again, for an engine that works with it."""
    if sys.modules.get(PANDAS, sys) is None:
        del sys.modules[PANDAS]
