"""An answer: rows of values that JSON can say, and what of them was left out. Knows no database."""

from __future__ import annotations

from dataclasses import dataclass

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]


@dataclass(frozen=True, slots=True)
class Rows:
    """What a statement answers.

    Attributes:
        columns: their names; types likewise, in DuckDB's words.
        rows: exact numbers as text (`12.5`), days and moments as ISO 8601.
        what_was_cut: one sentence for each way in which this is not the whole answer.
    """

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    what_was_cut: tuple[str, ...] = ()
