"""An S3 on loopback that serves files of this disk, as slowly as a network would, or spoilt on the way."""

from __future__ import annotations

import hashlib
import re
import sys
import threading
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

CHUNK = 1 << 18
BUCKET = "bucket"
_RANGE = re.compile(r"bytes=(\d+)-(\d+)")


class S3Double:
    """One bucket, `bucket`, that holds every file below a folder.

    Attributes:
        bytes_per_second: the speed of the whole line, however many share it; None is as fast as it goes.
        spoil: what becomes of an object on its way.
        before: called with the key of an object before it is sent; it may wait.
        knows_ranges: whether a range of an object can be had; else all of it is sent.
    """

    def __init__(self, folder: Path, *, bytes_per_second: float | None = None) -> None:
        """Serve nothing yet."""
        self.objects = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
        self.etags = {key: _md5(path) for key, path in self.objects.items()}
        self.spoil: Callable[[bytes], bytes] | None = None
        self.before: Callable[[str], None] | None = None
        self.knows_ranges = True
        self.bytes_per_second = bytes_per_second
        self._line = threading.Lock()
        self._free_at = 0.0
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """End."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def environment(self) -> Mapping[str, str]:
        """What makes boto3 come here."""
        return {
            "AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{self._server.server_address[1]}",
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def wait_for(self, size: int) -> None:
        """Take as long as so many bytes do."""
        if not self.bytes_per_second:
            return
        with self._line:
            self._free_at = max(self._free_at, time.monotonic()) + size / self.bytes_per_second
            until = self._free_at
        time.sleep(max(0.0, until - time.monotonic()))

    def content(self, key: str, start: int, end: int | None) -> bytes:
        """The bytes of an object, or a range of them."""
        if self.spoil:
            return self.spoil(self.objects[key].read_bytes())[start:end]
        with self.objects[key].open("rb") as file:
            file.seek(start)
            return file.read() if end is None else file.read(end - start)

    def listing(self) -> bytes:
        """Every object, on one page."""
        entries = "".join(
            f"<Contents><Key>{escape(key)}</Key><LastModified>2026-11-01T00:00:00.000Z</LastModified>"
            f"<ETag>&quot;{self.etags[key]}&quot;</ETag><Size>{path.stat().st_size}</Size>"
            "<StorageClass>STANDARD</StorageClass></Contents>"
            for key, path in sorted(self.objects.items())
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><IsTruncated>false</IsTruncated>'
            f"<Name>{BUCKET}</Name><KeyCount>{len(self.objects)}</KeyCount>{entries}</ListBucketResult>"
        ).encode()


def _md5(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


class _Server(ThreadingHTTPServer):
    """Knows whose objects it serves."""

    def __init__(self, double: S3Double) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.double = double

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as socketserver has it
        """Say nothing of a reader who has gone."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        key = unquote(urlsplit(self.path).path).removeprefix(f"/{BUCKET}").lstrip("/")
        double = self.server.double
        if not key:
            self._answer(200, double.listing())
        elif key not in double.objects:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        else:
            self._object(key)

    def _object(self, key: str) -> None:
        double = self.server.double
        if double.before:
            double.before(key)
        asked = _RANGE.fullmatch(self.headers.get("Range", ""))
        if asked and double.knows_ranges:
            start, end = int(asked[1]), int(asked[2]) + 1
            content = double.content(key, start, end)
            told = f"bytes {start}-{end - 1}/{double.objects[key].stat().st_size}"
            self._head(206, len(content), etag=double.etags[key], content_range=told)
        else:
            content = double.content(key, 0, None)
            self._head(200, len(content), etag=double.etags[key])
        for start in range(0, len(content), CHUNK):
            part = content[start : start + CHUNK]
            double.wait_for(len(part))
            self.wfile.write(part)

    def _answer(self, status: int, body: bytes) -> None:
        self._head(status, len(body))
        self.wfile.write(body)

    def _head(self, status: int, length: int, *, etag: str = "", content_range: str = "") -> None:
        self.send_response(status)
        if content_range:
            self.send_header("Content-Range", content_range)
        self.send_header("Content-Length", str(length))
        if etag:
            self.send_header("ETag", f'"{etag}"')
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""
