"""Which currency a visitor looks at where a bill has several: `?currency=EUR` says it, a cookie keeps it.

The cookie holds a currency and nothing else; an address that names one wins over it.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.model.load import Coverage
from aws_cost_anomalies.page.markup import Markup, joined, tag

NAME = "currency"
COOKIE = "aws_cost_anomalies_currency"


def of_bill(coverage: Sequence[Coverage]) -> tuple[str, ...]:
    """Every currency that is loaded."""
    return tuple(sorted({code for each in coverage for code in each.currencies}))


def chosen(request: Request, known: Sequence[str]) -> str:
    """The currency of this request; empty where none was chosen, or where nothing is loaded.

    Raises:
        InvalidArgument: the address names one that no bill has.
    """
    if not known:
        return ""
    asked = request.query_params.get(NAME, "").upper()
    if asked and asked not in known:
        raise InvalidArgument(NAME, asked, ", ".join(known))
    kept = request.cookies.get(COOKIE, "")
    return asked or (kept if kept in known else "")


def others(known: Sequence[str], here: str, *, seen: str = "") -> Markup | None:
    """Links to the same page in the other currencies; nothing where there is one alone."""
    offered = [code for code in known if code != seen]
    if len(known) < 2 or not offered:
        return None
    said = "Charges in another currency:" if seen else "Choose one:"
    links = [joined(" ", tag("a", code, href=f"{here or '/'}?{NAME}={code}")) for code in offered]
    return tag("p", said, links, class_="basis")


class Remembering:
    """Keeps the currency that an address named, where its page could be shown."""

    def __init__(self, app: ASGIApp) -> None:
        """Listen to the answers of this application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and add the cookie."""
        code = Request(scope).query_params.get(NAME, "").upper() if scope["type"] == "http" else ""

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 400:
                note = Response()
                note.set_cookie(COOKIE, code, httponly=True, samesite="strict")
                MutableHeaders(scope=message).append("set-cookie", note.headers["set-cookie"])
            await send(message)

        is_code = code.isascii() and code.isalpha()
        await self._app(scope, receive, with_cookie if is_code else send)
