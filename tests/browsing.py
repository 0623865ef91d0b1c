"""A real Chromium at a dashboard that is served as people serve it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from aws_cost_anomalies.web.guard import Rules
from aws_cost_anomalies.web.server import application, listening
from aws_cost_anomalies.web.site import Site

QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
SIZE = {"width": 1280, "height": 900}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium of the system, or Playwright's own; a user's machine may lack both, the project's never."""
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("chromium-browser")
        if found is None and not Path(playwright.chromium.executable_path).exists():
            reason = "there is no Chromium: install it, or `playwright install chromium`"
            if os.environ.get("CI") == "true":
                pytest.fail(reason)
            pytest.skip(reason)
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield browser
        browser.close()


@contextmanager
def served(site: Site, rules: Rules | None = None) -> Iterator[str]:
    """A dashboard on a port of its own; its address."""
    listener = listening("127.0.0.1", 0, "")
    settings = uvicorn.Config(application(site, rules or Rules()), log_level="error", lifespan="off")
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


class Visit:
    """A page that is watched: what it complains of, what it runs, whom it asks."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, path: str) -> Page:
        """The page once it is whole."""
        self.page.goto(self.address + path)
        expect(self.page.locator("[aria-busy]")).to_have_count(0, timeout=120_000)
        return self.page

    def seen_at(self, width: int, scheme: str) -> int:
        """How wide the page is on a screen of this width, in this colour scheme, without loading it again."""
        self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        self.page.set_viewport_size({"width": width, "height": 900})
        return int(self.page.evaluate("document.documentElement.scrollWidth"))

    def strangers(self) -> list[str]:
        """Requests to anybody else."""
        return [url for url in self.asked if not url.startswith((self.address, "data:", "blob:"))]


@contextmanager
def visiting(browser: Browser, address: str, **context: Any) -> Iterator[Visit]:
    """A visitor with a browser profile of its own."""
    opened = browser.new_context(**{"locale": "en-US", "viewport": SIZE, **context})
    try:
        yield Visit(opened.new_page(), address)
    finally:
        opened.close()
