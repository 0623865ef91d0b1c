"""How a message rests in the outbox: as JSON, each block under its name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from aws_cost_anomalies.model import message as words
from aws_cost_anomalies.model.anomaly import Severity
from aws_cost_anomalies.model.explanation import DayVerdict
from aws_cost_anomalies.model.message import Block, Message

_BLOCKS: dict[str, type[Block]] = {
    kind.__name__: kind
    for kind in (words.Paragraph, words.Facts, words.Table, words.Steps, words.Chart, words.SmallPrint)
}


def written(message: Message) -> str:
    """A message as JSON."""
    blocks = [{"block": type(block).__name__, **asdict(block)} for block in message.blocks]
    return json.dumps({**asdict(message), "blocks": blocks}, default=str, ensure_ascii=False)


def read(text: str) -> Message:
    """The message that was written so. Raises: ValueError, KeyError, TypeError for anything else."""
    values = json.loads(text)
    return Message(
        **{
            **values,
            "blocks": tuple(_block(block) for block in values["blocks"]),
            "mentions": tuple(values["mentions"]),
            "severity": Severity(values["severity"]) if values["severity"] else None,
        }
    )


def _block(values: Mapping[str, Any]) -> Block:
    fields = {name: _tuples(value) for name, value in values.items() if name != "block"}
    kind = _BLOCKS[values["block"]]
    if kind is words.Steps:
        fields["steps"] = tuple(words.Step(**step) for step in fields["steps"])
    if kind is words.Chart:
        days = [{**day, "day": date.fromisoformat(day["day"])} for day in fields["days"]]
        fields["days"] = tuple(DayVerdict(**day) for day in days)
        fields["through"] = date.fromisoformat(fields["through"])
    return kind(**fields)


def _tuples(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Lists as the tuples they were."""
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
