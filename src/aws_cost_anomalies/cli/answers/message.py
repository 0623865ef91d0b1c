"""A message, drawn in a terminal: what a channel is sent, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

from rich.console import RenderableType
from rich.text import Text

from aws_cost_anomalies.cli import tables
from aws_cost_anomalies.cli.characters import visible
from aws_cost_anomalies.cli.screen import Screen
from aws_cost_anomalies.model.message import Chart, Facts, Message, Paragraph, SmallPrint, Steps, Table


def show(message: Message, screen: Screen) -> None:
    """Print a message; a chart stands as its title."""
    screen.show(tables.title(message.title))
    for block in message.blocks:
        screen.show(*_drawn(block))


@singledispatch
def _drawn(block: object) -> Iterator[RenderableType]:
    raise TypeError(f"no drawing of {type(block).__name__}")


@_drawn.register
def _(block: Paragraph) -> Iterator[RenderableType]:
    yield from _head(block.title)
    for line in block.text.splitlines():
        yield Text(visible(line))


@_drawn.register
def _(block: Facts) -> Iterator[RenderableType]:
    yield from _head(block.title)
    for label, value in block.pairs:
        yield Text.assemble((f"{visible(label)}: ", "dim"), visible(value))


@_drawn.register
def _(block: Table) -> Iterator[RenderableType]:
    yield from _head(block.title)
    drawn = tables.table(*block.columns, numbers=[block.columns[n] for n in block.numbers])
    for row in block.rows:
        drawn.add_row(*(Text(visible(cell)) for cell in row))
    yield drawn


@_drawn.register
def _(block: Steps) -> Iterator[RenderableType]:
    yield from _head(block.title)
    for number, step in enumerate(block.steps, start=1):
        yield Text(f"{number}. {visible(step.text)}")
        for more in filter(None, (step.command, step.url)):
            yield Text(f"   {visible(more)}", style="cyan")


@_drawn.register
def _(block: Chart) -> Iterator[RenderableType]:
    yield tables.caption(f"[picture: {block.title}, through {block.through}]")


@_drawn.register
def _(block: SmallPrint) -> Iterator[RenderableType]:
    yield tables.caption(block.text)


def _head(title: str) -> Iterator[RenderableType]:
    if title:
        yield tables.title(title)
