"""The numbers of a text as they are said: separators, decimals, k and M, a sign, a currency, or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from aws_cost_anomalies.figures import words

EDGES = "()[]{}<>\"'“”‘’«»,;:!?*_`|"
NUMBER = re.compile(
    r"[~≈<>≤≥×]?(?P<sign>[+\-−])?(?P<symbol>[$€£¥₹])?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?"
    r"(?P<scale>k|K|m|M|mn|bn|B)?(?P<unit>%|x|×)?(?P<code>[A-Z]{3}|[$€£])?"
)
_SEPARATORS = re.compile(r"[-–—/→~…:]|\.\.+")
_SIGNS = {"+": 1, "-": -1, "−": -1}
SMALLEST_BARE = 1000
"""A whole number below this is no amount unless a currency stands beside it."""
PERCENT, TIMES = frozenset({"%", "percent", "pct"}), frozenset({"x", "×", "times", "fold"})
DAYS = frozenset({"day", "days"})
OTHER_TIMES = frozenset(
    {"week", "weeks", "month", "months", "year", "years", "minute", "minutes", "second", "seconds"}
)
"""Spans that no fact counts."""


class Unit(Enum):
    """What a number counts."""

    MONEY = "money"
    PERCENT = "percent"
    TIMES = "times"
    DAYS = "days"
    COUNT = "count"
    QUANTITY = "quantity"


@dataclass(frozen=True, slots=True)
class Said:
    """A number as a text says it.

    Attributes:
        step: what one more in its last digit would be.
        sign: that was written, if any.
        units: what it can count.
        currency: that stands beside it, empty for none.
    """

    value: float
    step: float = 1.0
    sign: int = 0
    units: tuple[Unit, ...] = tuple(Unit)
    currency: str = ""


def said(text: str) -> Iterator[tuple[str, Said | None]]:
    """Everything in a text that has digits or spells a number; None where it cannot be read as one."""
    parts = ["", "", *_parts(text), "", ""]
    for place in range(2, len(parts) - 2):
        part = parts[place]
        is_amount_before = NUMBER.fullmatch(parts[place - 2]) is not None
        before = "" if is_amount_before else parts[place - 1].lower()
        if match := NUMBER.fullmatch(part):
            yield part, _read(match, before, [each.lower() for each in parts[place + 1 : place + 3]])
        elif any(c.isdigit() for c in part):
            yield part, None
        elif not (part.lower() in words.SCALES and NUMBER.fullmatch(parts[place - 1])):
            yield from _spelled(part)


def _parts(text: str) -> Iterator[str]:
    """Words and numbers without punctuation; ranges and compounds in pieces."""
    for raw in text.split():
        token = raw.strip(EDGES).rstrip(".").strip(EDGES)
        if NUMBER.fullmatch(token):
            yield token
        else:
            yield from (piece.strip(EDGES) for piece in _SEPARATORS.split(token) if piece.strip(EDGES))


def _read(match: re.Match[str], before: str, after: list[str]) -> Said | None:
    """A number with what stands beside it; None with something that is no currency."""
    if match["code"] and match["code"].lower() not in words.CURRENCIES:
        return None
    decimals = match["decimals"] or ""
    scale = words.SCALES.get((match["scale"] or "").lower(), 1.0)
    if after[0] in words.SCALES and not match["scale"]:
        scale, after = words.SCALES[after[0]], [*after[1:], ""]
    value = float(match["digits"].replace(",", "") + decimals) * scale
    marks = (match["symbol"], match["code"], after[0], before)
    currency = next((words.CURRENCIES[m.lower()] for m in marks if m and m.lower() in words.CURRENCIES), "")
    is_amount_by_itself = scale > 1 or len(decimals) > 2 or value >= SMALLEST_BARE
    return Said(
        value,
        step=scale * 10.0 ** -max(len(decimals) - 1, 0),
        sign=_SIGNS.get(match["sign"] or "", 0),
        units=(Unit.MONEY,) if currency else _units(match["unit"], after, is_amount=is_amount_by_itself),
        currency=currency,
    )


def _units(mark: str | None, after: list[str], *, is_amount: bool) -> tuple[Unit, ...]:
    """What a number without a currency can count."""
    following = mark or after[0]
    if following in PERCENT:
        return (Unit.PERCENT,)
    if following in TIMES:
        return (Unit.TIMES,)
    if DAYS & set(after):
        return (Unit.DAYS,)
    if following in OTHER_TIMES:
        return ()
    counted = (Unit.COUNT, Unit.QUANTITY)
    return (Unit.MONEY, *counted) if is_amount else counted


def _spelled(part: str) -> Iterator[tuple[str, Said | None]]:
    """A number in words."""
    word = part.lower()
    if word in words.COUNTS:
        yield part, Said(words.COUNTS[word], units=(Unit.COUNT, Unit.DAYS, Unit.QUANTITY))
    elif word in words.MULTIPLES:
        yield part, Said(words.MULTIPLES[word], step=0.2, units=(Unit.TIMES,))
    elif word in words.SHARES:
        yield part, Said(words.SHARES[word], units=(Unit.PERCENT,))
