"""Block Kit of a Message. Knows Slack's marks and limits; knows no network.

`& < >` of every text are escaped before marks of our own are set, and Slack is told to read the rest as it
stands (`verbatim`): a `<!channel>`, a name or a link that comes with the bill is only text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from aws_cost_anomalies.model.message import Block, Facts, Message, Paragraph, SmallPrint, Steps, Table
from aws_cost_anomalies.sending.plain import fixed_width
from aws_cost_anomalies.sending.texts import MAY_REPEAT, line, lines, safe_url

MOST_BLOCKS = 50
MOST_CHARACTERS = 12_000
MOST_ROWS = 50
LONGEST_HEADER = 150
LONGEST_SECTION = 3000
LONGEST_SMALL = 500
MOST_FIELDS = 10
LONGEST_FIELD = 2000
LONGEST_NOTICE = 1000
LONGEST_VALUE = 500
LONGEST_COMMAND = 600
LONGEST_CELL = 40
SHORTENED = "The message was shortened to fit."

_MENTION = re.compile(r"<(?:@[UW][A-Z0-9]+|!subteam\^S[A-Z0-9]+|!here|!channel|!everyone)>")
_MEMBER = re.compile(r"[UW][A-Z0-9]{6,}")
_GROUP = re.compile(r"S[A-Z0-9]{6,}")
_STYLES = re.compile(r"(?<!\w)[*_~`]|[*_~`](?!\w)")
"""At the edge of a word a pair of these would style what stands between: two names could strike an amount."""
_LOOK_ALIKE = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}

Element = dict[str, Any]


def payload(message: Message, *, may_repeat: bool, file_id: str = "") -> Element:
    """What Slack is sent: blocks within its limits, and the plain text beside them.

    Args:
        message: what is said.
        may_repeat: whether that is said too.
        file_id: of the chart's picture, empty for none.
    """
    suffix = MAY_REPEAT if may_repeat else ""
    heading, room = line(message.title), LONGEST_HEADER - len(suffix)
    title = escaped(heading, room) + suffix
    return {
        "text": f"{inert(heading, room)}{suffix}\n{inert(lines(message.text), LONGEST_NOTICE)}",
        "blocks": _within_limits(message, title, file_id),
        "unfurl_links": False,
        "unfurl_media": False,
    }


def inert(text: str, limit: int) -> str:
    """A text of which Slack sets nothing bold, struck through or as code; its names keep their `_` inside."""
    return escaped(_STYLES.sub(lambda mark: _LOOK_ALIKE[mark[0]], text), limit)


def escaped(text: str, limit: int) -> str:
    """A text whose marks mean nothing to Slack, at most `limit` characters once escaped."""
    made = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if len(made) <= limit:
        return made
    return re.sub(r"&[a-z]{0,3}$", "", made[: limit - 1]).rstrip() + "…"


def _within_limits(message: Message, title: str, file_id: str) -> list[Element]:
    """The blocks that fit, the first ones first; the small print always does."""
    header: Element = {"type": "header", "text": {"type": "plain_text", "text": title, "emoji": False}}
    top = [header, *_called(message.mentions)]
    small = [e for block in message.blocks if isinstance(block, SmallPrint) for e in _elements(block, "")][:3]
    rest = [block for block in message.blocks if not isinstance(block, SmallPrint)]
    told = (element for block in rest for element in _elements(block, file_id))
    room = MOST_CHARACTERS - _characters([*top, *small]) - len(SHORTENED)
    kept: list[Element] = []
    for element in told:
        room -= _characters([element])
        if room < 0 or len(top) + len(kept) + 1 + len(small) >= MOST_BLOCKS:
            kept.append(_context(SHORTENED))
            break
        kept.append(element)
    return [*top, *(kept or [_section(inert(lines(message.text), LONGEST_SECTION))]), *small]


def _characters(elements: Sequence[Element]) -> int:
    return sum(len(text) for element in elements for text in _texts(element))


def _texts(held: object) -> Iterator[str]:
    """Every string of an element."""
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict):
        yield from (text for value in held.values() for text in _texts(value))
    elif isinstance(held, list):
        yield from (text for value in held for text in _texts(value))


def _called(mentions: Sequence[str]) -> list[Element]:
    """Whom the configuration names; what is no mention of Slack's is written as it is."""
    if not mentions:
        return []
    return [_section(" ".join(_mention(each.strip()) for each in mentions)[:LONGEST_SECTION])]


def _mention(name: str) -> str:
    if _MENTION.fullmatch(name):
        return name
    if _MEMBER.fullmatch(name):
        return f"<@{name}>"
    return f"<!subteam^{name}>" if _GROUP.fullmatch(name) else inert(line(name), 100)


def _elements(block: Block, file_id: str) -> list[Element]:
    """The elements of one block."""
    title = inert(line(getattr(block, "title", ""), LONGEST_HEADER), LONGEST_HEADER)
    bold = f"*{title}*\n" if title else ""
    match block:
        case Paragraph(text=text):
            return [_section(bold + inert(lines(text), LONGEST_SECTION - len(bold)))]
        case SmallPrint(text=text):
            return [_context(inert(lines(text), LONGEST_SMALL))]
        case Facts(pairs=pairs):
            head = [_section(bold.strip())] if bold else []
            starts = range(0, len(pairs), MOST_FIELDS)
            return [*head, *(_fields(pairs[start : start + MOST_FIELDS]) for start in starts)]
        case Table():
            return [_section(bold + _fenced(block, LONGEST_SECTION - len(bold)))]
        case Steps(steps=steps):
            told = [
                _step(n, step.text, command=step.command, url=step.url) for n, step in enumerate(steps, 1)
            ]
            return [_section(bold + told[0]), *map(_section, told[1:])] if told else []
    return [_picture(file_id, title)] if file_id else []


def _section(text: str) -> Element:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _context(text: str) -> Element:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def _fields(pairs: Sequence[tuple[str, str]]) -> Element:
    told = [
        f"*{inert(line(label), 100)}*\n{inert(line(value, LONGEST_VALUE), LONGEST_FIELD - 110)}"
        for label, value in pairs
    ]
    return {
        "type": "section",
        "fields": [{"type": "mrkdwn", "text": text, "verbatim": True} for text in told],
    }


def _picture(file_id: str, title: str) -> Element:
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": title or "Chart"}


def _fenced(table: Table, room: int) -> str:
    """A table in a fixed-width font, as many of its rows as there is room for."""
    shown = fixed_width(replace(table, rows=table.rows[:MOST_ROWS]), longest=LONGEST_CELL)
    rows = [escaped(row.replace("`", "'"), LONGEST_SECTION) for row in shown]
    room -= len("```\n\n```\n+99999 more")
    kept: list[str] = []
    for row in rows:
        room -= len(row) + 1
        if room < 0:
            break
        kept.append(row)
    more = len(table.rows) + 1 - len(kept)
    return "```\n" + "\n".join(kept) + "\n```" + (f"\n+{more} more" if more else "")


def _step(number: int, text: str, *, command: str, url: str) -> str:
    said = f"{number}. {inert(line(text, LONGEST_VALUE), LONGEST_FIELD - LONGEST_COMMAND)}"
    if command:
        said += f"\n`{escaped(line(command.replace('`', chr(39))), LONGEST_COMMAND)}`"
    address = safe_url(url).replace("&", "&amp;").replace("|", "%7C")
    return f"{said}\n<{address}|Open>" if address and len(address) < LONGEST_COMMAND else said
