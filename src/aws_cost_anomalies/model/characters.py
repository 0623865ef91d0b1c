"""Texts of a bill on one line: names, tags and descriptions are anybody's, and some steer what shows them."""

from __future__ import annotations

import re
import unicodedata

BLANK = "(blank)"
"""What a name is called of which nothing can be seen."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories that are invisible or steer: controls, direction marks, half pairs, line separators."""
_JOINS = re.compile("(?<=[^\x00-\x7f])[\u200c\u200d](?=[^\x00-\x7f\u200b-\u200f\u2028-\u202e\u2060-\u206f])")
"""What joins or parts letters of Persian and the like, and people of one emoji: part of the name there."""
_ORDER = re.compile(
    r"#(?=#(?:vso)?\[)|:(?=:(?:add-|internal-|remove-|set-|save-|stop-)?"
    r"(?:commands|debug|echo|endgroup|env|error|group|mask|matcher|notice|output|path|state|warning)\b)",
    re.IGNORECASE,
)
"""How an order to GitHub Actions or Azure Pipelines begins: both obey what a program prints."""
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters that are drawn as nothing."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet would run."""


def visible(text: str) -> str:
    r"""The text on one line, every character that would steer a terminal spelled out, e.g. `\x1b`."""
    if not (text.isascii() and text.isprintable()):
        kept = {match.start() for match in _JOINS.finditer(text)}
        text = "".join(c if at in kept else _seen(c) for at, c in enumerate(text))
    return _ORDER.sub(lambda order: f"\\x{ord(order[0]):02x}", text) if "::" in text or "##" in text else text


def named(text: str) -> str:
    """A name as it is, or a word for one of which nothing can be seen."""
    is_seen = any(not c.isspace() and c not in _FILLERS for c in text)
    return text if is_seen or not text else BLANK


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


def _seen(character: str) -> str:
    """The character, spelled out where it is none that can be seen."""
    is_seen = unicodedata.category(character) not in _UNSEEN and not _is_nobodys(ord(character))
    return character if is_seen else character.encode("unicode_escape").decode("ascii")


def _is_nobodys(code: int) -> bool:
    """Whether Unicode gives the number to no character; a picture or a page that holds one is no XML."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF  # noqa: PLR2004
