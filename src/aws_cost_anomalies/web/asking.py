"""Ask: a question goes to the agent, and what happens comes back piece by piece."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterator

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
        if answers.is_part(request):
            lines = (json.dumps(piece) + "\n" for piece in self._pieces(request, question))
            return StreamingResponse(lines, media_type="application/x-ndjson")
        whole = await run_in_threadpool(lambda: joined(self._pieces(request, question)))
        return answers.html(self._site.frame.page("Ask", asking.ask(question, whole), here="/ask"))

    def _pieces(self, request: Request, question: str) -> Iterator[Markup]:
        """What happens, in the order it happens; the conversation stays on one thread."""
        pieces: queue.Queue[Markup | None] = queue.Queue()
        threading.Thread(target=self._converse, args=(request, question, pieces), daemon=True).start()
        while (piece := pieces.get()) is not None:
            yield piece

    def _converse(self, request: Request, question: str, pieces: queue.Queue[Markup | None]) -> None:
        try:
            with agent.opened(self._site.fresh_app(request), door="web") as conversation:
                for event in conversation.ask(question):
                    pieces.put(asking.told(event))
        except CostAnomaliesError as error:
            pieces.put(asking.failed(error))
        finally:
            pieces.put(None)
