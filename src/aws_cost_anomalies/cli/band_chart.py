"""Actual cost against the expected band, drawn with blocks: days across, cost upwards from zero."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from aws_cost_anomalies.model.explanation import DayVerdict

HEIGHT = 9
EIGHTHS = " ▁▂▃▄▅▆▇█"
FULL, BAND, BOTH, MARK, UNSETTLED = "█", "░", "▓", "▲", "·"
LEGEND = f"{FULL} actual  {BAND} expected band  {BOTH} both  {MARK} anomalous  {UNSETTLED} not settled"
AXIS_WIDTH = 11
WIDEST_DAY = 4
DAY_FORMAT = "%m-%d"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart: the axis, and per day a glyph with its style."""

    axis: str
    glyphs: tuple[tuple[str, str], ...]


def chart(days: Sequence[DayVerdict], *, width: int) -> list[Line]:
    """The lines of the chart, top first: the columns, the marks, the dates."""
    room = max(1, width - AXIS_WIDTH)
    shown = list(days)[-room:]
    across = max(1, min(WIDEST_DAY, room // max(1, len(shown))))
    top = _nice_top(max((v for d in shown for v in (d.actual, d.upper) if math.isfinite(v)), default=0.0))
    lines = [
        Line(_axis_label(row, top), tuple(_glyph(day, row, top, across=across) for day in shown))
        for row in reversed(range(HEIGHT))
    ]
    marks = tuple(_mark(day, across) for day in shown)
    return [*lines, Line(" " * (AXIS_WIDTH - 2) + "└ ", marks), Line(" " * AXIS_WIDTH, _dates(shown, across))]


def _glyph(day: DayVerdict, row: int, top: float, *, across: int) -> tuple[str, str]:
    """What stands in one cell of the chart, and its style."""
    height = top / HEIGHT
    filled = 0 if not math.isfinite(day.actual) else round(max(day.actual, 0.0) / height * 8) - row * 8
    in_band = math.isfinite(day.lower) and day.lower < (row + 1) * height and day.upper > row * height
    if filled <= 0:
        return (BAND if in_band else " ") * across, "dim"
    style = "red" if day.is_anomalous else "blue"
    if in_band:
        return (BOTH if filled >= 4 else BAND) * across, style
    return EIGHTHS[min(filled, 8)] * across, style


def _mark(day: DayVerdict, across: int) -> tuple[str, str]:
    if day.is_anomalous:
        return MARK.ljust(across), "red"
    return (" " if day.is_settled else UNSETTLED).ljust(across), "dim"


def _axis_label(row: int, top: float) -> str:
    """The cost at the upper edge of every third row."""
    is_labelled = (HEIGHT - 1 - row) % 3 == 0
    label = _short((row + 1) * top / HEIGHT) if is_labelled else ""
    return f"{label:>{AXIS_WIDTH - 3}} {'┤' if is_labelled else '│'} "


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:,.2f}"


def _dates(days: Sequence[DayVerdict], across: int) -> tuple[tuple[str, str], ...]:
    """A date under every week's first column."""
    step = 7
    parts = []
    for start in range(0, len(days), step):
        room = min(step, len(days) - start) * across
        label = f"{days[start].day:{DAY_FORMAT}}"
        parts.append((label.ljust(room) if len(label) <= room else " " * room, "dim"))
    return tuple(parts)


def _nice_top(highest: float) -> float:
    """The first round number that is not below, and whose thirds are round too."""
    if highest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(highest))
    steps = (1.2, 1.5, 1.8, 2.4, 3.0, 3.6, 4.5, 6.0, 7.5, 9.0, 12.0)
    return next(step * power for step in steps if step * power >= highest)
