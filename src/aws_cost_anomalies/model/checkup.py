"""A check of what a daily run needs, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from aws_cost_anomalies.errors import CostAnomaliesError, PartialResult


class State(StrEnum):
    """What came of a check."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"
    UNCHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at.

    Attributes:
        area: what it belongs to: configuration, credentials, permissions, …
        said: what was found, one sentence.
        remedy: the next step; empty where there is none to take.
        exit_code: what a problem ends the program with.
    """

    area: str
    state: State
    said: str
    remedy: str = ""
    exit_code: int = PartialResult.exit_code

    @classmethod
    def of_error(cls, area: str, error: CostAnomaliesError, *, what: str = "") -> Check:
        """The problem that an error tells, of what it is about."""
        said = f"{what}: {error.message}" if what else error.message
        return cls(area, State.PROBLEM, said, error.hint, error.exit_code)
