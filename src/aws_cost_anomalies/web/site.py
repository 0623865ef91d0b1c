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
from aws_cost_anomalies.web import answers

KEPT_PAGES = 200
JUDGING = "Judging every day; this takes a while when charges are new …"


@dataclass(frozen=True, slots=True)
class Laid:
    """What stands on a page: its title, what it rests on, and all else."""

    title: str
    inside: Markup
    basis: Markup | None = None


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
        self._desk: tuple[date, Desk] | None = None
        self._pages: Kept[Markup] = Kept(KEPT_PAGES)
        self._lock = threading.Lock()

    @property
    def desk(self) -> Desk:
        """The use cases of today."""
        today = self._as_of or datetime.now(UTC).date()  # noqa: TID251 - a door reads the clock
        with self._lock:
            if self._desk is None or self._desk[0] != today:
                self._desk = (today, Desk(self._open_app(self._as_of), self._line))
            return self._desk[1]

    def fresh_app(self) -> App:
        """The use cases with the clock of this moment, to write with."""
        return self._open_app(self._as_of)

    def reopen(self) -> None:
        """Read the settings anew."""
        with self._lock:
            self._desk = None

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
        is_part = answers.is_part(request)

        def page() -> Markup:
            laid = lay()
            if is_part:
                return joined(laid.basis, laid.inside)
            return self.frame.page(laid.title, laid.inside, here=here, basis=laid.basis)

        key = (self.desk, request.url.path, request.url.query, is_part, *of)
        return answers.html(self._pages.get(key, page))

    def is_early(self, request: Request) -> bool:
        """Whether a visitor who did not choose to wait comes before anything was judged."""
        is_waiting = answers.is_part(request) or "now" in request.query_params
        return not is_waiting and not self.desk.watching.is_ready()

    def later(self, request: Request, title: str, *, here: str, why: str = JUDGING) -> Response:
        """A page whose content comes when it is ready: by itself, or by a link where no script runs."""
        asked = urlencode({**request.query_params, "now": "yes"})
        address = f"{quote(request.url.path)}?{asked}"
        waiting = tag("p", why, class_="waiting", role="status")
        link = tag("noscript", tag("a", "Wait for it", href=address))
        part = tag("div", waiting, link, data_fill=address, aria_busy="true")
        return answers.html(self.frame.page(title, part, here=here))
