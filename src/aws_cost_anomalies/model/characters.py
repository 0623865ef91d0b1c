"""Texts of a bill on one line: names, tags and descriptions are anybody's, and some steer what shows them."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories that are invisible or steer: controls, direction marks, half pairs, line separators."""


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run."""


def visible(text: str) -> str:
    r"""The text on one line, every character that would steer a terminal spelled out, e.g. `\x1b`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_spelled(c) if unicodedata.category(c) in _UNSEEN else c for c in text)


def cut(text: str, most: int) -> str:
    """The visible text, its end replaced by an ellipsis where it is longer than `most` characters."""
    shown = visible(text)
    return shown if len(shown) <= most else shown[: most - 1] + "…"


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


def _spelled(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
