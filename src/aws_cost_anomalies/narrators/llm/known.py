"""What a text about an anomaly may hold: the numbers, days and names of the facts a model was given.

A value of a bill that looks like an amount is no name, and a number within one is no fact: anybody can write
a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from aws_cost_anomalies.figures.said import NUMBER, Unit, said


@dataclass(frozen=True, slots=True)
class Number:
    """A number among the facts."""

    value: float
    unit: Unit


@dataclass(frozen=True, slots=True)
class Known:
    """What a text may hold.

    Attributes:
        numbers: with their units.
        days: that may be named.
        names: texts that hold digits and may be quoted whole.
        values: texts that come from the bill.
        currency: the only one that may stand beside an amount.
    """

    numbers: tuple[Number, ...]
    days: frozenset[date]
    names: frozenset[str]
    values: frozenset[str]
    currency: str


OURS = frozenset({"known_causes"})
"""Keys whose texts this program wrote: the numbers in them are facts too."""
NO_VALUES = OURS | {"commands", "expected_from", "charges"}
"""Keys whose texts are not values of a bill, so that a model may repeat them."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ACCOUNT = re.compile(r"\d{12}")
_AMOUNT = re.compile(
    r"[$€£¥₹%]|\d\s*(?:[kKmM]\b|USD|EUR|percent|dollars?|million|thousand)|(?:USD|EUR)\s*\d", re.IGNORECASE
)
_PIECES = re.compile(r"[\s:/,;|()='\"]+")


def known(document: Mapping[str, object]) -> Known:
    """What stands in the document of the facts."""
    leaves = list(_leaves(document, ()))
    texts = frozenset(value for _, value in leaves if isinstance(value, str))
    ours = frozenset(value for path, value in leaves if isinstance(value, str) and OURS & set(path))
    values = frozenset(text for path, text in leaves if isinstance(text, str) and not NO_VALUES & set(path))
    numbers = {
        Number(float(value), _unit(path))
        for path, value in leaves
        if isinstance(value, (int, float)) and not isinstance(value, bool)
    }
    return Known(
        numbers=tuple(numbers | {number for text in ours for number in _numbers_of(text)}),
        days=frozenset(
            date.fromisoformat(day) for text in texts for day in _days_of(text, is_ours=text in ours)
        ),
        names=frozenset(name for text in texts for name in _names(text)),
        values=values,
        currency=str(document.get("currency", "")),
    )


def _leaves(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(item, (*path, str(key)))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value:
            yield from _leaves(item, path)
    else:
        yield path, value


def _unit(path: tuple[str, ...]) -> Unit:
    """What the key of a number says that it counts."""
    key = path[-1]
    if key.endswith("percent"):
        return Unit.PERCENT
    if key.startswith("times"):
        return Unit.TIMES
    if key.endswith("days_count"):
        return Unit.DAYS
    if key.endswith("count"):
        return Unit.COUNT
    return Unit.QUANTITY if key.endswith("quantity") else Unit.MONEY


def _days_of(text: str, *, is_ours: bool) -> Iterator[str]:
    """The days that a text of ours names, or the one that a value is; one that no calendar has is none."""
    for day in _DAY.findall(text) if is_ours or _DAY.fullmatch(text) else ():
        try:
            date.fromisoformat(day)
        except ValueError:
            continue
        yield day


def _numbers_of(text: str) -> Iterator[Number]:
    """The numbers a text of ours states."""
    for _, number in said(_DAY.sub(" ", text)):
        if number:
            yield from (Number(number.value, unit) for unit in number.units)


def _names(text: str) -> Iterator[str]:
    """A text with digits, and its pieces that hold letters and digits, as far as they are no amounts."""
    if not any(c.isdigit() for c in text) or _DAY.fullmatch(text):
        return
    pieces = [piece for whole in _PIECES.split(text) for piece in (whole, *whole.split("-"))]
    for name in (text, *pieces):
        has_both = any(c.isdigit() for c in name) and any(c.isalpha() for c in name)
        if _ACCOUNT.fullmatch(name) or (has_both and not _holds_a_number(name)):
            yield name


def _holds_a_number(name: str) -> bool:
    """Whether a name states an amount, or a number of more than one character stands alone in it."""
    return bool(_AMOUNT.search(name)) or any(len(p) > 1 and NUMBER.fullmatch(p) for p in name.split())
