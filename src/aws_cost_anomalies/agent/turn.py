"""One question on its way to an answer, through the library's loop.

What is allowed, recorded and traced is ours; the loop, the wire formats and the retries are the library's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pydantic_ai
from pydantic_ai import Agent
from pydantic_ai import Tool as Offered
from pydantic_ai.exceptions import OutputTokenLimitExceeded, UsageLimitExceeded
from pydantic_ai.messages import (
    FunctionToolCallEvent,
    ModelMessage,
    ModelResponse,
    PartDeltaEvent,
    PartStartEvent,
    TextPart,
    TextPartDelta,
)
from pydantic_ai.models import Model
from pydantic_ai.run import AgentRunResultEvent
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import UsageLimits

from aws_cost_anomalies.agent.events import Answered, Called, Calling, Event, Text
from aws_cost_anomalies.agent.limits import LimitReached, Limits
from aws_cost_anomalies.agent.stopping import interruptible
from aws_cost_anomalies.agent.toolbox import shown
from aws_cost_anomalies.model.characters import visible

if TYPE_CHECKING:
    from aws_cost_anomalies.agent.means import Means
    from aws_cost_anomalies.agent.tool import Basis, Tool
    from aws_cost_anomalies.agent.toolbox import Outcome

Channel = asyncio.Queue[Event | BaseException | None]
INSTRUCTIONS = files("aws_cost_anomalies.agent").joinpath("system.md").read_text(encoding="utf-8")
pydantic_ai.BANNER_ENABLED = False  # what stands in a terminal is ours to say, and no advertisement


@dataclass(slots=True)
class Turn:
    """One question on its way to an answer.

    Attributes:
        history: what the model saw before.
        channel: what happens, read while it happens.
        messages: what the model will see again; empty until the answer is whole.
    """

    means: Means
    question: str
    history: Sequence[ModelMessage]
    channel: Channel = field(default_factory=asyncio.Queue)
    messages: list[ModelMessage] = field(default_factory=list)
    _pending: str = ""
    _lines: list[str] = field(default_factory=list)
    _untraced: list[str] = field(default_factory=list)
    _bases: list[Basis] = field(default_factory=list)
    _tokens: tuple[int, int] = (0, 0)
    _uncounted: int = 0

    async def run(self, model: Model) -> None:
        """Ask, and put what happens into the channel; its end is None, a failure the exception itself."""
        try:
            ended = await self._within_limits(model)
            await self._flush(is_last=True)
            self.channel.put_nowait(self._answer(ended))
            self.channel.put_nowait(None)
        except Exception as error:  # noqa: BLE001 - it is raised again where the events are read
            self.channel.put_nowait(error)

    async def _within_limits(self, model: Model) -> str:
        """Ask until the answer is whole or a limit is reached: which one, empty for none."""
        try:
            async with asyncio.timeout(self.means.limits.seconds):
                await self._answered(model)
        except LimitReached as reached:
            return str(reached)
        except TimeoutError:
            return f"{self.means.limits.seconds:g} seconds are over"
        return ""

    def _answer(self, ended: str) -> Answered:
        read, written = self._tokens
        return Answered(
            text="\n".join(self._lines).strip(),
            untraced=tuple(dict.fromkeys(self._untraced)),
            rests_on=tuple(dict.fromkeys(map(str, self._bases))),
            tokens=read + written,
            usd=self.means.model.usd(read, written),
            ended=ended,
            uncounted=self._uncounted,
        )

    async def _answered(self, model: Model) -> None:
        limits, agent = self.means.limits, self._agent(model)
        run = agent.run_stream_events(
            self.question, message_history=list(self.history), usage_limits=_kept_by_library(limits)
        )
        try:
            async with model, run as events:
                async for event in events:
                    self._note_usage(events.usage)
                    if isinstance(event, FunctionToolCallEvent):
                        self._note_unknown(event.part.tool_name)
                    elif isinstance(event, AgentRunResultEvent):
                        self.messages = event.result.new_messages()
                        self._look_at_end(event.result.response)
                    elif text := _text(event):
                        self._pending += text
                        await self._flush()
        except OutputTokenLimitExceeded:
            raise LimitReached(limits.longest_answer) from None
        except UsageLimitExceeded as reached:
            raise LimitReached(limits.named(str(reached))) from None

    def _look_at_end(self, response: ModelResponse) -> None:
        """See whether the last answer came to its end. Raises: LimitReached: it did not.

        The library takes a stream that just ends for a whole answer; over a wire, the end has a reason.
        """
        if response.finish_reason == "length":
            raise LimitReached(self.means.limits.longest_answer)
        if response.finish_reason == "content_filter":
            raise LimitReached("the provider of the model kept the rest back")
        if response.provider_name and "finish_reason" not in (response.provider_details or {}):
            raise LimitReached("the answer broke off on its way")

    def _note_unknown(self, name: str) -> None:
        """Put a call of a tool that nobody has on record; the library answers it by itself."""
        if name not in {tool.name for tool in self.means.toolbox.tools}:
            self.means.toolbox.call(name, {})

    def _note_usage(self, usage: Any) -> None:  # noqa: ANN401 - the library's
        """Count tokens, and stop where they are too many or too dear. Raises: LimitReached."""
        self._tokens = (usage.input_tokens, usage.output_tokens)
        self._uncounted = usage.unmeasured_requests
        limits = self.means.limits
        if self.means.model.usd(*self._tokens) > limits.usd:
            raise LimitReached(f"{limits.usd:g} USD are spent")
        if sum(self._tokens) > limits.tokens:
            raise LimitReached(f"{limits.tokens:,} tokens are used up (`agent.max_question_tokens`)")

    def _agent(self, model: Model) -> Agent[None, str]:
        means = self.means
        offered = [
            Offered.from_schema(self._function(tool), tool.name, tool.description, tool.schema)
            for tool in means.toolbox.tools
        ]
        told = f"{INSTRUCTIONS}\nToday is {means.today}." if means.today else INSTRUCTIONS
        return Agent(
            model,
            instructions=told,
            tools=offered,
            retries=2,
            model_settings=ModelSettings(
                max_tokens=means.model.max_tokens, request_timeout=means.model.timeout
            ),
        )

    def _function(self, tool: Tool) -> Any:  # noqa: ANN401
        async def used(**arguments: object) -> str:
            return await self._use(tool.name, arguments)

        return used

    async def _use(self, name: str, arguments: Mapping[str, object]) -> str:
        """One call of a tool, told before and after."""
        await self._flush(is_last=True)
        await self._emit(Calling(name, shown(name, arguments)))
        outcome = await self._called(name, arguments)
        self.means.grounds.add_result(outcome.text)
        if outcome.basis is not None:
            self._bases.append(outcome.basis)
        await self._emit(Called(name, outcome.is_error, outcome.text, outcome.problem))
        return outcome.text

    async def _called(self, name: str, arguments: Mapping[str, object]) -> Outcome:
        """What comes of a call; Ctrl-C ends it at once, and with it the answer."""
        try:
            with interruptible():
                return self.means.toolbox.call(name, arguments)
        except KeyboardInterrupt as stopped:
            self.channel.put_nowait(stopped)
        never: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        return await never  # who reads the channel ends this answer

    async def _flush(self, *, is_last: bool = False) -> None:
        """Tell the lines that are whole; at the end what is left, too."""
        *whole, rest = self._pending.split("\n")
        self._pending = "" if is_last else rest
        for line in [*whole, rest] if is_last and rest else whole:
            marked, strange = self.means.grounds.marked(visible(line))
            self._untraced += strange
            self._lines.append(marked)
            await self._emit(Text(marked))

    async def _emit(self, event: Event) -> None:
        """Put an event and wait until it was read."""
        self.channel.put_nowait(event)
        await self.channel.join()


def _text(event: object) -> str:
    """What an event of the library adds to the answer."""
    if isinstance(event, PartStartEvent) and isinstance(event.part, TextPart):
        return event.part.content
    if isinstance(event, PartDeltaEvent) and isinstance(event.delta, TextPartDelta):
        return event.delta.content_delta
    return ""


def _kept_by_library(limits: Limits) -> UsageLimits:
    """The limits that the library's loop keeps itself; of tokens it would warn where a server counts none."""
    return UsageLimits(request_limit=limits.steps, tool_calls_limit=limits.calls)
