"""Texts made fit to be shown: nothing hidden in them, and no longer than there is room."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

from aws_cost_anomalies.model.message import Message

MARK = "…"
MAY_REPEAT = " (may repeat)"
LONGEST_TITLE = 150
LONGEST_URL = 2000

_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029"
    "\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Control characters, marks that turn the direction of what follows, invisible ones, halves of pairs, and
what is no character at all."""


def lines(text: str, limit: int = 0) -> str:
    """A text that may have several lines, without what nobody sees; `limit` characters at most, 0 for all."""
    cleaned = _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return clipped(cleaned.strip(), limit) if limit else cleaned.strip()


def line(text: str, limit: int = 0) -> str:
    """A text on one line, likewise."""
    joined = " ".join(lines(text).split())
    return clipped(joined, limit) if limit else joined


def clipped(text: str, limit: int) -> str:
    """The text, or its beginning with a mark that more follows."""
    return text if len(text) <= limit else text[: max(limit - len(MARK), 0)].rstrip() + MARK


def squeezed(text: str, limit: int) -> str:
    """The text on one line, or its two ends: of an ARN the last part tells most."""
    whole = line(text)
    if len(whole) <= limit:
        return whole
    head = limit // 3
    return whole[:head] + MARK + whole[len(whole) - (limit - head - len(MARK)) :]


def title_of(message: Message, *, may_repeat: bool, limit: int = LONGEST_TITLE) -> str:
    """The heading on one line; that it may have come before is said at its end, which is never cut off."""
    suffix = MAY_REPEAT if may_repeat else ""
    return line(message.title, limit - len(suffix)) + suffix


def safe_url(url: str) -> str:
    """A web address in which no character can end a link early; empty when it is none."""
    address = line(url)
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host:
        return ""
    made = quote(address, safe="%/:?#[]@!$&()*+,;=~-._")
    return made if len(made) <= LONGEST_URL else ""


def width(text: str) -> int:
    """Columns the text takes in a fixed-width font."""
    return sum(
        0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in "WF")
        for letter in text
    )
