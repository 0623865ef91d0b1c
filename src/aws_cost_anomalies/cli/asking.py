"""Questions on a terminal, answered by flags before they are asked, and by defaults where nobody is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import typer

from aws_cost_anomalies.errors import InvalidArgument

CHANNELS = ("stdout", "slack", "teams", "webhook")
"""Kinds of channel that an address alone describes, and none."""


@dataclass(frozen=True, slots=True)
class Questions:
    """Who is asked.

    Attributes:
        may_ask: whether somebody is there to answer.
    """

    may_ask: bool

    def text(self, question: str, given: str | None, *, default: str) -> str:
        """The answer: as given, as typed, or the default."""
        if given is not None:
            return given.strip()
        if not self.may_ask:
            return default
        typed: str = typer.prompt(question, default=default, show_default=bool(default), err=True)
        return typed.strip()

    def one_of(self, question: str, given: str | None, *, of: Sequence[str], default: str) -> str:
        """One of some words. Raises: InvalidArgument."""
        said = self.text(f"{question} ({', '.join(of)})", given, default=default).lower()
        if said not in of:
            raise InvalidArgument(question, said, ", ".join(of))
        return said

    def amount(self, question: str, given: float | None, *, default: float) -> float:
        """An amount of money, 0 or more. Raises: InvalidArgument."""
        said = self.text(question, None if given is None else str(given), default=f"{default:g}")
        try:
            amount = float(said)
        except ValueError:
            amount = -1.0
        if not 0 <= amount < float("inf"):
            raise InvalidArgument(question, said, "an amount, 0 or more")
        return amount


def words(text: str) -> tuple[str, ...]:
    """What stands between commas, each once."""
    return tuple(dict.fromkeys(word for part in text.split(",") if (word := part.strip())))


def reference(text: str) -> str:
    """Where a secret is kept. Raises: InvalidArgument for what may be the secret itself, unseen."""
    from aws_cost_anomalies.secret import is_kept_elsewhere

    if not is_kept_elsewhere(text) or not text.partition(":")[2]:
        allowed = "env:NAME, file:PATH, ssm:/name, secretsmanager:name"
        hint = "Put the address there; this file holds no secret."
        raise InvalidArgument("Where the address is kept", "…", allowed, hint=hint)
    return text
