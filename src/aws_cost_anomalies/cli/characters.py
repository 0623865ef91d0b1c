"""Characters that are safe to show: whatever a bill holds, it cannot steer a terminal."""

from __future__ import annotations

import codecs

from aws_cost_anomalies.model.characters import cell as cell
from aws_cost_anomalies.model.characters import visible as visible

NEAREST = "nearest-ascii"
"""Name of the codec error handler that `register` makes known."""
_ASCII = {
    **dict(zip("▁▂▃▄▅▆▇█░▓▲·", "_..-=+*#.%^-", strict=True)),
    **dict(zip("─│┤└–−", "-||+--", strict=True)),
    "→": "->",
    "…": "...",
}


def register() -> None:
    """Make known what stands for a character of ours that a terminal's encoding lacks; `?` for any other."""
    codecs.register_error(NEAREST, _nearest)


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_ASCII.get(c, "?") for c in error.object[error.start : error.end]), error.end
