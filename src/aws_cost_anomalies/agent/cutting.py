"""What a tool found as text for a model: on one line each, short, marked as data and where it was cut."""

from __future__ import annotations

import json

from aws_cost_anomalies.agent.tool import Result
from aws_cost_anomalies.model.characters import cut
from aws_cost_anomalies.model.document import plain

LARGEST = 24_000
"""Characters of one result: some 8,000 tokens."""
LONGEST_VALUE = 300
SHORTEST_LIST = 3


def as_text(result: Result, *, largest: int = LARGEST) -> str:
    """The result as JSON: what it rests on, then the data, its longest lists shortened until it fits.

    `<` and `>` are spelled out, so that no value closes a fence around it.
    """
    whole = data = _tamed(plain(result.document))
    most = _longest(data)
    is_cut = False
    while len(text := _dumped(result, data, is_cut=is_cut)) > largest and most > SHORTEST_LIST:
        most = max(most // 2, SHORTEST_LIST)
        data, is_cut = _shortened(whole, most), True
    return text if len(text) <= largest else _dumped(result, "too large to show", is_cut=True)


def _dumped(result: Result, data: object, *, is_cut: bool) -> str:
    document = {"rests_on": str(result.basis), "cut": is_cut, "data": data}
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return tamed(text)


def tamed(document: str) -> str:
    """JSON in which no value closes a fence around it."""
    return document.replace("<", "\\u003c").replace(">", "\\u003e")


def _tamed(value: object) -> object:
    """Texts of the bill on one line and cut."""
    if isinstance(value, dict):
        return {cut(key, LONGEST_VALUE): _tamed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_tamed(item) for item in value]
    return cut(value, LONGEST_VALUE) if isinstance(value, str) else value


def _longest(value: object) -> int:
    """Entries of the longest list within."""
    if isinstance(value, dict):
        return max((_longest(item) for item in value.values()), default=0)
    if isinstance(value, list):
        return max(len(value), *(_longest(item) for item in value)) if value else 0
    return 0


def _shortened(value: object, most: int) -> object:
    """The value with no list longer than this; what is left out is counted."""
    if isinstance(value, dict):
        return {key: _shortened(item, most) for key, item in value.items()}
    if isinstance(value, list):
        kept = [_shortened(item, most) for item in value[:most]]
        return kept if len(value) <= most else [*kept, f"… {len(value) - most} more"]
    return value
