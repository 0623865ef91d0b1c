"""The answer to a question in plain language, printed: what it rests on, and what of it is untraced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from aws_cost_anomalies.cli import tables
from aws_cost_anomalies.cli.screen import Screen

if TYPE_CHECKING:
    from aws_cost_anomalies.agent import Answered


@dataclass(frozen=True, slots=True)
class PrintedAnswer:
    """An answer; its text was printed while it came.

    Attributes:
        calls: tools called for it, each on one line.
    """

    question: str
    answer: Answered
    calls: tuple[str, ...]
    as_of: date

    def show(self, screen: Screen) -> None:
        """Print what stands below the text."""
        answer = self.answer
        screen.show(tables.blank())
        if answer.rests_on:
            screen.show(tables.caption("rests on " + "; ".join(answer.rests_on)))
        if answer.untraced:
            screen.show(tables.caption("[?] found in no result: " + ", ".join(answer.untraced)))
        screen.show(tables.caption(answer.took))

    def document(self) -> dict[str, object]:
        """Its JSON document."""
        return {
            "as_of": self.as_of,
            "question": self.question,
            "answer": self.answer.text,
            "untraced": self.answer.untraced,
            "rests_on": self.answer.rests_on,
            "calls": self.calls,
            "tokens": self.answer.tokens,
            "usd": self.answer.usd,
            "ended": self.answer.ended,
            "uncounted": self.answer.uncounted,
        }

    def rows(self) -> Iterator[Sequence[object]]:
        """Its CSV rows."""
        yield ("question", "answer")
        yield (self.question, self.answer.text)
