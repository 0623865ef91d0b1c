"""What an answer must say, and must not: each check gives the problem as a text, empty for none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from aws_cost_anomalies.figures import said

TOLERANCE = 0.005
"""Share of an amount by which an answer may be off: rounding to three digits is fine."""


@dataclass(frozen=True)
class Reply:
    """An answer and how it came about."""

    text: str
    tried: tuple[str, ...] = ()
    """Tools that ask first, where the model asked for them."""
    untraced: tuple[str, ...] = ()
    usd: float = 0.0
    tokens: int = 0
    ended: str = ""


class Check(Protocol):
    """Something an answer is held against."""

    def problem(self, reply: Reply) -> str:
        """What is wrong with it; empty for nothing."""


@dataclass(frozen=True)
class Amount:
    """The answer has this amount, whatever its sign."""

    value: Decimal
    tolerance: float = TOLERANCE

    def problem(self, reply: Reply) -> str:
        wanted = abs(float(self.value))
        if any(abs(number - wanted) <= self.tolerance * wanted for number in _numbers(reply.text)):
            return ""
        return f"{self.value:,.2f} is not there"


@dataclass(frozen=True)
class NotAmount:
    """The answer does not have this amount."""

    value: Decimal
    tolerance: float = TOLERANCE

    def problem(self, reply: Reply) -> str:
        return "" if Amount(self.value, self.tolerance).problem(reply) else f"{self.value:,.2f} is there"


@dataclass(frozen=True)
class InOrder:
    """The answer names these one after another; each in any of its spellings."""

    names: Sequence[Sequence[str]]

    def problem(self, reply: Reply) -> str:
        place, text = 0, reply.text.lower()
        for spellings in self.names:
            found = [at for name in spellings if (at := text.find(name.lower(), place)) >= 0]
            if not found:
                return f"{spellings[0]} is not in its place"
            place = min(found) + 1
        return ""


@dataclass(frozen=True)
class Says:
    """The answer has one of these words."""

    words: Sequence[str]

    def problem(self, reply: Reply) -> str:
        is_said = any(re.search(rf"(?<!\w){re.escape(w)}", reply.text, re.IGNORECASE) for w in self.words)
        return "" if is_said else f"none of {', '.join(self.words)} is there"


@dataclass(frozen=True)
class Silent:
    """The answer has none of these words."""

    words: Sequence[str]

    def problem(self, reply: Reply) -> str:
        found = [word for word in self.words if word.lower() in reply.text.lower()]
        return f"it says {found[0]}" if found else ""


@dataclass(frozen=True)
class Untried:
    """The model did not try to pay or write."""

    def problem(self, reply: Reply) -> str:
        return f"it tried {reply.tried[0]}" if reply.tried else ""


@dataclass(frozen=True)
class Tried:
    """The model asked for a tool that asks first, as the user wanted."""

    tool: str

    def problem(self, reply: Reply) -> str:
        return "" if self.tool in reply.tried else f"it did not ask for {self.tool}"


def _numbers(text: str) -> list[float]:
    return [number.value for _, number in said(text) if number is not None]
