"""The table every command draws: quiet lines, money to the right, names that wrap rather than vanish."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from aws_cost_anomalies.cli import money
from aws_cost_anomalies.cli.characters import visible
from aws_cost_anomalies.model.scope import Scope

TITLE, DIM, TOTAL = "bold", "dim", "bold"
LONGEST = 80
"""Characters of a name; AWS has none as long."""
BETWEEN = " · "


def table(*columns: str, numbers: Sequence[str] = (), ids: Sequence[str] = (), footer: bool = False) -> Table:
    """An empty table; columns named in `numbers` are set to the right; those and `ids` are never broken.

    Where there is no room for a number, its end is an ellipsis: nobody takes a part of it for the whole.
    """
    made = Table(
        box=box.SIMPLE,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        show_footer=footer,
        show_edge=False,
        header_style="bold",
        footer_style=TOTAL,
    )
    for name in columns:
        is_number = name in numbers
        made.add_column(
            Text(visible(name)),
            justify="right" if is_number else "left",
            no_wrap=is_number or name in ids,
            overflow="ellipsis" if is_number else "fold",
        )
    return made


def name(scope: Scope | str) -> Text:
    """What a scope is called; it comes from a bill, so nothing in it is taken for markup.

    The middle of a very long value is left out: in a narrow column it would fill the screen.
    """
    if isinstance(scope, str):
        return Text(visible(scope))
    return Text(BETWEEN.join(_short(visible(value)) for value in str(scope).split(BETWEEN)))


def _short(value: str) -> str:
    return value if len(value) <= LONGEST else f"{value[: LONGEST - 25]}…{value[-24:]}"


def amount(value: float | None, style: str = "") -> Text:
    """A cost."""
    return Text(money.amount(value), style=style)


def change(value: float | None) -> Text:
    """A change of cost, coloured by its direction."""
    return Text(money.signed(value), style=money.style_of(value))


def percentage(value: float | None, of: float | None = None) -> Text:
    """A change in percent, coloured by the direction of `of`, or its own."""
    return Text(money.percentage(value), style=money.style_of(value if of is None else of))


def blank() -> Text:
    """An empty line."""
    return Text()


def title(text: str) -> Text:
    """The line above a table."""
    return Text(visible(text), style=TITLE)


def caption(text: str) -> Text:
    """The line below a table."""
    return Text(visible(text), style=DIM)
