"""How loud each sensitivity would have been: alerts a week against the score from which a day is told."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cost_anomalies.charts import ink
from aws_cost_anomalies.charts.frame import Plot, Size, label, legend, money_axis, plot_of, whole
from aws_cost_anomalies.charts.svg import element, number

TOLD, SET = "alerts a week", "in force"


@dataclass(frozen=True, slots=True)
class Curve:
    """Alerts a week at each setting.

    Attributes:
        points: name of the setting and alerts a week, the most talkative first.
        chosen: position of the one in force; None when it is none of them.
    """

    title: str
    points: tuple[tuple[str, float], ...]
    chosen: int | None = None


def curve(chart: Curve, size: Size) -> str:
    """A column for each setting, the one in force marked."""
    swatches = [(TOLD, "s0", "area"), *([(SET, "odd", "area")] if chart.chosen is not None else [])]
    names, height = legend(size, swatches)
    amounts = [amount for _, amount in chart.points]
    bottom = size.height - 2 * size.font - 14.0
    plot = plot_of(size, amounts, count=len(chart.points), top=height + size.font + 6, bottom=bottom)
    columns = [part for i in range(len(chart.points)) for part in _column(chart, i, plot=plot, size=size)]
    return whole(size, chart.title, *names, *money_axis(plot, size), *columns, plot=plot)


def _column(chart: Curve, position: int, *, plot: Plot, size: Size) -> list[str]:
    name, amount = chart.points[position]
    x, width = plot.x(position), min(plot.column * 0.7, 64.0)
    y = plot.y(amount)
    path = (
        f"M{number(x - width / 2)} {number(plot.bottom)}V{number(y)}h{number(width)}V{number(plot.bottom)}z"
    )
    drawn = [
        element("path", d=path, **ink.fill("odd" if position == chart.chosen else "s0")),
        label(f"{amount:.1f}", x, y - 5, text_anchor="middle"),
    ]
    for line, word in enumerate(name.split("\n")):
        drawn.append(label(word, x, plot.bottom + (line + 1) * (size.font + 3) + 2, text_anchor="middle"))
    return drawn
