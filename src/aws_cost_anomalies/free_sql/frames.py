"""How the program and its worker speak: one JSON value after another, each behind its length.

Knows pipes; knows nothing of what is said.
"""

from __future__ import annotations

import json
import os
import select
import struct
import time

_LENGTH = struct.Struct(">I")
_PIECE = 65_536


class Silence(Exception):
    """Nothing came in time; TooLong and Ended are other ways not to get an answer."""


class TooLong(Exception):
    """More was announced than anybody may say."""


class Ended(Exception):
    """The other side is gone."""


def say(descriptor: int, value: object) -> None:
    """Write a value. Raises: OSError: nobody listens."""
    text = json.dumps(value, allow_nan=False).encode()
    left = memoryview(_LENGTH.pack(len(text)) + text)
    while left:
        left = left[os.write(descriptor, left) :]


def hear(descriptor: int, *, seconds: float | None = None, longest: int = 1 << 31) -> object:
    """The next value.

    Args:
        descriptor: of the pipe.
        seconds: how long to wait for the whole of it; None means for ever.
        longest: bytes it may have.

    Raises:
        Silence, TooLong, Ended: there is none.
    """
    until = None if seconds is None else time.monotonic() + seconds
    (length,) = _LENGTH.unpack(_exactly(_LENGTH.size, descriptor, until))
    if length > longest:
        raise TooLong
    return json.loads(_exactly(length, descriptor, until))


def _exactly(count: int, descriptor: int, until: float | None) -> bytes:
    pieces = bytearray()
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN)
    while len(pieces) < count:
        left = None if until is None else max(until - time.monotonic(), 0) * 1000
        if not waiting.poll(left):
            raise Silence
        piece = os.read(descriptor, min(count - len(pieces), _PIECE))
        if not piece:
            raise Ended
        pieces += piece
    return bytes(pieces)
