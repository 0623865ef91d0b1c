"""Pictures: one definition of each chart becomes lines for a page or a report, pixels for mail and messages.

Knows how costs are drawn; knows nothing of who shows them, and fetches nothing. Lines (SVG) take no library;
pixels and PDF take the extra `charts`.
"""

from __future__ import annotations

from typing import Any

from aws_cost_anomalies.charts.band import band
from aws_cost_anomalies.charts.frame import LETTER_SIZE, NARROW, WIDE, Size
from aws_cost_anomalies.errors import SettingsError
from aws_cost_anomalies.model.message import Chart

__all__ = ["NARROW", "WIDE", "Size", "band", "pdf", "picture", "pixels", "png", "svg"]

PIXELS = 2.0
"""Device pixels per unit: sharp on the screens of telephones."""


def picture(chart: Chart) -> bytes | None:
    """The picture in pixels; None where it cannot be drawn, since nobody should miss an alert for a chart."""
    try:
        return png(chart)
    except (SettingsError, RuntimeError, ValueError):
        return None


def png(chart: Chart) -> bytes:
    """The picture in pixels. Raises: SettingsError when the extra `charts` is not installed."""
    return pixels(svg(chart))


def svg(chart: Chart) -> str:
    """The picture in lines, as it stands in a letter."""
    return band(chart, LETTER_SIZE)


def pixels(lines: str) -> bytes:
    """Any of the pictures in pixels. Raises: SettingsError when the extra `charts` is not installed."""
    made: bytes = _vl_convert().svg_to_png(lines, scale=PIXELS)
    return made


def pdf(lines: str) -> bytes:
    """Any of the pictures as a page of PDF. Raises: SettingsError likewise."""
    made: bytes = _vl_convert().svg_to_pdf(lines)
    return made


def _vl_convert() -> Any:  # noqa: ANN401
    try:
        import vl_convert  # noqa: PLC0415
    except ImportError:
        hint = "Install it: pip install 'aws-cost-anomalies[charts]'"
        raise SettingsError("Pictures in pixels need vl-convert, which is not installed.", hint) from None
    return vl_convert
