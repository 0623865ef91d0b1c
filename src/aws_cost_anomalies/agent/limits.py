"""What one question may take: steps, calls, tokens, dollars, time."""

from __future__ import annotations

from dataclasses import dataclass

CALLS_PER_STEP = 3


class LimitReached(Exception):
    """A question took all it may; the text says of what."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one question.

    Attributes:
        steps: requests to the model.
        tokens: read and written.
        usd: as far as the price is known.
        seconds: from the question to the end of the answer.
        answer: tokens of the longest single answer of the model.
    """

    steps: int = 10
    tokens: int = 200_000
    usd: float = 0.5
    seconds: float = 300.0
    answer: int = 4096

    @property
    def calls(self) -> int:
        """Calls of tools."""
        return CALLS_PER_STEP * self.steps

    @property
    def longest_answer(self) -> str:
        """That an answer of the model is longer than one may be."""
        return f"the {self.answer:,} tokens of the longest answer are used up (`agent.max_tokens`)"

    def named(self, said: str) -> str:
        """Which limit the library means."""
        if "request_limit" in said:
            return f"{self.steps} model calls are used up (`agent.max_agent_iterations`)"
        return f"{self.calls} tool calls are used up (`agent.max_agent_iterations`)"
