"""A message as plain text: for terminals, mail, topics, and platforms without blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from aws_cost_anomalies.model.message import Block, Facts, Message, Paragraph, SmallPrint, Steps, Table
from aws_cost_anomalies.sending.texts import line, lines, safe_url, squeezed, title_of, width

MOST_ROWS = 50
LONGEST_CELL = 60
LONGEST_VALUE = 300
LONGEST_TEXT = 4000
LONGEST_COMMAND = 500


def plain_text(message: Message, *, may_repeat: bool) -> str:
    """All that the message says but its chart."""
    return "\n\n".join([title_of(message, may_repeat=may_repeat), plain_body(message)]) + "\n"


def plain_body(message: Message) -> str:
    """The same without the heading."""
    called = f"For: {', '.join(line(each) for each in message.mentions)}" if message.mentions else ""
    told = [_block(block) for block in message.blocks]
    parts = [called, *told] if any(told) else [called, lines(message.text, LONGEST_TEXT)]
    return "\n\n".join(part for part in parts if part)


def fixed_width(table: Table, *, longest: int = LONGEST_CELL) -> list[str]:
    """The lines of a table in columns, its heads first, numbers flush right."""
    rows = [tuple(squeezed(cell, longest) for cell in row) for row in (table.columns, *table.rows)]
    wide = [max(width(row[i]) for row in rows) for i in range(len(table.columns))]
    return [
        "  ".join(_padded(row[i], wide[i], is_number=i in table.numbers) for i in range(len(wide))).rstrip()
        for row in rows
    ]


def more_than(shown: int, table: Table) -> list[str]:
    """How many rows are not shown; nothing when all are."""
    left = len(table.rows) - shown
    return [f"+{left} more"] if left > 0 else []


def _padded(cell: str, wide: int, *, is_number: bool = False) -> str:
    space = " " * (wide - width(cell))
    return space + cell if is_number else cell + space


def _block(block: Block) -> str:
    """One block, its title above it; empty for a chart."""
    return "\n".join(_lines(block))


def _lines(block: Block) -> Iterator[str]:
    title = line(getattr(block, "title", ""), LONGEST_VALUE)
    match block:
        case Paragraph(text=text):
            yield from [title, lines(text, LONGEST_TEXT)] if title else [lines(text, LONGEST_TEXT)]
        case SmallPrint(text=text):
            yield lines(text, LONGEST_TEXT)
        case Facts(pairs=pairs):
            yield from [title] if title else []
            labels = [line(label, LONGEST_CELL) + ":" for label, _ in pairs]
            wide = max(map(width, labels), default=0)
            for label, (_, value) in zip(labels, pairs, strict=True):
                yield f"{_padded(label, wide)} {line(value, LONGEST_VALUE)}"
        case Table():
            yield from [title] if title else []
            yield from fixed_width(replace(block, rows=block.rows[:MOST_ROWS]))
            yield from more_than(MOST_ROWS, block)
        case Steps():
            yield from [title] if title else []
            yield from _steps(block)


def _steps(block: Steps) -> Iterator[str]:
    for number, step in enumerate(block.steps, 1):
        yield f"{number}. {line(step.text, LONGEST_VALUE)}"
        if step.command:
            yield f"   $ {line(step.command, LONGEST_COMMAND)}"
        if url := safe_url(step.url):
            yield f"   {url}"
