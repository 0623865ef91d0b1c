"""What pages are built of: amounts, marks, tables, charts with their figures, commands to copy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import fsum

from aws_cost_anomalies.model import money
from aws_cost_anomalies.model.anomaly import Feedback, Kind
from aws_cost_anomalies.page.markup import Child, Markup, joined, tag
from aws_cost_anomalies.pictures import MIDDLE, NARROW, WIDE, Picture

HAPPENED = {
    Kind.SPIKE: "spike",
    Kind.DROP: "drop",
    Kind.STEP_UP: "step up",
    Kind.STEP_DOWN: "step down",
    Kind.DRIFT_UP: "drift up",
    Kind.DRIFT_DOWN: "drift down",
    Kind.NEW: "new spend",
    Kind.GONE: "gone",
}
SAID = {
    Feedback.YES: "real",
    Feedback.NO: "not an anomaly",
    Feedback.PLANNED_ACTIVITY: "planned",
}
"""What people said of it, as the buttons say it."""


def amount(value: float | None, *, currency: str = "", is_change: bool = False) -> Markup:
    """An amount that a script writes anew in the viewer's own way; with its currency where one is given."""
    if value is None or value != value:  # noqa: PLR0124 - NaN
        return tag("span", money.UNKNOWN, class_="unknown", title="not known")
    said = money.signed(value) if is_change else money.amount(value)
    return tag(
        "data",
        f"{said} {currency}".rstrip(),
        value=f"{value:.6f}".rstrip("0").rstrip("."),
        class_="amount",
        data_currency=currency or None,
        data_change=is_change,
    )


def percent(value: float | None, *, has_sign: bool = True) -> Markup:
    """A change in percent, likewise."""
    if value is None or value != value:  # noqa: PLR0124 - NaN
        return tag("span", money.UNKNOWN, class_="unknown", title="nothing to compare with")
    said = money.percentage(value)
    return tag(
        "data",
        said if has_sign else said.lstrip("+"),
        value=f"{value:.4f}",
        class_="percent",
        data_change=has_sign,
    )


def net(changes: Iterable[float], currency: str) -> tuple[Markup, Markup]:
    """Several changes as one, the sum of what is shown of each; and what of it is more, what is less."""
    shown = [round(change, 2) for change in changes]
    up, down = fsum(c for c in shown if c > 0), fsum(c for c in shown if c < 0)
    more, less = amount(up, is_change=True), amount(down, is_change=True)
    words = joined(more, " more and ", less, " less than expected")
    if not (up and down):
        words = joined("less than expected" if down else "more than expected")
    return amount(fsum((up, down)), currency=currency, is_change=True), words


def moment(at: datetime) -> Markup:
    """A moment; a script writes it in the viewer's own way."""
    return tag("time", f"{at:%Y-%m-%d %H:%M} UTC", datetime=at.isoformat())


def badge(word: str) -> Markup:
    """A word with a colour of its own."""
    return tag("span", word, class_=f"badge {word}")


def card(title: str, *inside: Child | Iterable[Child], name: str = "", aside: Child = None) -> Markup:
    """A part of a page under a heading of its own; `name` is what an address can point to."""
    head = tag("div", tag("h2", title), aside, class_="head")
    return tag("section", head, *inside, class_="card", aria_label=title, id=name or None)


def nothing(sentence: str, *more: Child) -> Markup:
    """What stands where there is nothing to show."""
    return tag("p", sentence, *more, class_="nothing")


def command(line: str) -> Markup:
    """A command line, ready to copy."""
    copy = tag("button", "copy", type="button", class_="copy", aria_label="Copy the command")
    return tag("div", tag("code", line, tabindex="0"), copy, class_="command")


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        columns: what stands above each.
        rows: the cells.
        numbers: positions of the columns flush right.
        caption: what it is, for those who do not see it.
        footer: a last row that adds up.
        stacks: whether a row becomes a block where the screen is narrow; days by days stay a table.
    """

    columns: Sequence[Child]
    rows: Sequence[Sequence[Child]]
    numbers: Iterable[int] = ()
    caption: str = ""
    footer: Sequence[Child] = ()
    marked: dict[int, str] = field(default_factory=dict)
    """Row → its class."""
    stacks: bool = True

    def drawn(self) -> Markup:
        """The table, in a frame that scrolls where it is wider than the screen."""
        numbers = frozenset(self.numbers)
        look = {True: "number", False: None}
        head = tag(
            "tr", [tag("th", c, scope="col", class_=look[i in numbers]) for i, c in enumerate(self.columns)]
        )
        body = [self._row(row, numbers, self.marked.get(at)) for at, row in enumerate(self.rows)]
        foot = tag("tfoot", self._row(self.footer, numbers, None)) if self.footer else None
        look_of = "stacks" if self.stacks else None
        drawn = tag(
            "table",
            tag("caption", self.caption, class_="unseen"),
            tag("thead", head),
            tag("tbody", body),
            foot,
            class_=look_of,
        )
        return tag("div", drawn, class_="scroll", tabindex="0", role="region", aria_label=self.caption)

    def _row(self, cells: Sequence[Child], numbers: frozenset[int], look: str | None) -> Markup:
        made = [
            tag("td", cell, class_="number" if i in numbers else None, data_label=self._label(i))
            for i, cell in enumerate(cells)
        ]
        return tag("tr", made, class_=look)

    def _label(self, place: int) -> str | None:
        """What stands above a cell where its column's head does not."""
        name = self.columns[place]
        return name if self.stacks and place and isinstance(name, str) and name else None


def figure(picture: Picture, table: Table, *, is_open: bool = False) -> Markup:
    """A chart for every width, and its figures below it: for those who read, and for the pointer."""
    sizes = {"wide": WIDE, "middle": MIDDLE, "narrow": NARROW}
    drawings = [tag("div", Markup(picture.draw(size)), class_=name) for name, size in sizes.items()]
    figures = tag("details", tag("summary", "The figures"), table.drawn(), open=is_open)
    frame = tag("div", drawings, class_="chart", tabindex="0", role="group", aria_label=picture.title)
    return tag("figure", frame, figures)
