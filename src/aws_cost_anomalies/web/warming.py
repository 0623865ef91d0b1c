"""Answers made before anybody asks: at the start, and when the day, the settings or the charges are new."""

from __future__ import annotations

import threading
from contextlib import suppress

from aws_cost_anomalies.errors import CostAnomaliesError
from aws_cost_anomalies.page.desk import Desk
from aws_cost_anomalies.page.explore import Wish
from aws_cost_anomalies.web import asked
from aws_cost_anomalies.web.reading import offered
from aws_cost_anomalies.web.site import Site

PAUSE = 2.0
"""Seconds between two looks whether there is something new."""


def keep_warm(site: Site) -> None:
    """Warm the site in the background for as long as the program lives."""
    threading.Thread(target=_watch, args=(site,), daemon=True).start()


def _watch(site: Site) -> None:
    warmed: tuple[Desk, str] | None = None
    while True:
        with suppress(CostAnomaliesError):  # told on the page that needs it
            desk = site.desk
            now = (desk, desk.version())
            if now != warmed:
                warmed = now
                warm(desk)
        threading.Event().wait(PAUSE)


def warm(desk: Desk) -> None:
    """Look at everything that one click from the start leads to. Raises: as the desk does."""
    desk.stock()
    desk.exploring.explored(asked.look(Wish()))
    desk.overview()
    for by in offered(desk):
        with suppress(CostAnomaliesError):  # a tag that no charge has
            desk.exploring.explored(asked.look(Wish(by=by)))
            desk.overview(by)
