"""The dashboard in a real Chromium: every page, every button, by pointer and by keyboard, light and dark."""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from browser_payloads import PAYLOADS
from cur_deliveries import deliver, line
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sites import AS_OF, copied, site_of

from aws_cost_anomalies import App, Settings
from aws_cost_anomalies.model.answers import Wanted
from aws_cost_anomalies.page.desk import Desk
from aws_cost_anomalies.page.report import Report
from aws_cost_anomalies.web.guard import Rules
from aws_cost_anomalies.web.server import application, listening

QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
SAGEMAKER = "9f2c70565d19"
PAGES = ("/", "/anomalies", f"/anomalies/{SAGEMAKER}", "/explore", "/tune", "/data")


@pytest.fixture(scope="module")
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
def served(config: Path, as_of: date = AS_OF) -> Iterator[str]:
    """A dashboard on a port of its own; its address."""
    listener = listening("127.0.0.1", 0, "")
    settings = uvicorn.Config(application(site_of(config, as_of), Rules()), log_level="error", lifespan="off")
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def address(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample bill's dashboard, for all tests here: each says something of another anomaly."""
    with served(copied(demo_store, tmp_path_factory.mktemp("browser"))) as found:
        yield found


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
        self.page.goto(self.address + path)
        expect(self.page.locator("[aria-busy]")).to_have_count(0, timeout=120_000)
        return self.page

    def strangers(self) -> list[str]:
        """Requests to anybody else."""
        return [url for url in self.asked if not url.startswith((self.address, "data:", "blob:"))]


@contextmanager
def visiting(browser: Browser, address: str, **context: Any) -> Iterator[Visit]:
    """A visitor with a browser profile of its own."""
    opened = browser.new_context(**{"locale": "en-US", "viewport": {"width": 1280, "height": 900}, **context})
    try:
        yield Visit(opened.new_page(), address)
    finally:
        opened.close()


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Visit]:
    with visiting(chromium, address) as found:
        yield found
        assert found.complaints == []
        assert found.strangers() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1920])
