"""Ask: a question goes to the agent, and what happens comes back piece by piece."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from aws_cost_anomalies import agent
from aws_cost_anomalies.errors import CostAnomaliesError, InvalidArgument
from aws_cost_anomalies.page import ask as asking
from aws_cost_anomalies.page.markup import Markup, joined
from aws_cost_anomalies.web import answers
from aws_cost_anomalies.web.saying import form_of
from aws_cost_anomalies.web.site import Site


@dataclass(slots=True)
class _Reader:
    """Whoever reads an answer: what is for him, None at its end, and whether he went away."""

    pieces: queue.Queue[Markup | None] = field(default_factory=queue.Queue)
    gone: threading.Event = field(default_factory=threading.Event)

    def whole(self) -> Markup:
        """All of it, once it is there."""
        return joined(iter(self.pieces.get, None))

    async def lines(self) -> AsyncIterator[str]:
        """A line of JSON for each piece, as it comes.

        Who goes away stops the answer: a model is paid for what nobody would read.
        """
        try:
            while (piece := await run_in_threadpool(self.pieces.get)) is not None:
                yield json.dumps(piece) + "\n"
        finally:
            self.gone.set()


class Asking:
    """The conversations of one site: nobody allows a call that pays or writes."""

    def __init__(self, site: Site) -> None:
        """Ask with the use cases of this site."""
        self._site = site

    def page(self, request: Request) -> Response:
        """The form."""
        return answers.html(self._site.frame.page("Ask", asking.ask(), here=request.url.path))

    async def ask(self, request: Request) -> Response:
        """The answer: line by line where a script reads it, else as a page."""
        question = next(iter((await form_of(request)).get("question", ())), "").strip()
        if not 1 <= len(question) <= asking.LONGEST_QUESTION:
            raise InvalidArgument("The question", question[:40], f"1 to {asking.LONGEST_QUESTION} characters")
        reader = _Reader()
        threading.Thread(target=self._converse, args=(request, question, reader), daemon=True).start()
        if answers.is_part(request):
            return StreamingResponse(reader.lines(), media_type="application/x-ndjson")
        whole = await run_in_threadpool(reader.whole)
        return answers.html(self._site.frame.page("Ask", asking.ask(question, whole), here="/ask"))

    def _converse(self, request: Request, question: str, reader: _Reader) -> None:
        """The conversation, which stays on one thread: what happens, in the order it happens."""
        try:
            with (
                agent.opened(self._site.fresh_app(request), door="web") as conversation,
                closing(conversation.ask(question)) as events,
            ):
                for event in events:
                    if reader.gone.is_set():
                        return
                    reader.pieces.put(asking.told(event))
        except CostAnomaliesError as error:
            reader.pieces.put(asking.failed(error))
        finally:
            reader.pieces.put(None)
