"""An end for a conversation as a whole; time-outs of single reads let a slow sender drip for ever."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Any, Self


class Deadline:
    """A block in which the sockets it is shown are shut when the time is over.

    Whoever reads from them then sees the connection end.
    """

    def __init__(self, seconds: float) -> None:
        """Start with the block."""
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self.is_over = False

    def __enter__(self) -> Self:
        """Let the time run."""
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the sockets."""
        self._timer.cancel()
        with self._lock:
            self._sockets.clear()

    def watch(self, connection: socket.socket) -> None:
        """One more socket to shut."""
        with self._lock:
            self._sockets.append(connection)
        if self.is_over:
            self._end()

    def trace(self, event: str, seen: dict[str, Any]) -> None:
        """Watch the connections that httpx2 tells of while it opens them."""
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            opened = seen["return_value"].get_extra_info("socket")
            if isinstance(opened, socket.socket):
                self.watch(opened)

    def _end(self) -> None:
        with self._lock:
            self.is_over = True
            for connection in self._sockets:
                # The plain method: that of a TLS socket would take the session from under its reader.
                with suppress(OSError):
                    socket.socket.shutdown(connection, socket.SHUT_RDWR)
