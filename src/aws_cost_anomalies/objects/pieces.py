"""Objects of S3 in pieces, first come, first served: of several large ones the first is here before the last.

As many pieces are on their way as there are streams, whichever objects they belong to. S3 gives no checksum
of a piece, so an object that came whole is held against its ETag, which is made of checksums.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, CancelledError, Future, ThreadPoolExecutor, wait
from contextlib import closing
from functools import partial
from threading import Event
from typing import IO, TYPE_CHECKING

from aws_cost_anomalies import aws

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef

PIECE = 1 << 23
"""Bytes: large enough that asking takes little of the time, small enough that many streams have some."""
STREAMS = 8
TRIES = 3
"""How often a piece is asked for that breaks off, the first time among them."""
PAUSE = 0.2
"""Seconds before it is asked for the second time; before the third, twice as many."""
_CHUNK = 1 << 18

Ask = Callable[[str], "GetObjectOutputTypeDef"]
"""Asks for an object, or for a range of its bytes, `bytes=0-99`; an empty one is all of it."""


class Pieces:
    """Streams that all objects of a place share."""

    def __init__(self) -> None:
        """Open none yet."""
        self._streams = ThreadPoolExecutor(STREAMS, "pieces")

    def receive(self, ask: Ask, size: int, into: IO[bytes], *, given_up: Event) -> tuple[int, bool]:
        """Write an object to a file; how many bytes came, and whether its ETag may tell a checksum.

        A small one does not wait for the pieces of large ones. Once this has ended, nothing writes any more.

        Raises:
            CancelledError: it was given up.
            OSError, BotoCoreError, ClientError: as writing and asking do.
        """
        write = partial(_write, ask, into=into, given_up=given_up)
        if size <= PIECE:
            return write((0, size), "")
        coming: list[Future[tuple[int, bool]]] = []
        try:
            for start in range(0, size, PIECE):
                end = min(start + PIECE, size)
                coming.append(self._streams.submit(write, (start, end), f"bytes {start}-{end - 1}"))
            wait(coming, return_when=FIRST_EXCEPTION)
        finally:
            for piece in coming:
                piece.cancel()
            wait(coming)
        failures = (piece.exception() for piece in coming if not piece.cancelled())
        match next((failure for failure in failures if failure), None):
            case None:
                came = [piece.result() for piece in coming]
                return sum(size for size, _ in came), all(is_plain for _, is_plain in came)
            case _NoRange():
                return write((0, size), "")
            case failure:
                raise failure


class _NoRange(Exception):
    """All was sent where a range was asked for."""


def _write(
    ask: Ask, piece: tuple[int, int], expected: str, *, into: IO[bytes], given_up: Event
) -> tuple[int, bool]:
    """Write one piece where it belongs, asking again where it breaks off on its way.

    All of an object where no range is expected.
    """
    start, end = piece
    for again in range(1, TRIES):
        try:
            received, is_plain = _write_once(ask, piece, expected, into=into, given_up=given_up)
        except Exception as error:
            if not aws.is_spoilt_on_its_way(error):
                raise
        else:
            if received >= end - start:
                return received, is_plain
        given_up.wait(PAUSE * again)
    return _write_once(ask, piece, expected, into=into, given_up=given_up)


def _write_once(
    ask: Ask, piece: tuple[int, int], expected: str, *, into: IO[bytes], given_up: Event
) -> tuple[int, bool]:
    if given_up.is_set():
        raise CancelledError
    answer = ask(expected.replace(" ", "="))
    position, end = piece
    with closing(answer["Body"]) as body:
        if not answer.get("ContentRange", "").startswith(expected):
            raise _NoRange
        while position <= end and (chunk := body.read(_CHUNK)):
            if given_up.is_set():
                raise CancelledError
            position += _written(chunk, position, into)
    # More than was asked for is refused for its length, so it is not read to its end.
    return position - piece[0], answer.get("ServerSideEncryption", "AES256") == "AES256"


def _written(chunk: bytes, position: int, into: IO[bytes]) -> int:
    """Write all of it: where there is hardly room, the system takes a part and says so."""
    start, view = position, memoryview(chunk)
    while view:
        taken = os.pwrite(into.fileno(), view, position)
        view, position = view[taken:], position + taken
    return position - start


def etag_of(content: IO[bytes], sizes: Sequence[int]) -> str:
    """The ETag that S3 gives a content uploaded in parts of so many bytes each; without parts, at once."""
    content.seek(0)
    if not sizes:
        return _md5_of_next(sys.maxsize, content).hex()
    digests = [_md5_of_next(size, content) for size in sizes]
    return f"{hashlib.md5(b''.join(digests), usedforsecurity=False).hexdigest()}-{len(digests)}"


def _md5_of_next(size: int, content: IO[bytes]) -> bytes:
    digest = hashlib.md5(usedforsecurity=False)
    while size and (chunk := content.read(min(_CHUNK, size))):
        digest.update(chunk)
        size -= len(chunk)
    return digest.digest()