def test_every_page_fits_and_axe_finds_nothing_serious(
    chromium: Browser, address: str, scheme: str, width: int
) -> None:
    size = {"width": width, "height": 900}
    with visiting(chromium, address, color_scheme=scheme, viewport=size) as visit:
        for path in PAGES:
            page = visit.open(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            found = Axe().run(page).response["violations"]
            grave = [
                (v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in {"serious", "critical"}
            ]
            assert grave == [], path
        assert visit.complaints == []


def test_dark_is_dark(chromium: Browser, address: str) -> None:
    grounds = {}
    for scheme in ("light", "dark"):
        with visiting(chromium, address, color_scheme=scheme) as visit:
            page = visit.open("/")
            grounds[scheme] = page.evaluate(
                "[getComputedStyle(document.body).backgroundColor,"
                " getComputedStyle(document.querySelector('.fill-paper')).fill].join()"
            )
    light, dark = (sum(map(int, re.findall(r"\d+", grounds[scheme]))) for scheme in ("light", "dark"))
    assert (light > 6 * 230, dark < 6 * 50) == (True, True)


def test_from_the_overview_to_an_anomaly(visit: Visit) -> None:
    page = visit.open("/")
    expect(page.locator(".tile").first).to_contain_text("$57,937.71")
    page.locator("select[name=by]").select_option("account")
    page.wait_for_url("**/?by=account")
    page.get_by_role("link", name="Amazon SageMaker").first.click()
    page.wait_for_url(f"**/anomalies/{SAGEMAKER}")
    expect(page.locator("h1")).to_contain_text("Amazon SageMaker")
    expect(page.get_by_text("endpoint/recommend-2", exact=False).first).to_be_visible(timeout=60_000)


def test_figures_stand_under_the_pointer_and_the_arrow_keys(visit: Visit) -> None:
    page = visit.open(f"/anomalies/{SAGEMAKER}")
    chart = page.locator(".chart").first
    box = chart.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 30, box["y"] + box["height"] / 2)
    expect(chart.locator(".tip")).to_contain_text("2026-08-3")
    page.mouse.move(0, 0)
    expect(chart.locator(".tip")).to_be_hidden()
    chart.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(chart.locator(".tip")).to_contain_text("2026-08-30")
    expect(chart.locator(".tip")).to_contain_text("anomalous")
    page.keyboard.press("Escape")
    expect(chart.locator(".tip")).to_be_hidden()


def test_a_filter_is_an_address_and_an_address_a_filter(visit: Visit) -> None:
    page = visit.open("/anomalies")
    page.locator("select[name=severity]").select_option("critical")
    page.locator("select[name=team]").select_option("tag:team=data-eng")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/anomalies?severity=critical&team=*")
    expect(page.locator("tbody tr")).to_have_count(2)
    again = page.url.removeprefix(visit.address)
    visit.open("/")
    expect(visit.open(again).locator("tbody tr")).to_have_count(2)
    expect(visit.page.locator("select[name=severity]")).to_have_value("critical")
    visit.page.get_by_role("link", name="Clear").click()
    expect(visit.page.locator("tbody tr")).to_have_count(16)


@pytest.mark.parametrize(("number", "word"), [("a23f30b2f44f", "real"), ("7b1d02ac7699", "planned")])
def test_what_is_said_survives_a_reload(visit: Visit, number: str, word: str) -> None:
    page = visit.open(f"/anomalies/{number}")
    page.locator("input[name=note]").fill("<b>because</b>")
    page.get_by_role("button", name=word, exact=True).click()
    page.wait_for_url("**done=one#say")
    visit.open(f"/anomalies/{number}")
    page.reload()
    expect(page.get_by_role("button", name=word, exact=True)).to_have_attribute("aria-pressed", "true")
    visit.open("/anomalies?state=all")
    expect(page.locator("tbody tr", has=page.locator(f"a[href='/anomalies/{number}']"))).to_contain_text(word)


def test_many_are_marked_at_once(visit: Visit) -> None:
    page = visit.open("/anomalies?kind=drift_up&state=all")
    count = page.locator("tbody tr").count()
    page.get_by_label("Mark all of these").check()
    page.get_by_role("button", name="not an anomaly").click()
    page.wait_for_url("**done=many")
    visit.open("/anomalies?kind=drift_up&state=all")
    expect(page.locator("tbody .said", has_text="not an anomaly")).to_have_count(count)


def test_a_command_is_copied(chromium: Browser, address: str) -> None:
    with visiting(chromium, address, permissions=["clipboard-read", "clipboard-write"]) as visit:
        page = visit.open(f"/anomalies/{SAGEMAKER}")
        command = page.locator(".command", has_text=f"explain {SAGEMAKER} --as-of 2026-09-01").first
        command.get_by_role("button").click()
        expect(command.get_by_role("button")).to_have_text("copied")
        assert page.evaluate("navigator.clipboard.readText()").startswith("aws-cost-anomalies explain")


def test_exploring_and_taking_away(visit: Visit) -> None:
    page = visit.open("/explore")
    page.locator("select[name=by]").select_option("account")
    page.locator("select[name=granularity]").select_option("weekly")
    page.locator("input[name=filter]").fill("service=Amazon SageMaker")
    page.locator("input[name=compare]").check()
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/explore?by=account&granularity=weekly**compare=yes")
    expect(page.locator("figure details tbody tr")).not_to_have_count(0)
    for kind in ("CSV", "PNG"):
        with page.expect_download() as taken:
            page.get_by_role("link", name=kind).click()
        assert Path(taken.value.path()).stat().st_size > 100


def test_a_setting_is_written_after_it_was_shown(chromium: Browser, demo_store: Path, tmp_path: Path) -> None:
    config = copied(demo_store, tmp_path)
    with served(config) as address, visiting(chromium, address) as visit:
        page = visit.open("/tune")
        page.get_by_role("link", name="what it would have said").last.click()
        expect(page.locator("pre")).to_contain_text('"sensitivity": "low"', timeout=120_000)
        assert Settings.load(config, environment={}).anomaly.sensitivity == "medium"
        page.get_by_role("button", name="Write it to config.yaml").click()
        page.wait_for_url("**/tune?done=written")
        assert Settings.load(config, environment={}).anomaly.sensitivity == "low"
        assert visit.complaints == []


def test_amounts_are_written_as_the_viewer_writes_them(chromium: Browser, address: str) -> None:
    with visiting(chromium, address, locale="de-DE") as visit:
        expect(visit.open("/").locator(".tile").first).to_contain_text("57.937,71\xa0$")


def test_it_is_readable_without_scripts(chromium: Browser, address: str) -> None:
    with visiting(chromium, address, java_script_enabled=False) as visit:
        visit.page.goto(f"{address}/anomalies/{SAGEMAKER}/detail")
        expect(visit.page.get_by_text("endpoint/recommend-2", exact=False).first).to_be_visible()
        visit.page.goto(f"{address}/")
        expect(visit.page.locator(".tile").first).to_contain_text("57,937.71 USD")
        expect(visit.page.locator("svg[role=img]:visible").first).to_be_visible()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The settings of a store whose every name, tag and resource means harm, and all of it is odd."""
    folder = tmp_path_factory.mktemp("hostile")
    first = date(2026, 7, 2)
    lines = [
        line(
            first + timedelta(days=i), 10.0 if i < 55 else 90.0,
            line_item_usage_account_id=f"{100000000000 + number}", line_item_usage_account_name=payload,
            line_item_product_code=payload, line_item_usage_type=payload, line_item_operation=payload,
            line_item_resource_id=payload, product_region_code="us-east-1",
            resource_tags={"user_team": payload},
        )
        for number, payload in enumerate(PAYLOADS)
        for i in range(60)
    ]  # fmt: skip
    by_month: dict[str, list[dict[str, object]]] = {}
    for each in lines:
        by_month.setdefault(str(each["line_item_usage_start_date"])[:7], []).append(dict(each))
    for month in by_month.values():
        deliver(folder / "bill", month)
    config = folder / "config.yaml"
    config.write_text(
        f"database: {{path: {folder}/costs.duckdb, cache_dir: {folder}/cache}}\ntags: [team]\n",
        encoding="utf-8",
    )
    app = App(Settings.load(config, environment={}), as_of=AS_OF, now=datetime(2026, 9, 5, tzinfo=UTC))
    assert [b.status for b in app.ingest(app.plan_ingest(Wanted(source="cur", path=str(folder / "bill"))))]
    return config


def test_nothing_of_a_bill_runs(chromium: Browser, hostile: Path, tmp_path: Path) -> None:
    with served(hostile) as address, visiting(chromium, address) as visit:
        page = visit.open("/anomalies?state=all")
        shown = set(page.locator("tbody td a").all_inner_texts())
        assert len(shown) >= 40
        numbers = [a.get_attribute("href") or "" for a in page.locator("tbody td a").all()[:3]]
        by = ("service", "tag:team", "resource", "usage-type", "operation")
        paths = [
            "/", "/?by=tag:team", "/anomalies?state=all&page=2", "/data", *numbers,
            *(f"/explore?by={dimension}&top=50" for dimension in by),
            "/explore?filter=service=<img src=x onerror=window.ran=1>",
            "/anomalies?team=<svg onload=window.ran=1>",
        ]  # fmt: skip
        for path in paths:
            visit.open(path)
            for hovered in page.locator("tbody td").all()[:5]:
                hovered.hover(force=True)
            time.sleep(0.05)
            assert page.evaluate("window.ran") is None, path
        assert visit.strangers() == []
        assert [c for c in visit.complaints if "status of 4" not in c] == []
    file = tmp_path / "report.html"
    desk = Desk(App(Settings.load(hostile, environment={}), as_of=AS_OF))
    file.write_text(Report(desk, top=2).page(), encoding="utf-8")
    with visiting(chromium, "file://") as visit:
        visit.page.goto(file.as_uri())
        assert visit.page.evaluate("window.ran") is None
        assert visit.complaints == []
