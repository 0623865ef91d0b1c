"""A language model on loopback: Bedrock's Converse, Anthropic's messages and OpenAI's chat completions.

    with ModelDouble("an answer") as double:
        LanguageModel("anthropic:claude-haiku-4-5", base_url=double.url, api_key=lambda: "key").ask("…")

It gives the answers it was made with, one after another, the last for ever; an answer can be a text, a
status, `HANG` or `GARBAGE`. What it was asked is kept.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

HANG, GARBAGE = object(), object()
READ, WRITTEN = 1000, 200
"""Tokens that every answer takes."""


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def instructions(self) -> str:
        """What the model was told before the question."""
        if self.path.endswith("/converse"):
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
        if answer is HANG:
            self._closing.wait(30)
            return
        if isinstance(answer, int):
            _send(handler, answer, json.dumps({"message": "no", "error": {"message": "no", "type": "x"}}))
        elif answer is GARBAGE:
            _send(handler, 200, '{"neither": "fish"}')
        else:
            _send(handler, 200, json.dumps(_document(asked, str(answer))))


def _send(handler: BaseHTTPRequestHandler, status: int, text: str) -> None:
    content = text.encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def _document(asked: Asked, text: str) -> dict[str, Any]:
    """The answer as the API that was asked words it."""
    if asked.path.endswith("/converse"):
        return {
            "output": {"message": {"role": "assistant", "content": [{"text": text}]}},
            "stopReason": "end_turn",
            "usage": {"inputTokens": READ, "outputTokens": WRITTEN, "totalTokens": READ + WRITTEN},
            "metrics": {"latencyMs": 12},
        }
    if asked.path.endswith("/messages"):
        return {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": asked.body["model"],
            "content": [{"type": "text", "text": text}],
            "stop_reason": "end_turn",
            "stop_sequence": None,
            "usage": {"input_tokens": READ, "output_tokens": WRITTEN},
        }
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_790_000_000,
        "model": asked.body["model"],
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
        "usage": {"prompt_tokens": READ, "completion_tokens": WRITTEN, "total_tokens": READ + WRITTEN},
    }
