"""Bills of every kind in a real Chromium: names that mean harm, nothing, one anomaly, thousands of scopes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from browser_payloads import PAYLOADS
from browsing import chromium, served, visiting
from cur_deliveries import deliver, line
from playwright.sync_api import Browser, expect
from sites import AS_OF, few, many, site_of

from aws_cost_anomalies import App, Settings
from aws_cost_anomalies.model.answers import Wanted
from aws_cost_anomalies.page.desk import Desk
from aws_cost_anomalies.page.report import Report
from aws_cost_anomalies.web.guard import Rules

TOUCH = """document.querySelectorAll("main :is(td, td a, code, button, .chart)").forEach((each) => {
  each.dispatchEvent(new FocusEvent("focus", { bubbles: true }));
  for (const kind of ["pointerover", "pointermove", "mouseover", "mouseenter"])
    each.dispatchEvent(new PointerEvent(kind, { bubbles: true, clientX: 200, clientY: 200 }));
})"""
"""A pointer and a focus on whatever has a name of the bill."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


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


def test_nothing_of_a_bill_runs(browser: Browser, hostile: Path, tmp_path: Path) -> None:
    with served(site_of(hostile)) as address, visiting(browser, address) as visit:
        page = visit.open("/anomalies?state=all")
        shown = set(page.locator("tbody td a").all_inner_texts())
        assert len(shown) >= 40
        numbers = [a.get_attribute("href") or "" for a in page.locator("tbody td a").all()[:3]]
        by = ("service", "tag:team", "resource", "usage-type", "operation")
        paths = [
            "/", "/?by=tag:team", "/anomalies?state=all&page=2", "/data", *numbers,
            *(f"/explore?by={dimension}&top=50&days=7" for dimension in by),
            "/explore?filter=service=<img src=x onerror=window.ran=1>",
            "/anomalies?team=<svg onload=window.ran=1>",
        ]  # fmt: skip
        for path in paths:
            visit.open(path)
            page.evaluate(TOUCH)
            assert page.evaluate("window.ran") is None, path
        assert visit.strangers() == []
        assert [c for c in visit.complaints if "status of 4" not in c] == []
    file = tmp_path / "report.html"
    desk = Desk(App(Settings.load(hostile, environment={}), as_of=AS_OF))
    file.write_text(Report(desk, top=2).page(), encoding="utf-8")
    with visiting(browser, "file://") as visit:
        visit.page.goto(file.as_uri())
        assert visit.page.evaluate("window.ran") is None
        assert visit.complaints == []


def none(folder: Path) -> Path:
    config = folder / "config.yaml"
    config.write_text(f"database: {{path: {folder}/none.duckdb}}\n", encoding="utf-8")
    return config


@pytest.mark.parametrize(
    ("made", "says"),
    [(none, "Load your own bill"), (few, "1 open anomaly"), (many, "1 open anomaly")],
    ids=["none", "one", "thousands"],
)
def test_however_much_there_is_it_fits(
    browser: Browser, tmp_path: Path, made: Callable[[Path], Path], says: str
) -> None:
    with served(site_of(made(tmp_path))) as address, visiting(browser, address) as visit:
        for path in ("/", "/anomalies", "/explore?by=account&top=50", "/data"):
            page = visit.open(path)
            for width in (360, 1920):
                assert visit.seen_at(width, "light") <= width, path
            if path == "/":
                expect(page.get_by_text(says, exact=False).first).to_be_visible()
        assert visit.complaints == []


def test_who_knows_the_token_comes_in_and_leaves(browser: Browser, tmp_path: Path) -> None:
    site, rules = site_of(none(tmp_path), has_token=True), Rules.of([], "correct-horse-battery-staple")
    with served(site, rules) as address, visiting(browser, address) as visit:
        page = visit.open("/anomalies")
        for token in ("wrong", "correct-horse-battery-staple"):
            assert page.url.endswith("/sign-in")
            page.get_by_label("Token of this dashboard").fill(token)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_load_state()
        expect(page.locator("h1")).to_have_text("Overview")
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/sign-in")
        assert visit.open("/").url.endswith("/sign-in")
        assert [c for c in visit.complaints if "status of 401" not in c] == []
