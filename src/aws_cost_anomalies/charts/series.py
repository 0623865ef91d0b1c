"""Cost over time: several slices of spend stacked or as lines, anomalies marked on the day they began."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aws_cost_anomalies.charts import ink
from aws_cost_anomalies.charts.frame import (
    Plot,
    Size,
    Swatch,
    day_axis,
    legend,
    money_axis,
    plot_of,
    whole,
)
from aws_cost_anomalies.charts.svg import element, number

MONTHLY = "%b %Y"
BEFORE, STARTED = "period before", "an anomaly begins"


@dataclass(frozen=True, slots=True)
class Line:
    """One slice of spend; an amount is None where nothing is known."""

    name: str
    amounts: tuple[float | None, ...]
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """Slices of spend over time.

    Attributes:
        buckets: first day of each.
        lines: the largest first.
        started: how many anomalies began in each bucket; empty for none.
        before: the whole of the period before, bucket by bucket; empty for none.
    """

    title: str
    buckets: tuple[date, ...]
    lines: tuple[Line, ...]
    started: tuple[int, ...] = ()
    before: tuple[float | None, ...] = ()
    is_monthly: bool = False


def series(chart: Series, size: Size) -> str:
    """The slices stacked; what is below zero, credits for example, hangs below the line."""
    names, height = legend(size, _swatches(chart))
    above, below = _stacks(chart, is_positive=True), _stacks(chart, is_positive=False)
    amounts = [*_ends(above), *_ends(below), *(amount or 0.0 for amount in chart.before)]
    bottom = size.height - size.font - 16.0
    plot = plot_of(size, amounts, count=len(chart.buckets), top=height + 18, bottom=bottom)
    form = MONTHLY if chart.is_monthly else "%b %-d"
    parts = [
        *names,
        *money_axis(plot, size),
        *day_axis(plot, size, chart.buckets, form=form),
        *_bars(chart, [above, below], plot),
        *_line_before(chart, plot),
        *_marks(chart, above, plot),
    ]
    return whole(size, chart.title, *parts, plot=plot)


def _swatches(chart: Series) -> list[Swatch]:
    found: list[Swatch] = [
        (line.name, ink.series(i, is_rest=line.is_rest), "area") for i, line in enumerate(chart.lines)
    ]
    if any(amount is not None for amount in chart.before):
        found.append((BEFORE, "before", "dashes"))
    if any(chart.started):
        found.append((STARTED, "odd", "mark"))
    return found


Stack = list[list[tuple[float, float]]]
"""Line → bucket → from where to where it reaches."""


def _stacks(chart: Series, *, is_positive: bool) -> Stack:
    reached = [0.0] * len(chart.buckets)
    stack: Stack = []
    for line in chart.lines:
        spans = []
        for bucket, amount in enumerate(line.amounts):
            added = amount or 0.0
            added = max(added, 0.0) if is_positive else min(added, 0.0)
            spans.append((reached[bucket], reached[bucket] + added))
            reached[bucket] += added
        stack.append(spans)
    return stack


def _ends(stack: Stack) -> list[float]:
    return [end for spans in stack for _, end in spans]


def _bars(chart: Series, stacks: Sequence[Stack], plot: Plot) -> list[str]:
    """One path for each slice: the bars of all its buckets."""
    width = max(plot.column * 0.86, min(plot.column, 1.0))
    drawn = []
    for position, line in enumerate(chart.lines):
        steps = [
            _bar(plot.x(bucket) - width / 2, width, between=(plot.y(start), plot.y(end)))
            for stack in stacks
            for bucket, (start, end) in enumerate(stack[position])
            if abs(plot.y(start) - plot.y(end)) > 0.05
        ]
        if steps:
            drawn.append(
                element("path", d="".join(steps), **ink.fill(ink.series(position, is_rest=line.is_rest)))
            )
    return drawn


def _bar(x: float, width: float, *, between: tuple[float, float]) -> str:
    start, end = between
    return f"M{number(x)} {number(start)}h{number(width)}V{number(end)}h{number(-width)}z"


def _line_before(chart: Series, plot: Plot) -> list[str]:
    steps, pen = [], "M"
    for bucket, amount in enumerate(chart.before[: len(chart.buckets)]):
        if amount is None:
            pen = "M"
            continue
        steps.append(f"{pen}{number(plot.x(bucket))} {number(plot.y(amount))}")
        pen = "L"
    if not steps:
        return []
    return [element("path", d="".join(steps), stroke_dasharray="5 3", **ink.stroke("before", 2.0))]


def _marks(chart: Series, above: Stack, plot: Plot) -> list[str]:
    """A triangle over each bucket in which an anomaly began."""
    drawn = []
    for bucket, started in enumerate(chart.started):
        if started:
            x, y = plot.x(bucket), plot.y(above[-1][bucket][1] if above else 0.0) - 4
            shape = f"M{number(x)} {number(y)}l-5 -9h10z"
            drawn.append(element("path", d=shape, **ink.fill("odd")))
    return drawn
