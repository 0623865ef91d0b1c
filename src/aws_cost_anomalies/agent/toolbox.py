"""One call of a tool from a stranger: checked, allowed, done, cut to size, put on record.

Knows tools and what may be done; knows no model and no protocol. Whatever happens comes back as text for the
model: a failure it can learn from is better than a conversation that breaks off.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pydantic import ValidationError

from aws_cost_anomalies.agent.audit import Call, Record
from aws_cost_anomalies.agent.cutting import LARGEST, as_text, tamed
from aws_cost_anomalies.agent.tool import Arguments, Basis, Tool
from aws_cost_anomalies.errors import CostAnomaliesError
from aws_cost_anomalies.model.characters import cut, visible

if TYPE_CHECKING:
    from aws_cost_anomalies.app import App

LONGEST_VALUE = 200
LONGEST_ASKED = 2_000
"""Characters of a call that somebody can be asked about: whoever allows it sees all of it."""
log = logging.getLogger("aws_cost_anomalies")


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody is asked to allow: exactly these arguments, at most this price."""

    tool: Tool
    arguments: Mapping[str, object]
    usd: float

    def __str__(self) -> str:
        """`import_cost_explorer(days=30), at most 0.03 USD`."""
        price = f", at most {self.usd:.2f} USD" if self.usd else ""
        return f"{visible(_written(self.tool.name, self.arguments))}{price}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a model is told of a call.

    Attributes:
        text: a JSON document.
        is_error: whether it tells of a failure.
        basis: what its figures rest on; None for a failure.
        problem: of a failure, one sentence for people.
    """

    text: str
    is_error: bool = False
    basis: Basis | None = None
    problem: str = ""


May = Callable[[Request], bool]


def nobody(_request: Request) -> bool:
    """Nothing is allowed, since nobody can answer."""
    return False


@dataclass(slots=True)
class Toolbox:
    """Tools, and who may use them for what.

    Attributes:
        door: named in the record.
        may: asked before a call that pays or writes.
        largest: characters of an answer.
    """

    app: App
    tools: Sequence[Tool]
    record: Record
    may: May = nobody
    door: str = "query"
    largest: int = LARGEST
    _named: dict[str, Tool] = field(init=False)

    def __post_init__(self) -> None:
        """Know the tools by name."""
        self._named = {tool.name: tool for tool in self.tools}

    def call(self, name: str, arguments: Mapping[str, object]) -> Outcome:
        """One call, whatever comes of it. Raises: CostAnomaliesError: it cannot be put on record."""
        began = time.monotonic()
        text = json.dumps(dict(arguments), default=str, ensure_ascii=True)
        try:
            what, usd, outcome = self._outcome(name, arguments)
        except KeyboardInterrupt:
            seconds = round(time.monotonic() - began, 3)
            self.record(Call(self.door, cut(name, LONGEST_VALUE), text, "stopped", seconds, 0))
            raise
        seconds = round(time.monotonic() - began, 3)
        self.record(Call(self.door, cut(name, LONGEST_VALUE), text, what, seconds, len(outcome.text), usd))
        return outcome

    def _outcome(self, name: str, arguments: Mapping[str, object]) -> tuple[str, float, Outcome]:
        """What became of a call, what it may have cost, and what the model is told."""
        tool = self._named.get(name)
        if tool is None:
            near = get_close_matches(name, self._named, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(self._named)}."
            return "failed", 0.0, failure(f"There is no tool {cut(name, LONGEST_VALUE)}.", hint)
        if _is_broken(arguments):
            return "failed", 0.0, failure("The arguments hold half a character.", "Write them anew.")
        try:
            given = tool.arguments.model_validate(dict(arguments))
        except ValidationError as error:
            return "failed", 0.0, failure(*_said_of(error))
        try:
            return self._done(tool, given, arguments)
        except CostAnomaliesError as error:
            return "failed", 0.0, failure(error.message, error.hint)
        except Exception as error:  # noqa: BLE001 - a model goes on without it, and so does the server
            log.debug("%s", name, exc_info=True)
            return (
                "bug",
                0.0,
                failure(f"This is a bug in aws-cost-anomalies: {type(error).__name__}: {error}"),
            )

    def _done(
        self, tool: Tool, given: Arguments, arguments: Mapping[str, object]
    ) -> tuple[str, float, Outcome]:
        usd = tool.price(self.app, given)
        request = Request(tool, given.model_dump(exclude_none=True), usd)
        if tool.effect.asks_first and len(str(request)) > LONGEST_ASKED:
            problem = "The arguments are too long to be shown to whoever has to allow them."
            return "not allowed", 0.0, failure(problem, "Give shorter ones.")
        if tool.effect.asks_first and not self.may(request):
            refusal = "It was not allowed." if self.may is not nobody else "Nobody is here to allow it."
            hint = "Tell the user what it would do and cost, and answer without it."
            return "not allowed", 0.0, failure(refusal, hint)
        result = tool.use(self.app, given)
        return "done", usd, Outcome(as_text(result, largest=self.largest), basis=result.basis)


def failure(problem: str, hint: str = "") -> Outcome:
    """What a model is told when something does not work."""
    said = {"error": cut(problem, 4 * LONGEST_VALUE), "hint": cut(hint, 4 * LONGEST_VALUE)}
    document = tamed(json.dumps({key: text for key, text in said.items() if text}))
    return Outcome(document, is_error=True, problem=said["error"])


def shown(name: str, arguments: Mapping[str, object]) -> str:
    """A call on one line: `cost_trend(days=30, group_by='service')`; a long one is cut."""
    return cut(_written(name, arguments), LONGEST_VALUE)


def _written(name: str, arguments: Mapping[str, object]) -> str:
    said = ", ".join(f"{key}={value!r}" for key, value in arguments.items())
    return f"{name}({said})"


def _is_broken(arguments: Mapping[str, object]) -> bool:
    """Whether a text in it is none: JSON can spell half of a character, which nothing here can write."""
    text = json.dumps(dict(arguments), default=str, ensure_ascii=False)
    return any("\ud800" <= character <= "\udfff" for character in text)


def _said_of(error: ValidationError) -> tuple[str, str]:
    """What is wrong with arguments, one sentence; a value is not repeated."""
    found = [
        f"{'.'.join(str(part) for part in each['loc']) or 'the arguments'}: {each['msg']}"
        for each in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    return f"These arguments are not understood: {'; '.join(found)}.", "Look at the tool's schema."
