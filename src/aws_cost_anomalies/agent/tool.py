"""A tool: one question or deed over App that a model may ask for, declared once for every door.

Knows what a tool is called, takes, does and costs; knows nothing of models and protocols.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from inspect import getdoc
from typing import TYPE_CHECKING, Any, get_type_hints

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from aws_cost_anomalies.app import App


class Effect(StrEnum):
    """What a call does to the world."""

    READS = "reads"
    PAYS = "pays"
    WRITES = "writes"

    @property
    def asks_first(self) -> bool:
        """Whether somebody has to allow it."""
        return self is not Effect.READS


class Arguments(BaseModel):
    """What a tool takes: a field a model invents is an error and not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Basis:
    """What the figures of a result rest on.

    Attributes:
        table: the table of the store or the API they come from.
        data_source: cost_explorer, cur, focus or sample; empty where there is none.
        metric: short name of the cost looked at.
        start: the first day.
        end: the last day, inclusive.
    """

    table: str
    data_source: str = ""
    metric: str = ""
    start: date | None = None
    end: date | None = None

    def __str__(self) -> str:
        """`daily_cost_summary · sample · net-amortized · 2026-08-01..2026-08-31`."""
        days = f"{self.start}..{self.end}" if self.start and self.end else ""
        return " · ".join(part for part in (self.table, self.data_source, self.metric, days) if part)

    @classmethod
    def of(cls, document: Mapping[str, Any], table: str = "daily_cost_summary") -> Basis:
        """The basis that a document of an answer names itself."""
        return cls(
            table,
            str(document.get("data_source") or ""),
            str(document.get("metric") or ""),
            document.get("start_date"),
            document.get("end_date") or document.get("through"),
        )


@dataclass(frozen=True, slots=True)
class Result:
    """What a tool found: a JSON document, and what its figures rest on."""

    document: Mapping[str, object]
    basis: Basis


Use = Callable[["App", Any], Result]
Price = Callable[["App", Any], float]


def free(_app: App, _arguments: Arguments) -> float:
    """It costs nothing."""
    return 0.0


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool.

    Attributes:
        name: as models call it.
        description: for models; what comes back and when to use it.
        arguments: the class its arguments are checked against.
        use: does it. Raises: errors of `errors.py`.
        effect: what it does to the world.
        price: USD that a call with these arguments costs at most.
        foreign_schema: of a tool that is not ours, as its server states it.
    """

    name: str
    description: str
    arguments: type[Arguments]
    use: Use
    effect: Effect = Effect.READS
    price: Price = free
    foreign_schema: Mapping[str, Any] | None = None

    @property
    def schema(self) -> dict[str, Any]:
        """Its arguments as JSON schema."""
        if self.foreign_schema is not None:
            return dict(self.foreign_schema)
        schema = self.arguments.model_json_schema()
        schema.pop("description", None)
        return schema


def tool(use: Use, *, effect: Effect = Effect.READS, price: Price = free) -> Tool:
    """The tool of a function: its name, its docstring, and the class of its second argument."""
    hints = get_type_hints(use, localns={"App": object})
    arguments: type[Arguments] = next(hint for name, hint in hints.items() if name not in {"app", "return"})
    return Tool(use.__name__, " ".join((getdoc(use) or "").split()), arguments, use, effect, price)
