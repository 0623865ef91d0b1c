"""Whether every number of a text is a fact: thousands separators, rounding, percent, k and M, dates, words.

A number is a fact when rounding a fact to the digits shown gives it. With a currency it must be money, with a
percent sign a percentage, with `times` a ratio, before `days` a count of them. Names that hold digits
(`m5.large`, an id) must stand in the facts as they are. What cannot be read for sure is no fact.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator

from aws_cost_anomalies.figures import EVERYDAY, Said, said, words
from aws_cost_anomalies.narrators.llm.known import Known, Number

_MONTH = "|".join(sorted(words.MONTHS, key=len, reverse=True))
_DATES = (
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b"),
    re.compile(rf"\b(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<year>\d{{4}})\b)?"),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{_MONTH})\b(?:,? (?P<year>\d{{4}})\b)?"
    ),
    re.compile(rf"\b(?P<month>{_MONTH})\.? (?P<year>\d{{4}})\b"),
)
_LIST_MARK = re.compile(r"(?m)^\s*[1-9][.)]\s")
_FRACTION = re.compile(r"\b(?:a|one)[ -](?:third|quarter|fifth|tenth)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
A_BIT = 1e-6


def strange(text: str, known: Known) -> str:
    """The first number, date or name of a text that is no fact; empty when all are."""
    plain = unicodedata.normalize("NFKC", text)
    foreign = next((c for c in plain if not c.isascii() and unicodedata.numeric(c, None) is not None), "")
    if foreign:
        return foreign
    rest = _LIST_MARK.sub(" ", without(plain, known.names | EVERYDAY))
    for pattern in _DATES:
        wrong = next((m[0] for m in pattern.finditer(rest) if not _is_day(m, known)), "")
        if wrong:
            return wrong
        rest = pattern.sub(" ", rest)
    fraction = _FRACTION.search(rest)
    return fraction[0] if fraction else next(_strange(rest, known), "")


def without(text: str, names: frozenset[str]) -> str:
    """The text without these names, the longest first, each only as a whole."""
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<![\w.]){re.escape(name)}(?![\w%])", " ", text, flags=re.IGNORECASE)
    return text


def _strange(text: str, known: Known) -> Iterator[str]:
    for shown, number in said(text):
        is_year = _YEAR.fullmatch(shown) and int(shown) in {day.year for day in known.days}
        if not is_year and (number is None or not _is_fact(number, known)):
            yield shown


def _is_fact(number: Said, known: Known) -> bool:
    """Whether rounding some fact gives it."""
    if number.currency and number.currency != known.currency:
        return False
    return any(_is_rounded(number, fact) for fact in known.numbers)


def _is_rounded(number: Said, fact: Number) -> bool:
    if fact.unit not in number.units or number.sign * fact.value < 0:
        return False
    noise = 2 * math.ulp(fact.value)  # a large amount in floating point is not exact to the last digit shown
    return abs(number.value - abs(fact.value)) <= number.step * (0.5 + A_BIT) + noise


def _is_day(match: re.Match[str], known: Known) -> bool:
    """Whether a date is one of the facts; a part that is left open may be any."""
    parts = match.groupdict()
    month = parts["month"]
    wanted = {
        "year": int(parts["year"]) if parts.get("year") else None,
        "month": int(month) if month.isdigit() else words.MONTHS[month],
        "day": int(parts["day"]) if parts.get("day") else None,
    }
    return any(
        all(want is None or getattr(day, part) == want for part, want in wanted.items()) for day in known.days
    )
