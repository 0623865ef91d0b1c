"""HTML of a Message, for mail: inline styles, no script, no address that is fetched when it is opened."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from html import escape

from aws_cost_anomalies.model.anomaly import Severity
from aws_cost_anomalies.model.message import Block, Chart, Facts, Message, Paragraph, SmallPrint, Steps, Table
from aws_cost_anomalies.sending.plain import MOST_ROWS, more_than
from aws_cost_anomalies.sending.texts import line, lines, safe_url, title_of

LONGEST_TEXT = 4000
LONGEST_CELL = 300
COLOURS = {Severity.CRITICAL: "#b42318", Severity.WARNING: "#b54708", Severity.INFO: "#175cd3"}

_CELL = "padding:3px 14px 3px 0;vertical-align:top;text-align:"
_FONT = "font-family:-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;font-size:14px;line-height:1.45"


def html(message: Message, *, may_repeat: bool, picture: str = "") -> str:
    """The page.

    Args:
        message: what is said.
        may_repeat: whether that is said too.
        picture: content id of the chart, empty for none.
    """
    colour = COLOURS[message.severity] if message.severity else "#344054"
    title = escape(title_of(message, may_repeat=may_repeat))
    body = [part for block in message.blocks for part in _block(block, picture)]
    body = body or [_paragraph(message.text)]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<title>{title}</title></head><body style="{_FONT};color:#1d2939;margin:0;padding:16px">'
        f'<div style="max-width:680px"><h1 style="font-size:18px;margin:0 0 12px;padding-left:10px;'
        f'border-left:4px solid {colour}">{title}</h1>{"".join(body)}</div></body></html>\n'
    )


def _block(block: Block, picture: str) -> Iterator[str]:
    if isinstance(block, Chart):
        alt = escape(line(block.title, LONGEST_CELL))
        image = f'<p><img src="cid:{picture}" alt="{alt}" style="max-width:100%;height:auto"></p>'
        yield image if picture else ""
        return
    title = line(getattr(block, "title", ""), LONGEST_CELL)
    yield f'<h2 style="font-size:15px;margin:16px 0 4px">{escape(title)}</h2>' if title else ""
    match block:
        case Paragraph(text=text):
            yield _paragraph(text)
        case SmallPrint(text=text):
            yield _paragraph(text, style="color:#667085;font-size:12px")
        case Facts(pairs=pairs):
            yield _table(_row(pair, numbers=(), bold=(0,)) for pair in pairs)
        case Table(columns=columns, rows=cells, numbers=numbers):
            head = _row(columns, numbers=numbers, bold=range(len(columns)))
            yield _table([head, *(_row(row, numbers=numbers) for row in cells[:MOST_ROWS])])
            yield from map(_paragraph, more_than(MOST_ROWS, block))
        case Steps(steps=steps):
            items = "".join(_step(step.text, step.command, url=step.url) for step in steps)
            yield f'<ol style="margin:4px 0;padding-left:20px">{items}</ol>'


def _paragraph(text: str, *, style: str = "") -> str:
    broken = escape(lines(text, LONGEST_TEXT)).replace("\n", "<br>")
    return f'<p style="margin:4px 0 10px;{style}">{broken}</p>'


def _table(rows: Iterable[str]) -> str:
    return f'<table style="border-collapse:collapse;{_FONT}">{"".join(rows)}</table>'


def _row(cells: Sequence[str], *, numbers: Collection[int], bold: Collection[int] = ()) -> str:
    made = []
    for place, cell in enumerate(cells):
        side = "right" if place in numbers else "left"
        weight = ";font-weight:600" if place in bold else ""
        made.append(f'<td style="{_CELL}{side}{weight}">{escape(line(cell, LONGEST_CELL))}</td>')
    return f"<tr>{''.join(made)}</tr>"


def _step(text: str, command: str, *, url: str) -> str:
    said = escape(line(text, LONGEST_CELL))
    if command:
        said += f'<br><code style="font-size:13px">{escape(line(command, LONGEST_TEXT))}</code>'
    if address := safe_url(url):
        said += f'<br><a href="{escape(address)}">Open</a>'
    return f"<li>{said}</li>"
