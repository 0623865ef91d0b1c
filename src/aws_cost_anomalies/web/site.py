"""What the pages are made from: the use cases of today, opened anew when the day or the settings change."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from aws_cost_anomalies.app import App
from aws_cost_anomalies.looking.kept import Kept
from aws_cost_anomalies.page.desk import Desk, Line, plain_line
from aws_cost_anomalies.page.frame import Frame
from aws_cost_anomalies.page.markup import Markup, joined, tag
from aws_cost_anomalies.web import answers, currency

KEPT_PAGES = 200
JUDGING = "Judging every day; this takes a while when charges are new …"


@dataclass(frozen=True, slots=True)
class Laid:
    """What stands on a page: its title, what it rests on, in which currency, and all else."""

    title: str
    inside: Markup
    basis: Markup | None = None
    currency: str = ""


class Site:
    """One running dashboard. Safe to share between threads."""

    def __init__(
        self,
        open_app: Callable[[date | None], App],
        *,
        frame: Frame,
        config: Path,
        as_of: date | None = None,
        line: Line = plain_line,
    ) -> None:
        """Open nothing yet.

        Args:
            open_app: the use cases as configured now, with the day taken for today; None for the clock's.
            frame: of every page.
            config: the settings file, there or not.
            as_of: the day taken for today; None follows the clock.
            line: writes the command lines that people copy.
        """
        self._line = line
        self.frame = frame
        self.config = config
        self._open_app = open_app
        self._as_of = as_of
        self._desks: dict[str, tuple[date, Desk]] = {}
        self._pages: Kept[Markup] = Kept(KEPT_PAGES)
        self._lock = threading.Lock()

    @property
    def desk(self) -> Desk:
        """The use cases of today, in the currency that is configured."""
        return self._desk_in("")

    def desk_of(self, request: Request) -> Desk:
        """The use cases of today, in the currency of this visitor. Raises: InvalidArgument."""
        return self._desk_in(self._currency(request))

    def fresh_app(self, request: Request | None = None) -> App:
        """The use cases with the clock of this moment, to write with; in the currency of a visitor."""
        return self._app_in(self._currency(request) if request else "")

    def _currency(self, request: Request) -> str:
        return currency.chosen(request, currency.of_bill(self.desk.coverage()))

    def _desk_in(self, code: str) -> Desk:
        today = self._as_of or datetime.now(UTC).date()  # noqa: TID251 - a door reads the clock
        with self._lock:
            known = self._desks.get(code)
            if known is None or known[0] != today:
                known = self._desks[code] = (today, Desk(self._app_in(code), self._line))
            return known[1]

    def _app_in(self, code: str) -> App:
        app = self._open_app(self._as_of)
        return App(app.settings.in_currency(code), as_of=app.as_of, now=app.now) if code else app

    def reopen(self) -> None:
        """Read the settings anew."""
        with self._lock:
            self._desks.clear()

    def answer(
        self, request: Request, lay: Callable[[], Laid], *, of: tuple[Hashable, ...], here: str = ""
    ) -> Response:
        """A page, laid out by the first who asks for it and kept for as long as it would say the same.

        Args:
            request: whose address says which page; its part alone where one is asked for.
            lay: lays it out.
            of: what it is made of.
            here: the page of the navigation that it belongs to.
        """
        is_part, desk = answers.is_part(request), self.desk_of(request)

        def page() -> Markup:
            laid = lay()
            known = currency.of_bill(desk.coverage()) if laid.currency else ()
            about = joined(laid.basis, currency.others(known, here, seen=laid.currency))
            if is_part:
                return joined(about, laid.inside)
            return self.frame.page(laid.title, laid.inside, here=here, basis=about)

        key = (desk, request.url.path, request.url.query, is_part, *of)
        return answers.html(self._pages.get(key, page))

    def is_early(self, request: Request) -> bool:
        """Whether a visitor who did not choose to wait comes before anything was judged."""
        is_waiting = answers.is_part(request) or "now" in request.query_params
        return not is_waiting and not self.desk_of(request).watching.is_ready()

    def later(self, request: Request, title: str, *, here: str, why: str = JUDGING) -> Response:
        """A page whose content comes when it is ready: by itself, or by a link where no script runs."""
        asked = urlencode({**request.query_params, "now": "yes"})
        address = f"{quote(request.url.path)}?{asked}"
        waiting = tag("p", why, class_="waiting", role="status")
        link = tag("noscript", tag("a", "Wait for it", href=address))
        part = tag("div", waiting, link, data_fill=address, aria_busy="true")
        return answers.html(self.frame.page(title, part, here=here))
