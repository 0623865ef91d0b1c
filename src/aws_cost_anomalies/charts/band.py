"""Actual against the usual range: the picture of one anomaly, in pages, reports, mails and messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite

from aws_cost_anomalies.charts import ink
from aws_cost_anomalies.charts.frame import (
    LONGEST_TITLE,
    Plot,
    Size,
    Swatch,
    day_axis,
    label,
    legend,
    money_axis,
    plot_of,
    whole,
)
from aws_cost_anomalies.charts.svg import element, number
from aws_cost_anomalies.model.characters import cut
from aws_cost_anomalies.model.explanation import DayVerdict
from aws_cost_anomalies.model.message import Chart

ACTUAL, EXPECTED, BAND, ODD, OPEN = "actual", "expected", "usual range", "anomalous", "not settled"
Points = list[tuple[float, float]]


def band(chart: Chart, size: Size, *, has_title: bool = True) -> str:
    """The chart of an anomaly's days, odd ones marked, and where the days begin that are not settled."""
    days = chart.days
    swatches = [
        entry for entry in _swatches() if entry[0] in {ACTUAL, EXPECTED, BAND} or _has(days, entry[0])
    ]
    head, start = _title(chart, size) if has_title else ([], 0.0)
    names, height = legend(size, swatches)
    moved = element("g", *names, transform=f"translate(0 {number(start)})")
    amounts = [amount for day in days for amount in (day.actual, day.upper, day.lower, day.expected)]
    plot = plot_of(
        size, amounts, count=len(days), top=start + height + 8, bottom=size.height - size.font - 16.0
    )
    axes = [*money_axis(plot, size), *day_axis(plot, size, [day.day for day in days])]
    title = f"{chart.title}: actual cost against its usual range, day by day"
    return whole(size, title, *head, moved, *axes, *_drawn(days, plot, size), plot=plot)


def _title(chart: Chart, size: Size) -> tuple[list[str], float]:
    most = min(LONGEST_TITLE, int((size.width - 20) / (size.font * 0.6)))
    said = cut(" ".join(chart.title.split()), most)
    return [label(said, 8.0, size.font + 8.0, font_weight=600)], size.font + 12.0


def _swatches() -> tuple[Swatch, ...]:
    return (
        (ACTUAL, "actual", "line"),
        (EXPECTED, "expected", "dashes"),
        (BAND, "band", "area"),
        (ODD, "odd", "dot"),
        (OPEN, "open", "ring"),
    )


def _has(days: Sequence[DayVerdict], what: str) -> bool:
    return any(day.is_anomalous if what == ODD else not day.is_settled for day in days)


def _drawn(days: Sequence[DayVerdict], plot: Plot, size: Size) -> list[str]:
    dots = [
        element("circle", cx=plot.x(i), cy=plot.y(day.actual), r=4 if size.is_narrow else 4.5, **_dot(day))
        for i, day in enumerate(days)
        if isfinite(day.actual) and (day.is_anomalous or not day.is_settled)
    ]
    return [
        *_ranges(days, plot),
        *_lines(days, plot, lambda day: day.expected, stroke_dasharray="6 4", **ink.stroke("expected", 1.75)),
        *_lines(days, plot, lambda day: day.actual, stroke_linejoin="round", **ink.stroke("actual", 2.25)),
        *dots,
        *_edge(days, plot, size),
    ]


def _dot(day: DayVerdict) -> dict[str, object]:
    if day.is_anomalous:
        return ink.fill("odd")
    return {**ink.stroke("open", 2.0), "fill": ink.PAPER, "class_": "line-open fill-paper"}


def _runs(days: Sequence[DayVerdict], at: Callable[[int], Points | None]) -> list[list[Points]]:
    """The points of each unbroken run of days; a day that `at` knows nothing of ends one."""
    runs: list[list[Points]] = [[]]
    for position in range(len(days)):
        points = at(position)
        if points is None:
            runs.append([])
        else:
            runs[-1].append(points)
    return [run for run in runs if run]


def _lines(
    days: Sequence[DayVerdict], plot: Plot, amount: Callable[[DayVerdict], float], **look: object
) -> list[str]:
    def at(position: int) -> Points | None:
        known = amount(days[position])
        return [(plot.x(position), plot.y(known))] if isfinite(known) else None

    return [
        element("path", d=_through([points[0] for points in run]), stroke_linecap="round", **look)
        for run in _runs(days, at)
    ]


def _ranges(days: Sequence[DayVerdict], plot: Plot) -> list[str]:
    def at(position: int) -> Points | None:
        day, x = days[position], plot.x(position)
        if not (isfinite(day.lower) and isfinite(day.upper)):
            return None
        return [(x, plot.y(day.upper)), (x, plot.y(day.lower))]

    return [
        element(
            "path",
            d=_through([points[0] for points in run] + [points[1] for points in reversed(run)]) + "Z",
            fill_opacity=0.7,
            **ink.fill("band"),
        )
        for run in _runs(days, at)
    ]


def _through(points: Points) -> str:
    """A path; a single point becomes a short stroke."""
    more = "".join(f"L{number(x)} {number(y)}" for x, y in points[1:]) or "h0.1"
    return f"M{number(points[0][0])} {number(points[0][1])}{more}"


def _edge(days: Sequence[DayVerdict], plot: Plot, size: Size) -> list[str]:
    """A line before the first day that is not settled."""
    first = next((i for i, day in enumerate(days) if not day.is_settled), None)
    if not first or all(not isfinite(day.actual) for day in days[first:]):
        return []
    x = plot.x(first - 0.5)
    line = f"M{number(x)} {number(plot.top)}V{number(plot.bottom)}"
    return [
        element("path", d=line, stroke_dasharray="2 3", **ink.stroke("open", 1.5)),
        label("settled", x - 5, plot.top + size.font - 2, text_anchor="end"),
    ]
