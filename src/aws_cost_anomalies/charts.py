"""Pictures of a Chart: one Vega-Lite definition becomes PNG, SVG or a page that needs nothing else.

Knows how costs are drawn; knows nothing of who shows them. Drawing takes the extra `charts`; the definition
does not. Nothing is fetched: no data, no font, no script.
"""

from __future__ import annotations

import html as markup
import json
from collections.abc import Mapping
from math import isfinite
from typing import Any

from aws_cost_anomalies.errors import SettingsError
from aws_cost_anomalies.model.explanation import DayVerdict
from aws_cost_anomalies.model.message import Chart

Definition = dict[str, Any]

WIDTH, HEIGHT = 640, 240
PIXELS = 2.0
"""Device pixels per unit: sharp on the screens of telephones."""
LONGEST_TITLE = 90

ACTUAL, EXPECTED, BAND, ODD, OPEN = "actual", "expected", "usual range", "anomalous", "not settled"
COLOURS = {ACTUAL: "#1d2939", EXPECTED: "#667085", BAND: "#d0d5dd", ODD: "#d92d20", OPEN: "#98a2b3"}
DOT = {"type": "point", "filled": True, "size": 60, "opacity": 1}
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"


def picture(chart: Chart) -> bytes | None:
    """The picture in pixels; None where it cannot be drawn, since nobody should miss an alert for a chart."""
    try:
        return png(chart)
    except (SettingsError, ValueError):
        return None


def png(chart: Chart) -> bytes:
    """The picture in pixels. Raises: SettingsError when the extra `charts` is not installed."""
    made: bytes = _vl_convert().vegalite_to_png(definition(chart), scale=PIXELS, allowed_base_urls=[])
    return made


def svg(chart: Chart) -> str:
    """The picture in lines. Raises: SettingsError when the extra `charts` is not installed."""
    made: str = _vl_convert().vegalite_to_svg(definition(chart), allowed_base_urls=[])
    return made


def html(chart: Chart) -> str:
    """A page of its own with the chart, which tells a day's figures under the pointer.

    Raises:
        SettingsError: the extra `charts` is not installed.
    """
    script = _vl_convert().javascript_bundle().replace("</", "<\\/")
    title = markup.escape(_title(chart))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        f'<body><div id="chart"></div><script type="module">{script}\n'
        f'vegaEmbed("#chart", {_in_script(definition(chart))}, {{renderer: "svg", actions: false}});'
        "</script></body></html>\n"
    )


def definition(chart: Chart) -> Definition:
    """The chart in Vega-Lite, its data inside: actual against the usual range, odd days marked."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {"text": _title(chart), "anchor": "start", "fontSize": 14, "fontWeight": 600},
        "width": WIDTH,
        "height": HEIGHT,
        "background": "white",
        "padding": 10,
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {"labelFontSize": 11, "titleFontSize": 11},
        },
        "data": {"values": [_row(day) for day in chart.days]},
        "encoding": {"x": _days(), "tooltip": _told(chart)},
        "layer": [
            _layer({"type": "area", "opacity": 0.6}, BAND, y=_money("lower", chart), y2={"field": "upper"}),
            _layer({"type": "line", "strokeDash": [4, 3]}, EXPECTED, y=_money("expected", chart)),
            _layer({"type": "line"}, ACTUAL, y=_money("actual", chart)),
            _layer({**DOT, "size": 80}, OPEN, y=_money("open", chart)),
            _layer(DOT, ODD, y=_money("odd", chart)),
        ],
    }


def _layer(mark: Definition, name: str, **channels: Definition) -> Definition:
    """One mark, in the colour and under the name that the legend gives it."""
    scale = {"domain": list(COLOURS), "range": list(COLOURS.values())}
    legend = {"title": None, "orient": "top", "symbolType": "circle", "symbolOpacity": 1}
    return {
        "mark": mark,
        "encoding": {**channels, "color": {"datum": name, "scale": scale, "legend": legend}},
    }


def _days() -> Definition:
    """The horizontal axis; a day has no time zone, so it is UTC wherever it is drawn."""
    axis = {"format": "%b %d", "title": None, "grid": False, "labelOverlap": True, "tickCount": 8}
    return {"field": "day", "type": "temporal", "scale": {"type": "utc"}, "axis": axis}


def _money(field: str, chart: Chart) -> Definition:
    axis = {"title": f"{chart.currency} a day", "format": "~s", "tickCount": 5}
    return {"field": field, "type": "quantitative", "axis": axis, "scale": {"zero": True}}


def _told(chart: Chart) -> list[Definition]:
    """What stands under the pointer."""
    figures = [
        {"field": field, "type": "quantitative", "title": f"{field}, {chart.currency}", "format": ",.2f"}
        for field in ("actual", "expected", "lower", "upper")
    ]
    return [{"field": "day", "type": "temporal", "timeUnit": "utcyearmonthdate", "title": "day"}, *figures]


def _row(day: DayVerdict) -> Mapping[str, object]:
    """One day as data; what is not known is null."""
    amounts = {"actual": day.actual, "expected": day.expected, "lower": day.lower, "upper": day.upper}
    known = {name: round(amount, 2) if isfinite(amount) else None for name, amount in amounts.items()}
    odd = known["actual"] if day.is_anomalous else None
    still_open = known["actual"] if not day.is_settled else None
    return {"day": day.day.isoformat(), **known, "odd": odd, "open": still_open}


def _title(chart: Chart) -> str:
    title = " ".join("".join(letter for letter in chart.title if letter.isprintable()).split())
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def _in_script(definition: Definition) -> str:
    """JSON in which nothing can end a script."""
    return json.dumps(definition).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _vl_convert() -> Any:  # noqa: ANN401
    try:
        import vl_convert  # noqa: PLC0415
    except ImportError:
        hint = "Install it: pip install 'aws-cost-anomalies[charts]'"
        raise SettingsError("Drawing charts needs vl-convert, which is not installed.", hint) from None
    return vl_convert
