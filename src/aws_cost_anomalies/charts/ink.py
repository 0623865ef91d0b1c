"""Colours: each is a class that a page may colour anew for the dark, and the light colour it has without one.

Series are told apart by people who see no red or no green: hues after Paul Tol's "bright" scheme, never alone
but with a name in the legend, and an odd day has a shape of its own.
"""

from __future__ import annotations

PAPER = "#ffffff"
LIGHT: dict[str, str] = {
    "paper": PAPER,
    "text": "#344054",
    "grid": "#e4e7ec",
    "axis": "#98a2b3",
    "actual": "#1d2939",
    "expected": "#667085",
    "band": "#c5d3e8",
    "odd": "#c4320a",
    "open": "#8592a6",
    "more": "#c4320a",
    "less": "#1570a6",
    "sum": "#667085",
    "before": "#98a2b3",
    "s0": "#4477aa",
    "s1": "#ee8866",
    "s2": "#228833",
    "s3": "#ccbb44",
    "s4": "#66ccee",
    "s5": "#aa3377",
    "s6": "#eea3b5",
    "s7": "#44aa99",
    "rest": "#b4bcc8",
}
"""Class → colour on white."""
SERIES = 8
"""Series that have a colour of their own."""


def series(position: int, *, is_rest: bool = False) -> str:
    """The class of a series."""
    return "rest" if is_rest else f"s{position % SERIES}"


def fill(name: str) -> dict[str, object]:
    """The attributes of a shape filled with a colour."""
    return {"class_": f"fill-{name}", "fill": LIGHT[name]}


def stroke(name: str, width: float = 1.0) -> dict[str, object]:
    """The attributes of a line of a colour."""
    return {"class_": f"line-{name}", "fill": "none", "stroke": LIGHT[name], "stroke_width": width}
