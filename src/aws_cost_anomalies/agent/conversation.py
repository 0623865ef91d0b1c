"""A conversation with a model that has tools: questions in, events out, every figure traced.

Events come from a plain generator, so that a terminal and a web page read them alike; a tool starts only when
its event has been read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from aws_cost_anomalies.agent.means import Means
from aws_cost_anomalies.agent.stopping import on_ctrl_c

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelMessage

    from aws_cost_anomalies.agent.events import Event
    from aws_cost_anomalies.agent.turn import Turn

REMEMBERED = 6
"""Questions whose messages the model sees again."""
SECONDS_TO_END = 5.0
"""What an answer that is stopped may take to close its connections."""


@dataclass(slots=True)
class Conversation:
    """Questions and answers that remember each other.

    Attributes:
        problems: what is missing of other MCP servers, one sentence each.
    """

    means: Means
    problems: tuple[str, ...] = ()
    _remembered: list[list[ModelMessage]] = field(default_factory=list, init=False)

    def ask(self, question: str) -> Generator[Event]:
        """What happens until the answer is there; the last event is `Answered`.

        Closing the generator stops the answer and not the conversation.

        Raises:
            CostAnomaliesError: the model cannot be asked, as `LanguageModel.ask`.
        """
        self.means.grounds.add_text(f"{question} {self.means.today}")
        loop = asyncio.new_event_loop()
        try:
            with self.means.model.reached() as model:
                turn = self._turn(question)
                task = loop.create_task(turn.run(model))
                stop = on_ctrl_c(loop, turn.channel.put_nowait)
                try:
                    while (event := loop.run_until_complete(turn.channel.get())) is not None:
                        if isinstance(event, BaseException):
                            raise event
                        yield event
                        turn.channel.task_done()
                finally:
                    stop()
                    task.cancel()
                    loop.run_until_complete(asyncio.wait([task], timeout=SECONDS_TO_END))
                    loop.run_until_complete(loop.shutdown_asyncgens())
            self._remembered = [*self._remembered, turn.messages][-REMEMBERED:]
        finally:
            loop.close()

    def _turn(self, question: str) -> Turn:
        """A question's way to its answer; the library that walks it loads with the first one."""
        history = [message for messages in self._remembered for message in messages]
        turn: Turn = import_module("aws_cost_anomalies.agent.turn").Turn(self.means, question, history)
        return turn
