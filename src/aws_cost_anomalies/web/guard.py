"""Who may ask, and what a browser may do with the answer.

The Host must be this server's, so that no other name leads here (DNS rebinding); what changes something must
come from a page of this server; beyond loopback only with the token.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
SAFE = frozenset({"GET", "HEAD"})
COOKIE = "aws_cost_anomalies"
SIGN_IN = "/sign-in"
OPEN_TO_ALL = (SIGN_IN, "/assets/")
"""Pages that are shown before the token is known."""
PAUSE = 0.5
"""Seconds that a wrong token costs."""
LARGEST = 64 * 1024
"""Bytes of a form."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Who may ask.

    Attributes:
        hosts: names, beside those of loopback, that a browser may call this server by.
        token: what a visitor has to know; empty for nothing.
    """

    hosts: frozenset[str] = frozenset()
    token: str = ""

    @classmethod
    def of(cls, hosts: Iterable[str], token: str) -> Rules:
        """Rules with names in lower case."""
        return cls(frozenset(name.lower().strip("[]") for name in hosts), token)

    @property
    def pass_key(self) -> str:
        """What the cookie of a visitor holds who knew the token; the token cannot be read from it."""
        return hmac.new(self.token.encode(), b"aws-cost-anomalies, signed in", sha256).hexdigest()

    def is_right(self, token: str) -> bool:
        """Whether a visitor knows the token; a wrong one takes a moment."""
        if hmac.compare_digest(token.encode(), self.token.encode()):
            return True
        time.sleep(PAUSE)
        return False

    def lets_in(self, headers: Headers) -> bool:
        """Whether a request brings the token, or the cookie of who brought it."""
        if not self.token:
            return True
        kind, _, token = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return hmac.compare_digest(token.strip().encode(), self.token.encode())
        return hmac.compare_digest(_cookie(headers), self.pass_key)

    def is_host(self, host: str) -> bool:
        """Whether the Host of a request is a name of this server."""
        return name_of(host) in LOOPBACK | self.hosts


def name_of(host: str) -> str:
    """A Host without its port; empty when it is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def is_same_origin(headers: Mapping[str, str]) -> bool:
    """Whether a request comes from a page of this server, or from no browser at all.

    A browser says where a request comes from in Sec-Fetch-Site, older ones in Origin alone; a program that is
    no browser sends neither, and carries nobody's cookies.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or (origin != "null" and urlsplit(origin).netloc == headers.get("host", ""))


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


class Guard:
    """Every request passes here before any page sees it, and every answer on its way back."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        """Guard this application."""
        self._app = app
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it through, or refuse it in a sentence."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refused = self._refused(scope)
        await (refused or self._app)(scope, receive, with_headers)

    def _refused(self, scope: Scope) -> Response | None:
        """Why a request goes no further; None when it may."""
        headers = Headers(scope=scope)
        if not self._rules.is_host(headers.get("host", "")):
            return PlainTextResponse("This server has another name; add it to `web.hosts`.", 421)
        if scope["method"] not in SAFE:
            if not is_same_origin(headers):
                return PlainTextResponse("Only pages of this server may change something.", 403)
            size = headers.get("content-length", "")
            if not size.isdecimal() or int(size) > LARGEST:
                return PlainTextResponse("That is more than a form holds.", 413)
        if self._rules.lets_in(headers) or scope["path"].startswith(OPEN_TO_ALL):
            return None
        if scope["method"] in SAFE and "text/html" in headers.get("accept", ""):
            return RedirectResponse(SIGN_IN, 303)
        return PlainTextResponse("Sign in first, or send the token as a bearer.", 401)
