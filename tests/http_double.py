"""A web server on loopback that answers as it is told to, and remembers what it was asked."""

from __future__ import annotations

import json
import socket
import ssl
import struct
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True)
class Reply:
    """One answer.

    Attributes:
        manner: `answer`; `hang`: none at all; `reset`: the connection is torn down in the middle of it;
            `drip`: a byte now and then, for ever.
    """

    status: int = 200
    body: bytes = b"ok"
    headers: Mapping[str, str] = field(default_factory=dict)
    manner: str = "answer"


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body."""
        return json.loads(self.body)


class HttpDouble:
    """The server; `replies` by path, a list being used up one after another, its last one staying."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self.replies: dict[str, deque[Reply]] = {}
        self.over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"double": self}))
        self._server.daemon_threads = True
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def reply(self, *replies: Reply, path: str = "") -> None:
        """What is answered below a path from now on."""
        self.replies[path] = deque(replies)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()

    def next(self, path: str) -> Reply:
        fitting = sorted((prefix for prefix in self.replies if path.startswith(prefix)), key=len)
        if not fitting:
            return Reply()
        queue = self.replies[fitting[-1]]
        return queue.popleft() if len(queue) > 1 else queue[0]


class _Handler(BaseHTTPRequestHandler):
    double: HttpDouble

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self.double.asked.append(Asked(self.path, dict(self.headers), self.rfile.read(length)))
        reply = self.double.next(self.path)
        getattr(self, f"_{reply.manner}")(reply)

    do_GET = do_POST

    def _answer(self, reply: Reply) -> None:
        self.send_response_only(reply.status)
        fixed = {"Content-Length": str(len(reply.body)), "Date": self.date_time_string()}
        for name, value in {**fixed, **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    def _hang(self, reply: Reply) -> None:
        self.double.over.wait(20)
        self.close_connection = True

    def _drip(self, reply: Reply) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        until = time.monotonic() + 20
        while time.monotonic() < until and not self.double.over.wait(0.05):
            try:
                self.wfile.write(b"x")
            except OSError:
                break
        self.close_connection = True

    def _reset(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"beginning")
        self.wfile.flush()
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def finish(self) -> None:
        try:
            super().finish()
        except (OSError, ValueError):
            self.close_connection = True
