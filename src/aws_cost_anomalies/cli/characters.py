"""Characters that are safe to show: whatever a bill holds, it cannot steer a terminal or a spreadsheet."""

from __future__ import annotations

import codecs

from aws_cost_anomalies.model.characters import visible as visible

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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


def cell(value: object) -> str:
    """A CSV cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    return f"'{value}" if value.startswith(_FORMULA) and not _is_number(value) else value


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_ASCII.get(c, "?") for c in error.object[error.start : error.end]), error.end
