"""Characters that are safe to show: whatever a bill holds, it cannot steer a terminal or a spreadsheet."""

from __future__ import annotations

import codecs
import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories that are invisible or steer: controls, direction marks, half pairs, line separators."""
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


def visible(text: str) -> str:
    r"""The text on one line, every character that would steer a terminal spelled out, e.g. `\x1b`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_spelled(c) if unicodedata.category(c) in _UNSEEN else c for c in text)


def cell(value: object) -> str:
    """A CSV cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    return f"'{value}" if value.startswith(_FORMULA) and not _is_number(value) else value


def _spelled(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


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
