"""An Adaptive Card of a Message. Knows the card's limits and its marks; knows no network.

Every text from the bill stands in a text run, in which Teams reads no Markdown and no mention.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from aws_cost_anomalies.model.anomaly import Severity
from aws_cost_anomalies.model.message import Block, Facts, Message, Paragraph, SmallPrint, Steps, Table
from aws_cost_anomalies.sending.texts import line, lines, safe_url, title_of

LONGEST_CARD = 26 * 1024
"""Bytes; Teams takes 28 KB and adds its own around the card."""
LONGEST_TEXT = 2000
LONGEST_SMALL = 500
LONGEST_CELL = 200
MOST_ACTIONS = 6
MOST_ROWS = 25
SHORTENED = "The message was shortened to fit."

_CALLED = re.compile(
    r"(?:(?P<name>[^<>]+?)\s*<(?P<id>[^<>@\s]+@[^<>@\s]+|[0-9a-fA-F-]{36})>|(?P<plain>[^<>@\s]+@[^<>@\s]+))"
)
"""A name with an address or an object id, or an address alone."""

Element = dict[str, Any]


def envelope(message: Message, *, may_repeat: bool = False) -> Element:
    """The JSON that is sent: as many blocks as fit, the first ones first, and the small print."""
    top = _top(message, may_repeat=may_repeat)
    links, called = _links(message), _called(message.mentions)
    small = [e for block in message.blocks if isinstance(block, SmallPrint) for e in _elements(block)][:3]
    shortened = _run(SHORTENED, isSubtle=True)
    room = LONGEST_CARD - _bytes(_wrapped([*top, *small, shortened], links, called))
    kept: list[Element] = []
    for block in message.blocks:
        elements = [] if isinstance(block, SmallPrint) else _elements(block)
        room -= _bytes(elements)
        if room < 0:
            kept.append(shortened)
            break
        kept += elements
    body = [*top, *(kept or [_run(lines(message.text, LONGEST_TEXT))]), *small]
    return _wrapped(body, links, called)


def _bytes(held: object) -> int:
    """How long it is as JSON, beside others."""
    return len(json.dumps(held, separators=(",", ":")))


def _wrapped(body: list[Element], actions: list[Element], called: list[tuple[str, str]]) -> Element:
    card: Element = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": body,
        "msteams": {"width": "Full"},
    }
    if actions:
        card["actions"] = actions
    if called:
        card["msteams"]["entities"] = [
            {"type": "mention", "text": f"<at>{name}</at>", "mentioned": {"id": who, "name": name}}
            for name, who in called
        ]
    attachment = {
        "contentType": "application/vnd.microsoft.card.adaptive",
        "contentUrl": None,
        "content": card,
    }
    return {"type": "message", "attachments": [attachment]}


def _top(message: Message, *, may_repeat: bool) -> list[Element]:
    """The heading, and whom it calls."""
    colours = {Severity.CRITICAL: "Attention", Severity.WARNING: "Warning", Severity.INFO: "Accent"}
    colour = colours[message.severity] if message.severity else "Default"
    heading = title_of(message, may_repeat=may_repeat)
    top = [_run(heading, weight="Bolder", size="Large", color=colour)]
    called = _called(message.mentions)
    if called:
        top.append(
            {"type": "TextBlock", "text": " ".join(f"<at>{name}</at>" for name, _ in called), "wrap": True}
        )
    others = [line(each, LONGEST_CELL) for each in message.mentions if not _CALLED.fullmatch(each.strip())]
    return [*top, *([_run(f"For: {', '.join(others)}")] if others else [])]


def _called(mentions: Sequence[str]) -> list[tuple[str, str]]:
    """Name and id of those that Teams can call: `Name <user@corp.com>`, an address, `Name <object id>`."""
    found = [match for each in mentions if (match := _CALLED.fullmatch(each.strip()))]
    called = [(match["name"] or match["plain"], match["id"] or match["plain"]) for match in found]
    return [(re.sub(r"[^\w @.\-]", "", line(name, LONGEST_CELL)), who) for name, who in called]


def _elements(block: Block) -> list[Element]:
    """The elements of one block; none for a chart, since a card takes no picture but by its address."""
    title = line(getattr(block, "title", ""), LONGEST_CELL)
    head = [_run(title, weight="Bolder", spacing="Medium")] if title else []
    match block:
        case Paragraph(text=text):
            return [*head, _run(lines(text, LONGEST_TEXT))]
        case SmallPrint(text=text):
            return [_run(lines(text, LONGEST_SMALL), isSubtle=True, size="Small")]
        case Facts(pairs=pairs):
            rows = [(label, value) for label, value in pairs]
            return [*head, _table(rows, numbers=(), widths=[1, 2], has_heads=False)]
        case Table(columns=columns, rows=cells, numbers=numbers):
            shown = [columns, *cells[:MOST_ROWS]]
            more = len(cells) - MOST_ROWS
            rest = [_run(f"+{more} more", isSubtle=True)] if more > 0 else []
            return [*head, _table(shown, numbers=numbers, widths=[1] * len(columns), has_heads=True), *rest]
        case Steps(steps=steps):
            numbered = enumerate(steps, 1)
            return [*head, *(each for n, step in numbered for each in _step(n, step.text, step.command))]
    return []


def _step(number: int, text: str, command: str) -> list[Element]:
    said = [_run(f"{number}. {line(text, LONGEST_TEXT)}")]
    return [*said, _run(line(command, LONGEST_TEXT), fontType="Monospace")] if command else said


def _table(
    rows: Sequence[Sequence[str]], *, numbers: Sequence[int], widths: list[int], has_heads: bool
) -> Element:
    return {
        "type": "Table",
        "columns": [{"width": width} for width in widths],
        "firstRowAsHeaders": has_heads,
        "showGridLines": has_heads,
        "rows": [
            {
                "type": "TableRow",
                "cells": [
                    _cell(cell, is_right=place in numbers, is_bold=at == 0 if has_heads else place == 0)
                    for place, cell in enumerate(row)
                ],
            }
            for at, row in enumerate(rows)
        ],
    }


def _cell(text: str, *, is_right: bool, is_bold: bool) -> Element:
    style = {"weight": "Bolder"} if is_bold else {}
    return {"type": "TableCell", "items": [_run(line(text, LONGEST_CELL), is_right=is_right, **style)]}


def _run(text: str, *, is_right: bool = False, spacing: str = "", **style: object) -> Element:
    """A text as it is: no Markdown, no mention, no link is read in it."""
    block: Element = {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, **style}]}
    if is_right:
        block["horizontalAlignment"] = "Right"
    if spacing:
        block["spacing"] = spacing
    return block


def _links(message: Message) -> list[Element]:
    """The pages of the steps, as buttons."""
    steps = [step for block in message.blocks if isinstance(block, Steps) for step in block.steps]
    named = [(line(step.text, 60), safe_url(step.url)) for step in steps]
    return [{"type": "Action.OpenUrl", "title": title, "url": url} for title, url in named if url][
        :MOST_ACTIONS
    ]
