"""Settings as people may see them: every key with its value, no secret."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from aws_cost_anomalies.settings.settings import Settings

HIDDEN = "set, not shown"
PRIVATE = frozenset({"args", "aws_profile", "profile"})
"""Keys that may hold what is nobody else's, beside those that are secrets by type."""


def shown(settings: Settings) -> dict[str, str]:
    """Dotted key → value; of a secret only whether it is set."""
    return dict(_lines(settings.model_dump(mode="json"), ""))


def _lines(value: Any, key: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any JSON value
    if isinstance(value, Mapping) and value:
        for name, inside in value.items():
            yield from _lines(inside, f"{key}.{name}" if key else str(name))
    elif isinstance(value, list) and any(isinstance(entry, Mapping) for entry in value):
        for position, entry in enumerate(value):
            yield from _lines(entry, f"{key}[{position}]")
    else:
        yield key, _plain(value, key)


def _plain(value: Any, key: str) -> str:  # noqa: ANN401 - likewise
    is_secret = isinstance(value, str) and value and set(value) == {"*"}
    if is_secret or (value and key.rpartition(".")[2] in PRIVATE):
        return HIDDEN
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
