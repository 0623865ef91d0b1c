"""HTML, element by element: text stays text, and what would run is refused when it is written."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from aws_cost_anomalies.model.characters import visible

EMPTY = frozenset({"br", "hr", "img", "input", "link", "meta"})
"""Elements without an end."""
NO_SPELLING_OUT = frozenset({"textarea", "pre"})
"""Elements in which a line break is a line break."""


class Markup(str):
    """HTML that is finished: it goes into a page as it is."""

    __slots__ = ()


Child = Markup | str | int | None


def tag(name: str, /, *children: Child | Iterable[Child], **attributes: object) -> Markup:
    """One element.

    Args:
        name: of the element.
        children: Markup as it is, anything else as text; None leaves one out; lists are joined.
        attributes: `aria_label` becomes `aria-label`, `class_` becomes `class`; None and False leave one out,
            True stands for one without a value.

    Raises:
        ValueError: an attribute that a browser would run, or an address that is no page.
    """
    start = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    if name in EMPTY:
        return Markup(start)
    return Markup(f"{start}{joined(*children, is_raw=name in NO_SPELLING_OUT)}</{name}>")


def joined(*children: Child | Iterable[Child], is_raw: bool = False) -> Markup:
    """Several pieces, one after another."""
    return Markup("".join(_piece(child, is_raw=is_raw) for child in children))


def text(said: str, *, is_raw: bool = False) -> Markup:
    """A text that nothing takes for markup."""
    return Markup(escape(said if is_raw else visible(said), quote=False))


def _piece(child: Child | Iterable[Child], *, is_raw: bool) -> str:
    if child is None:
        return ""
    if isinstance(child, Markup):
        return child
    if isinstance(child, (str, int)):
        return text(str(child), is_raw=is_raw)
    return joined(*child, is_raw=is_raw)


def _attribute(key: str, value: object) -> str:
    name = key.rstrip("_").replace("_", "-")
    if name.startswith("on") or name in {"style", "srcdoc"}:
        raise ValueError(f"{name} would run or style inside the page")
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    said = visible(str(value))
    if name in {"href", "src", "action"} and not said.startswith(("/", "#", "?", "https://", "data:image/")):
        raise ValueError(f"{said!r} is no address of a page")
    return f' {name}="{escape(said)}"'
