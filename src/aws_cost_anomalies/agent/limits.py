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
    """

    steps: int = 10
    tokens: int = 200_000
    usd: float = 0.5
    seconds: float = 300.0

    @property
    def calls(self) -> int:
        """Calls of tools."""
        return CALLS_PER_STEP * self.steps

    def named(self, said: str) -> str:
        """Which limit the library means."""
        if "request_limit" in said:
            return f"{self.steps} model calls are used up (`agent.max_agent_iterations`)"
        if "tool_calls_limit" in said:
            return f"{self.calls} tool calls are used up (`agent.max_agent_iterations`)"
        return f"{self.tokens:,} tokens are used up (`agent.max_question_tokens`)"
