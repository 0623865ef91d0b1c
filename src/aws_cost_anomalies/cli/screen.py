"""Standard output for answers, and a sign of life on standard error. Loads rich, so commands load it late."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.measure import Measurement
from rich.segment import Segment, SegmentLines
from rich.table import Table
from rich.text import Text

from aws_cost_anomalies.cli.characters import visible
from aws_cost_anomalies.cli.stderr import Notices, wants_colour

ANY_WIDTH = 1000
"""More columns than a table can need."""
NAME = 6
"""Letters of a name that stand on one line at least."""


def console(stream: TextIO, *, is_plain: bool) -> Console:
    """A console for this stream that takes nothing it is given for markup."""
    coloured = not is_plain and wants_colour(is_terminal=stream.isatty())
    return HarmlessConsole(
        file=stream,
        markup=False,
        highlight=False,
        emoji=False,
        color_system="auto" if coloured else None,
        force_terminal=True if coloured else None,
        _environ=_surroundings(),
    )


def _surroundings() -> dict[str, str]:
    """The environment without a width or height of nothing, as which rich would print nothing at all."""
    sizes = {"COLUMNS", "LINES"}
    return {name: value for name, value in os.environ.items() if name not in sizes or value.strip("0")}


class HarmlessConsole(Console):
    """A console on which no text steers the terminal, even where somebody forgot to make it visible."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """What is printed, its texts without orders to the terminal; rich's own orders pass."""
        for segment in super().render(renderable, options):
            if segment.control or _is_harmless(segment.text):
                yield segment
            else:
                yield Segment("\n".join(map(visible, segment.text.split("\n"))), segment.style)

    def on_broken_pipe(self) -> None:
        """Leave it to the door what becomes of a reader that left. Raises: BrokenPipeError."""
        raise BrokenPipeError from None


def _is_harmless(text: str) -> bool:
    return text == "\n" or (text.isascii() and text.isprintable())


class Screen:
    """Where a command shows what it found."""

    def __init__(self, notices: Notices) -> None:
        """Take this process's two streams."""
        self.notices = notices
        self.out = console(sys.stdout, is_plain=notices.is_plain)

    @property
    def width(self) -> int:
        """Columns there are."""
        return self.out.width

    def show(self, *parts: RenderableType) -> None:
        """Print tables and texts below one another, without blanks at the ends of lines."""
        with self.out.capture() as captured:
            for part in parts:
                self.out.print(self._whole(part), crop=False)
        lines = captured.get().split("\n")
        self.out.file.write("\n".join(line.rstrip(" ") for line in lines))

    def _whole(self, part: RenderableType) -> RenderableType:
        """A table with all its names and amounts, on lines longer than the terminal's where it has to.

        The terminal breaks such lines in two; what is left out of them would be gone.
        """
        if not isinstance(part, Table):
            return part
        options = self.out.options.update(width=ANY_WIDTH)
        with_whole_words = Measurement.get(self.out, options, part).minimum
        if with_whole_words - self._to_spare(part) <= self.width:
            return part
        lines = self.out.render_lines(part, options.update(width=with_whole_words), pad=False)
        return SegmentLines(lines, new_lines=True)

    def _to_spare(self, table: Table) -> int:
        """The columns that breaking every word of a name after a few letters would save."""
        options = self.out.options.update(width=ANY_WIDTH)
        words = [
            max(Measurement.get(self.out, options, cell).minimum for cell in (column.header, *column.cells))
            for column in table.columns
            if not column.no_wrap
        ]
        return sum(max(word - NAME, 0) for word in words)

    def line(self, text: str) -> None:
        """Print one line now: somebody waits for it."""
        self.show(Text(text))
        self.out.file.flush()

    def command(self, line: str, lead: str) -> None:
        """Print a command line on one line, however long, so that it can be copied as it is."""
        with self.out.capture() as captured:
            self.out.print(Text.assemble(lead, (visible(line), "bold")), soft_wrap=True)
        self.out.file.write(captured.get())

    @contextmanager
    def working(self, what: str) -> Iterator[Progress]:
        """A line that moves while the block runs; nothing where nobody watches."""
        if self.notices.is_quiet or not sys.stderr.isatty():
            yield Progress()
            return
        from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(20),
            TimeElapsedColumn(),
        )
        stream = console(sys.stderr, is_plain=self.notices.is_plain)
        with Bar(*columns, console=stream, transient=True) as bar:
            yield Progress(bar, bar.add_task(what, total=None))


class Progress:
    """How far a piece of work is."""

    def __init__(self, bar: Any = None, task: Any = None) -> None:  # noqa: ANN401 - rich loads only for watchers
        """Move this bar, or nothing."""
        self._bar = bar
        self._task = task

    def at(self, what: str) -> None:
        """Say what is being done now."""
        if self._bar is not None:
            self._bar.update(self._task, description=visible(what))
