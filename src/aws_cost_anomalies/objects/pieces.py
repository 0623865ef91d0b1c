"""Objects of S3 in pieces, first come, first served: of several large ones the first is here before the last.

As many pieces are on their way as there are streams, whichever objects they belong to. S3 gives no checksum
of a piece, so an object that came whole is held against its ETag, which is made of checksums.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, CancelledError, ThreadPoolExecutor, wait
from contextlib import closing
from functools import partial
from threading import Event
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef

PIECE = 1 << 23
"""Bytes: large enough that asking takes little of the time, small enough that many streams have some."""
STREAMS = 8
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
        write = partial(_write, into=into.fileno(), given_up=given_up)
        if size <= PIECE:
            return write(partial(ask, ""), (0, size))
        ranges = [(start, min(start + PIECE, size)) for start in range(0, size, PIECE)]
        coming = [
            self._streams.submit(write, partial(ask, f"bytes={start}-{end - 1}"), (start, end))
            for start, end in ranges
        ]
        try:
            wait(coming, return_when=FIRST_EXCEPTION)
        finally:
            for piece in coming:
                piece.cancel()
            wait(coming)
        failures = (piece.exception() for piece in coming if not piece.cancelled())
        if failure := next((failure for failure in failures if failure), None):
            raise failure
        came = [piece.result() for piece in coming]
        return sum(size for size, _ in came), all(is_plain for _, is_plain in came)


def _write(
    ask: Callable[[], GetObjectOutputTypeDef], piece: tuple[int, int], *, into: int, given_up: Event
) -> tuple[int, bool]:
    """Write one piece where it belongs."""
    if given_up.is_set():
        raise CancelledError
    answer = ask()
    start, end = piece
    position = start
    with closing(answer["Body"]) as body:
        while chunk := body.read(_CHUNK):
            if given_up.is_set():
                raise CancelledError
            os.pwrite(into, chunk, position)
            position += len(chunk)
            if position > end:
                break  # more than was asked for: the whole is refused for its length
    return position - start, answer.get("ServerSideEncryption", "AES256") == "AES256"


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
