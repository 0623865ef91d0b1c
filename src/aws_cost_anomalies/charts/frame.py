"""What every chart stands in: a size, scales, an axis of money, an axis of days, a legend."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from aws_cost_anomalies.charts import ink
from aws_cost_anomalies.charts.svg import FONT, NAMESPACE, element, number, text
from aws_cost_anomalies.model.characters import cut

LETTER = 0.56
"""Width of a usual letter, in font sizes."""
LONGEST_TITLE = 90
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
MOST_TICKS = 5
Swatch = tuple[str, str, str]
"""A line of the legend: what it is called, its colour's class, and `area`, `line`, `dashes`, `dot`,
`ring` or `mark`."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a chart is drawn, in units of its own."""

    width: int
    height: int
    font: int = 13

    @property
    def is_narrow(self) -> bool:
        """Whether it is for a telephone."""
        return self.width < 500


WIDE, MIDDLE, NARROW = Size(1180, 340), Size(700, 320), Size(380, 300, 12)
LETTER_SIZE = Size(680, 300, 12)


@dataclass(frozen=True, slots=True)
class Plot:
    """The rectangle inside the axes; `low` and `high` are the amounts at its edges."""

    left: float
    top: float
    right: float
    bottom: float
    low: float
    high: float
    count: int

    def x(self, position: float) -> float:
        """The middle of a column, 0 the first."""
        return self.left + (position + 0.5) * (self.right - self.left) / max(self.count, 1)

    def y(self, amount: float) -> float:
        """Where an amount lies."""
        span = self.high - self.low or 1.0
        return self.bottom - (amount - self.low) / span * (self.bottom - self.top)

    @property
    def column(self) -> float:
        """Width of one column."""
        return (self.right - self.left) / max(self.count, 1)


def ticks(low: float, high: float) -> list[float]:
    """Round amounts that enclose a range."""
    if not (math.isfinite(low) and math.isfinite(high)) or high - low < 1e-9:
        high = low + 1.0 if math.isfinite(low) else 1.0
        low = low if math.isfinite(low) else 0.0
    rough = (high - low) / MOST_TICKS
    scale = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * scale for factor in STEPS if factor * scale >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [index * step for index in range(first, last + 1)]


def short(amount: float) -> str:
    """An amount for an axis: `1.2k`, `350`, `0.05`."""
    for size, suffix in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(amount) >= size:
            return f"{amount / size:.4g}{suffix}"
    return f"{amount:.4g}"


def width_of(said: str, font: int) -> float:
    """About how wide a text is."""
    return len(said) * font * LETTER


def whole(size: Size, title: str, *parts: str, plot: Plot | None = None) -> str:
    """The chart: its parts on paper, with what it shows in words, and where its columns are."""
    columns: dict[str, object] = (
        {"data_left": plot.left, "data_right": plot.right, "data_count": plot.count,
         "data_top": plot.top, "data_bottom": plot.bottom} if plot else {}
    )  # fmt: skip
    paper = element("rect", width=size.width, height=size.height, **ink.fill("paper"))
    return element(
        "svg", paper, *parts, xmlns=NAMESPACE, viewBox=f"0 0 {size.width} {size.height}", role="img",
        width=size.width, height=size.height,
        aria_label=cut(title, LONGEST_TITLE), font_family=FONT, font_size=size.font, **columns,
    )  # fmt: skip


def label(said: str, x: float, y: float, **attributes: object) -> str:
    """A text at a place."""
    return element("text", text(said), x=x, y=y, **ink.fill("text"), **attributes)


def plot_of(size: Size, amounts: Sequence[float], *, count: int, top: float, bottom: float) -> Plot:
    """Where to draw amounts: zero is always in view.

    Args:
        size: of the chart.
        amounts: all that is drawn; what is not finite is left out.
        count: columns.
        top: where the plot begins.
        bottom: where it ends.
    """
    known = [amount for amount in amounts if math.isfinite(amount)]
    marks = ticks(min([0.0, *known]), max([0.0, *known]))
    left = max(width_of(short(mark), size.font) for mark in marks) + 12
    return Plot(left, top, size.width - 8.0, bottom, marks[0], marks[-1], count)


def money_axis(plot: Plot, size: Size) -> list[str]:
    """Lines across the plot, each with its amount at the left."""
    drawn = []
    for mark in ticks(plot.low, plot.high):
        if not plot.low - 1e-9 <= mark <= plot.high + 1e-9:
            continue
        y = plot.y(mark)
        colour = "axis" if abs(mark) < 1e-9 else "grid"
        path = f"M{number(plot.left)} {number(y)}H{number(plot.right)}"
        drawn.append(element("path", d=path, **ink.stroke(colour)))
        drawn.append(
            label(short(mark), plot.left - 6, y + size.font * 0.35, text_anchor="end", data_amount=mark)
        )
    return drawn


def day_axis(plot: Plot, size: Size, days: Sequence[date], *, form: str = "%b %-d") -> list[str]:
    """As many days below the plot as have room, the last one among them."""
    if not days:
        return []
    names = [day.strftime(form) for day in days]
    room = max(1, int((plot.right - plot.left) // (width_of("Sep 30  ", size.font) + 14)))
    step = max(1, math.ceil(len(days) / room))
    y = plot.bottom + size.font + 6
    drawn = []
    for position in range(len(days) - 1, -1, -step):
        x = plot.x(position)
        half = width_of(names[position], size.font) / 2
        x_text = min(max(x, plot.left + half - 10), plot.right - half + 6)
        tick = f"M{number(x)} {number(plot.bottom)}v4"
        drawn.append(element("path", d=tick, **ink.stroke("axis")))
        drawn.append(label(names[position], x_text, y, text_anchor="middle"))
    return drawn


def legend(size: Size, swatches: Sequence[Swatch]) -> tuple[list[str], float]:
    """The legend at the top, in as many lines as it takes, and how high it is."""
    drawn: list[str] = []
    x, y, line = 8.0, 8.0, size.font + 8.0
    most = max(24, size.width // 25)
    for name, colour, shape in swatches:
        said = cut(name, most)
        width = 22 + width_of(said, size.font) + 14
        if x + width > size.width and x > 8.0:
            x, y = 8.0, y + line
        drawn.append(_swatch(shape)(x, y + line / 2 - 3, colour))
        drawn.append(label(said, x + 20, y + line / 2 + 1.5))
        x += width
    return drawn, (y + line if swatches else 8.0)


def _swatch(shape: str) -> Callable[[float, float, str], str]:
    return {"line": _stroke, "dashes": _dashes, "dot": _dot, "ring": _ring, "mark": _mark}.get(shape, _square)


def _square(x: float, y: float, colour: str) -> str:
    return element("rect", x=x, y=y - 6, width=14, height=12, rx=2, **ink.fill(colour))


def _stroke(x: float, y: float, colour: str) -> str:
    return element("path", d=f"M{number(x)} {number(y)}h15", **ink.stroke(colour, 2.5))


def _dashes(x: float, y: float, colour: str) -> str:
    return element(
        "path", d=f"M{number(x)} {number(y)}h15", stroke_dasharray="5 3", **ink.stroke(colour, 2.0)
    )


def _dot(x: float, y: float, colour: str) -> str:
    return element("circle", cx=x + 7, cy=y, r=4.5, **ink.fill(colour))


def _ring(x: float, y: float, colour: str) -> str:
    return element("circle", cx=x + 7, cy=y, r=4, **ink.stroke(colour, 2.0))


def _mark(x: float, y: float, colour: str) -> str:
    return element("path", d=f"M{number(x + 7)} {number(y + 5)}l-5 -9h10z", **ink.fill(colour))
