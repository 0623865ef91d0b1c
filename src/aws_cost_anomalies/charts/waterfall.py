"""From what was expected to what came: each part a step, and the steps add up."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cost_anomalies.charts import ink
from aws_cost_anomalies.charts.frame import Size, label, ticks, whole, width_of
from aws_cost_anomalies.charts.svg import element, number
from aws_cost_anomalies.model import money
from aws_cost_anomalies.model.characters import cut

ROW = 30.0


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Steps between two amounts.

    Attributes:
        first: name and amount it starts from.
        parts: name and change of each step.
        last: name and amount it ends at: the first and all parts.
    """

    title: str
    first: tuple[str, float]
    parts: tuple[tuple[str, float], ...]
    last: tuple[str, float]


def waterfall(chart: Waterfall, size: Size) -> str:
    """The steps from top to bottom, each where the one before ended."""
    rows = _rows(chart)
    size = Size(size.width, int(ROW * len(rows) + 14), size.font)
    ends = [0.0, *(amount for _, start, end, _ in rows for amount in (start, end))]
    marks = ticks(min(ends), max(ends))
    names = size.width * (0.36 if size.is_narrow else 0.3)
    said = max(width_of(_amount(start, end, colour), size.font) for _, start, end, colour in rows)
    left, right = names + 12, size.width - said - 16
    scale = (right - left) / (marks[-1] - marks[0])
    zero = left - marks[0] * scale
    drawn = [element("path", d=f"M{number(zero)} 4V{size.height - 4}", **ink.stroke("axis"))]
    most = max(8, int(names / (size.font * 0.55)))
    for position, (name, start, end, colour) in enumerate(rows):
        y = 6 + ROW * position
        x, width = zero + min(start, end) * scale, max(abs(end - start) * scale, 1.0)
        middle = y + ROW / 2 + size.font * 0.25
        weight = 600 if colour == "sum" else None
        drawn += [
            label(cut(name, most), names + 4, middle, text_anchor="end", font_weight=weight),
            element("rect", x=x, y=y + 5, width=width, height=ROW - 10, rx=2, **ink.fill(colour)),
            label(
                _amount(start, end, colour), size.width - 8.0, middle, text_anchor="end", font_weight=weight
            ),
        ]
        if position < len(rows) - 1:
            link = f"M{number(zero + end * scale)} {number(y + ROW - 5)}v10"
            drawn.append(element("path", d=link, **ink.stroke("axis")))
    return whole(size, chart.title, *drawn)


def _rows(chart: Waterfall) -> list[tuple[str, float, float, str]]:
    """Name, from, to, colour."""
    name, reached = chart.first
    rows = [(name, 0.0, reached, "sum")]
    for step, change in chart.parts:
        rows.append((step, reached, reached + change, "more" if change > 0 else "less"))
        reached += change
    return [*rows, (chart.last[0], 0.0, chart.last[1], "sum")]


def _amount(start: float, end: float, colour: str) -> str:
    return money.amount(end) if colour == "sum" else money.signed(end - start)
