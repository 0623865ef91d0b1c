"""What happens while a question is answered, in the order it happens."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A line of the model's text; figures that stem from nowhere are marked in it."""

    line: str


@dataclass(frozen=True, slots=True)
class Calling:
    """A tool is about to be called; `line` is the call on one line."""

    tool: str
    line: str


@dataclass(frozen=True, slots=True)
class Called:
    """A tool was called; `text` is what the model is told, `problem` why it failed."""

    tool: str
    is_error: bool
    text: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """The end of a question.

    Attributes:
        text: all lines.
        untraced: figures in it that stem from no result.
        rests_on: tables and APIs, data sources, metrics and days of the results used.
        tokens: read and written.
        usd: what they cost; 0 where nobody knows the price.
        ended: why the answer is partial, empty when it is whole.
        uncounted: answers of the model that came without their tokens.
    """

    text: str
    untraced: tuple[str, ...]
    rests_on: tuple[str, ...]
    tokens: int
    usd: float
    ended: str = ""
    uncounted: int = 0

    @property
    def took(self) -> str:
        """Tokens and price: `2,400 tokens, 0.0040 USD`."""
        usd = f", {self.usd:.4f} USD" if self.usd else ""
        calls = "1 model call that was" if self.uncounted == 1 else f"{self.uncounted} model calls that were"
        without = f" and those of {calls} not counted" if self.uncounted else ""
        return f"{self.tokens:,} tokens{without}{usd}"


Event = Text | Calling | Called | Answered
