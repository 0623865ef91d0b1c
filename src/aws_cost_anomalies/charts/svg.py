"""SVG, element by element: whatever stands in a text or an attribute stays text."""

from __future__ import annotations

from html import escape

from aws_cost_anomalies.model.characters import visible

NAMESPACE = "http://www.w3.org/2000/svg"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"


def element(name: str, /, *inside: str, **attributes: object) -> str:
    """One element.

    Args:
        name: of the element.
        inside: finished elements, or texts that `text` made.
        attributes: `fill_opacity` becomes `fill-opacity`, `class_` becomes `class`; None leaves one out.
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{said}>{''.join(inside)}</{name}>" if inside else f"<{name}{said}/>"


def text(said: str) -> str:
    """A text that nothing takes for markup, on one line."""
    return escape(visible(said), quote=False)


def number(value: float) -> str:
    """A coordinate: one decimal is a tenth of a pixel."""
    return f"{round(value, 1) + 0.0:g}"


def _value(value: object) -> str:
    return number(value) if isinstance(value, float) else escape(visible(str(value)))
