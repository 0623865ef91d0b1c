"""The pictures of the documents, drawn from what the program makes: `python tests/docs/pictures.py`.

Needs Chromium and the extra `charts`.
"""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from aws_cost_anomalies import App, Settings, charts
from aws_cost_anomalies.model.answers import Asked, Wanted
from aws_cost_anomalies.model.message import Chart, Message
from aws_cost_anomalies.notifiers.email.letter import Envelope, letter

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
AS_OF = date(2026, 9, 1)


def largest_alert(folder: Path) -> Message:
    """The message about the largest anomaly of the sample bill."""
    flags = {"database.path": folder / "costs.duckdb", "database.cache_dir": folder / "cache"}
    app = App(Settings.load(environment={}, flags={**flags, "tags": ["team", "env"]}), as_of=AS_OF)
    app.write_sample(folder / "sample")
    list(app.ingest(app.plan_ingest(Wanted(source="sample", path=str(folder / "sample")))))
    return app.alerts(Asked()).entries[0].message


def mail_page(message: Message) -> str:
    """The HTML of its mail, the chart inside."""
    chart = next(block for block in message.blocks if isinstance(block, Chart))
    mail = letter(
        message, Envelope("costs@example.com", ("finops@example.com",)), reply_to="", may_repeat=False,
        png=charts.png(chart),
    )  # fmt: skip
    page, image = "", b""
    for part in mail.walk():
        if part.get_content_type() == "text/html":
            page = part.get_content()
        elif part.get_content_type() == "image/png":
            image = part.get_content()
            name = part["Content-ID"].strip("<>")
    return page.replace(f"cid:{name}", "data:image/png;base64," + base64.b64encode(image).decode())


SHOTS = (
    ("dashboard-overview", "/", "light", 900),
    ("dashboard-anomaly-dark", "/anomalies/4831b8604c2b", "dark", 1180),
    ("dashboard-explore", "/explore?by=service&days=60", "light", 760),
    ("dashboard-tune", "/tune?sensitivity=low&min_impact=500&now=yes", "light", 860),
)
"""Name, address, colour scheme, height."""


def dashboard(folder: Path, browser: str) -> None:
    """The main pages of the dashboard over the sample bill."""
    from playwright.sync_api import sync_playwright

    program = [sys.executable, "-c", "from aws_cost_anomalies.cli import main; main()"]
    subprocess.run([*program, "demo", "--dir", str(folder / "demo")], check=True, capture_output=True)
    config = ["--config", str(folder / "demo" / "config.yaml"), "--as-of", AS_OF.isoformat()]
    command = [*program, "serve", "--port", "0", *config]
    with (
        subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server,
        sync_playwright() as playwright,
    ):
        assert server.stderr is not None
        address = server.stderr.readline().split()[4]
        opened = playwright.chromium.launch(executable_path=browser, args=["--headless", "--no-sandbox"])
        for name, path, scheme, height in SHOTS:
            page = opened.new_page(
                viewport={"width": 1280, "height": height}, color_scheme=scheme, locale="en-US"
            )
            page.goto(address + path)
            page.locator("[aria-busy]").wait_for(state="detached")
            page.screenshot(path=PICTURES / f"{name}.png")
        opened.close()
        server.terminate()


def main() -> None:
    """Draw them."""
    browser = shutil.which("chromium") or sys.exit("Chromium is not installed")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page = folder / "mail.html"
        page.write_text(mail_page(largest_alert(folder)), encoding="utf-8")
        shot = f"--screenshot={PICTURES / 'alert-mail.png'}"
        quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=760,1660")
        subprocess.run([browser, *quiet, shot, page.as_uri()], check=True, capture_output=True)
        dashboard(folder, browser)


if __name__ == "__main__":
    main()
