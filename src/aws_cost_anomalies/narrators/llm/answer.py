"""What a model answers: four fields as JSON, or running text; made into plain lines either way."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from aws_cost_anomalies.model.characters import visible

FIELDS = ("cause", "look_first", "command", "one_time_or_ongoing")
_MARKUP = re.compile(r"\*\*|`{1,3}(?:json)?|^#+\s*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, as it would be sent.

    Attributes:
        text: plain lines.
        command: the one it names apart, empty for none.
    """

    text: str
    command: str = ""


def read(reply: str) -> Answer:
    """The answer in a reply: from its JSON object where it has one with these fields, else all of it."""
    found = _object(reply)
    if found is None:
        return Answer(_plain(reply))
    cause, look_first, command, duration = (_plain(found.get(field, "")) for field in FIELDS)
    lines = (("Likely cause", cause), ("Check first", look_first), ("To confirm", command), ("", duration))
    said = [f"{label}: {line}" if label else line for label, line in lines if line]
    return Answer("\n".join(said), command)


def _object(reply: str) -> dict[str, str] | None:
    """The JSON object from its first brace to its last, if its fields are texts."""
    start, end = reply.find("{"), reply.rfind("}")
    if start < 0 or end < start:
        return None
    try:
        found = json.loads(reply[start : end + 1], strict=False)
    except ValueError:
        return None
    if not isinstance(found, dict) or not found.keys() & set(FIELDS):
        return None
    return {str(key): value for key, value in found.items() if isinstance(value, str)}


def _plain(text: str) -> str:
    """Without markup, control characters and empty lines."""
    lines = (visible(line).strip() for line in _MARKUP.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)
