"""A model that a Python function plays: it stands where a language model stands, without any wire.

ScriptedModel(lambda seen: ["Let me look.", Use("loaded_data", {})] if not seen.results else ["Done."])
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from pydantic_ai.messages import ModelMessage, ModelMessagesTypeAdapter, ModelRequest, ToolReturnPart
from pydantic_ai.models.function import AgentInfo, DeltaToolCall, FunctionModel


@dataclass(frozen=True)
class Use:
    """A call of a tool."""

    tool: str
    arguments: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """What the model sees when it is its turn."""

    messages: Sequence[ModelMessage]
    instructions: str
    tools: tuple[str, ...]

    @property
    def results(self) -> list[str]:
        """What tools answered so far, the oldest first."""
        parts = [part for each in self.messages if isinstance(each, ModelRequest) for part in each.parts]
        return [str(part.content) for part in parts if isinstance(part, ToolReturnPart)]

    @property
    def text(self) -> str:
        """All of it, as it would cross a wire."""
        messages = ModelMessagesTypeAdapter.dump_json(list(self.messages)).decode()
        return "\n".join([self.instructions, *self.tools, messages])


Respond = Callable[[Seen], Sequence[str | Use]]


class ScriptedModel:
    """A stand-in for `LanguageModel`; `seen` keeps what it was shown."""

    name, max_tokens, timeout = "scripted:model", 4096, 20.0

    def __init__(self, respond: Respond) -> None:
        self.respond = respond
        self.seen: list[Seen] = []

    def usd(self, read: int, written: int) -> float:
        """What tokens cost."""
        return (read + written) / 1_000_000

    @contextmanager
    def reached(self) -> Iterator[FunctionModel]:
        """The library's model."""
        yield FunctionModel(stream_function=self._answer, model_name=self.name)

    async def _answer(
        self, messages: list[ModelMessage], info: AgentInfo
    ) -> AsyncIterator[str | dict[int, DeltaToolCall]]:
        tools = tuple(f"{each.name}: {each.description}" for each in info.function_tools)
        self.seen.append(Seen(tuple(messages), info.instructions or "", tools))
        for place, said in enumerate(self.respond(self.seen[-1])):
            if isinstance(said, str):
                yield said
            else:
                call = f"call-{len(self.seen)}-{place}"
                arguments: Any = json.dumps(said.arguments)
                yield {place: DeltaToolCall(said.tool, arguments, tool_call_id=call)}
