"""Which figures of an answer stem from a result of its conversation; the others are marked.

A figure is traced when rounding a number of a result, or of what the user wrote, to the digits shown gives
it; a ratio may be said in percent. Names and ids with digits must stand in a result as they are; a day must
lie within those that results speak of.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from math import isfinite, ulp

from aws_cost_anomalies.figures import EVERYDAY, Said, Unit, said

MARK = "[?]"
"""Put after a figure that stems from nowhere."""
PERCENT = 100.0
SMALL = 12
"""A whole number up to this counts something in the text itself: places of a list, parts; no percentage."""
_DAY = re.compile(r"\b\d{4}-\d{2}(?:-\d{2})?\b")
_NAMED_DAY = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)? )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
    r"(?: \d{1,2}(?:st|nd|rd|th)?\b(?:[-–]\d{1,2})?)?(?:,? \d{4}\b)?"
)
_LIST_PLACE = re.compile(r"^\s*(?:[-*•]\s*)?\d{1,2}[.)]\s")
_WORD = re.compile(r"[A-Za-z0-9][\w.:/-]*[A-Za-z0-9]|[A-Za-z0-9]")
_EXACT = re.compile(r"-?\d{1,20}\.\d+")
HALF, A_BIT = 0.5, 1e-6


@dataclass(slots=True)
class Grounds:
    """Everything a conversation has seen so far."""

    numbers: set[float] = field(default_factory=set)
    names: set[str] = field(default_factory=lambda: {name.lower() for name in EVERYDAY})
    days: set[str] = field(default_factory=set)

    def add_text(self, text: str) -> None:
        """What the user wrote."""
        self._note(text)
        for _, number in said(_DAY.sub(" ", text)):
            if number is not None:
                self.numbers.add(number.value)

    def add_result(self, text: str) -> None:
        """A tool's result, as JSON."""
        for leaf in _leaves(json.loads(text)):
            if isinstance(leaf, str):
                self._note(leaf)
                self.numbers.update(_as_number(leaf))
            elif isinstance(leaf, int | float) and not isinstance(leaf, bool) and isfinite(leaf):
                self.numbers.add(float(leaf))

    def marked(self, line: str) -> tuple[str, list[str]]:
        """A line with a mark after each untraced figure, and these figures."""
        strange = list(dict.fromkeys(self._strange(line)))
        for figure in strange:
            whole = re.compile(rf"(?<![\w.,]){re.escape(figure)}(?![\w]|[.,]\d)")
            line = whole.sub(lambda found: f"{found[0]} {MARK}", line, count=1)
        return line, strange

    def _note(self, text: str) -> None:
        self.days.update(_DAY.findall(text))
        self.names.update(word.lower() for word in _WORD.findall(text) if any(c.isdigit() for c in word))

    def _strange(self, line: str) -> Iterator[str]:
        rest = _LIST_PLACE.sub(" ", line)
        for day in _DAY.findall(rest):
            if not self._is_within(day):
                yield day
        rest = _NAMED_DAY.sub(" ", _DAY.sub(" ", rest))
        for name in sorted(_WORD.findall(rest), key=len, reverse=True):
            is_name = any(c.isdigit() for c in name) and any(c.isalpha() for c in name)
            if is_name and name.lower() in self.names:
                rest = rest.replace(name, " ")
        for shown, number in said(rest):
            if shown.isalpha() or (number is not None and self._is_traced(number)):
                continue
            if shown.lower() not in self.names:
                yield shown

    def _is_within(self, day: str) -> bool:
        """Whether a day or month lies between the first and the last that were spoken of."""
        known = sorted(self.days)
        if not known:
            return False
        return known[0][: len(day)] <= day <= known[-1][: len(day)] + "~" and _exists(day)

    def _is_traced(self, number: Said) -> bool:
        is_measured = bool(number.currency) or number.units == (Unit.PERCENT,)
        if number.value <= SMALL and number.value == int(number.value) and not is_measured:
            return True
        found = (*self.numbers, *(PERCENT * each for each in self.numbers if abs(each) <= PERCENT))
        return any(_is_rounded(number, each) for each in found)


def _is_rounded(number: Said, fact: float) -> bool:
    return abs(number.value - abs(fact)) <= number.step * (HALF + A_BIT) + 2 * ulp(fact)


def _as_number(text: str) -> Iterator[float]:
    """The number that a text is: exact amounts come as text."""
    if _EXACT.fullmatch(text):
        yield float(text)


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day if len(day) > len("2026-08") else f"{day}-01")
    except ValueError:
        return False
    return True


def _leaves(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    else:
        yield value
