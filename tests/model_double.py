"""A language model on loopback: Bedrock's Converse, Anthropic's messages and OpenAI's chat completions.

    with ModelDouble("an answer") as double:
        LanguageModel("anthropic:claude-haiku-4-5", base_url=double.url, api_key=lambda: "key").ask("…")

It gives the answers it was made with, one after another, the last for ever. An answer can be a text, a call
of a tool (`Use`), a list of these, `Spoilt`, a status, `HANG`, `GARBAGE`, or a function of what was asked
that gives one. Whoever asks for a stream gets one. What it was asked is kept.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

from tests.model_wire import READ, WRITTEN, Use, document, stream

__all__ = ["GARBAGE", "HANG", "READ", "WRITTEN", "Asked", "ModelDouble", "Spoilt", "Use"]

HANG, GARBAGE = object(), object()


@dataclass(frozen=True)
class Spoilt:
    """A stream that is not as it should be: `by` makes what is sent of what would be right."""

    said: str | Use
    by: Callable[[bytes], bytes]


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def instructions(self) -> str:
        """What the model was told before the question."""
        if "/converse" in self.path:
            return " ".join(part["text"] for part in self.body["system"])
        if self.path.endswith("/messages"):
            system = self.body["system"]
            return system if isinstance(system, str) else " ".join(part["text"] for part in system)
        return str(next(m["content"] for m in self.body["messages"] if m["role"] in {"system", "developer"}))

    @property
    def question(self) -> str:
        """The last message of the user."""
        content = next(m["content"] for m in reversed(self.body["messages"]) if m["role"] == "user")
        return content if isinstance(content, str) else " ".join(part.get("text", "") for part in content)

    @property
    def wants_stream(self) -> bool:
        """Whether the answer is to come in pieces."""
        return self.path.endswith("/converse-stream") or bool(self.body.get("stream"))

    @property
    def model(self) -> str:
        """The model asked for."""
        return str(self.body.get("model", ""))

    @property
    def results(self) -> list[str]:
        """What the tools called last answered, in order, as the model is told."""
        last = self.body["messages"][-1]
        if last["role"] == "tool":  # OpenAI: a message for each
            tail = []
            for message in reversed(self.body["messages"]):
                if message["role"] != "tool":
                    break
                tail.append(_text_of(message["content"]))
            return tail[::-1]
        if isinstance(last["content"], str):
            return []
        found = [part.get("toolResult") or part for part in last["content"]]
        return [_text_of(part["content"]) for part in found if "toolUseId" in part or "tool_use_id" in part]


class ModelDouble:
    """The server; `url` is where it listens."""

    def __init__(self, *answers: object) -> None:
        self.asked: list[Asked] = []
        self._answers = list(answers)
        self._closing = threading.Event()
        double = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                asked = Asked(unquote(self.path), dict(self.headers.items()), body)
                double.asked.append(asked)
                double._answer(self, asked)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        answer = answer(asked) if callable(answer) else answer
        if answer is HANG:
            self._closing.wait(30)
            return
        if isinstance(answer, int):
            _send(handler, answer, json.dumps({"message": "no", "error": {"message": "no", "type": "x"}}))
        elif answer is GARBAGE:
            _send(handler, 200, '{"neither": "fish"}')
        else:
            spoilt = answer.by if isinstance(answer, Spoilt) else bytes
            answer = answer.said if isinstance(answer, Spoilt) else answer
            parts = answer if isinstance(answer, list) else [answer]
            said = [part if isinstance(part, Use) else str(part) for part in parts]
            if asked.wants_stream:
                kind, body = stream(asked.path, asked.model, said)
                _send(handler, 200, spoilt(body), kind)
            else:
                _send(handler, 200, json.dumps(document(asked.path, asked.model, said)))


def _text_of(content: object) -> str:
    """The text of a tool's result, however it is wrapped."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return " ".join(_text_of(part) for part in content)
    if isinstance(content, Mapping):
        said = content.get("text", content.get("json", dict(content)))
        return said if isinstance(said, str) else json.dumps(said)
    return str(content)


def _send(
    handler: BaseHTTPRequestHandler, status: int, body: str | bytes, kind: str = "application/json"
) -> None:
    content = body.encode() if isinstance(body, str) else body
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)
