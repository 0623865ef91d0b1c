"""The dashboard in a real Chromium: every page, every button, by pointer and by keyboard, light and dark."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_payloads import PAYLOADS
from browsing import Visit, chromium, served, visiting
from playwright.sync_api import Browser, Page, expect
from sites import copied, judged, site_of

from aws_cost_anomalies import Settings
from tests.model_double import Asked, ModelDouble, Use

pytestmark = pytest.mark.slow

SAGEMAKER = "9f2c70565d19"
PAGES = ("/", "/anomalies", f"/anomalies/{SAGEMAKER}", "/explore", "/tune", "/data", "/ask")
GO_ON = threading.Event()
"""What the model waits for before it goes on."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def says(asked: Asked) -> object:
    """What the model of these tests answers."""
    question = json.dumps(asked.body["messages"])
    if "harm" in question:
        return "\n".join(["Here they are:", *PAYLOADS])
    if "forecast" in question:
        forecast = Use("cost_forecast", {"period": "2026-09"})
        return "It was not allowed." if asked.results else ["It costs a cent.\n", forecast]
    if not asked.results:
        return ["Let me look.\n", Use("cost_trend", {"period": "2026-08", "group_by": "service", "top": 1})]
    GO_ON.wait(60)
    row = json.loads(asked.results[0])["data"]["rows"][0]
    return f"It is {row['scope']['ServiceName']}."


@pytest.fixture(scope="module")
def address(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample bill's dashboard, for all tests here: each says something of another anomaly."""
    config = copied(demo_store, tmp_path_factory.mktemp("browser"))
    with pytest.MonkeyPatch.context() as patched, ModelDouble(says) as model:
        patched.setenv("ANTHROPIC_API_KEY", "testing")
        text = config.read_text(encoding="utf-8").rstrip().removesuffix("}")
        agent = {"model": "anthropic:claude-haiku-4-5-20251001", "base_url": model.url}
        config.write_text(f'{text}, "agent": {json.dumps(agent)}}}\n', encoding="utf-8")
        with served(judged(config, has_agent=True)) as found:
            yield found


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    with visiting(browser, address) as found:
        yield found
        assert found.complaints == []
        assert found.strangers() == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_fits_and_axe_finds_nothing_serious(visit: Visit, path: str) -> None:
    visit.open(path)
    fits(visit)


def test_so_does_the_report(browser: Browser, demo_store: Path) -> None:
    with visiting(browser, demo_store.with_name("report.html").as_uri()) as visit:
        visit.open("")
        fits(visit)
        assert (visit.complaints, visit.strangers()) == ([], [])


def fits(visit: Visit) -> None:
    """Whether a page suits every screen and everybody."""
    page = visit.page
    page.evaluate(Axe().axe_script)
    for width in (1920, 360):
        for scheme in ("light", "dark"):
            assert visit.seen_at(width, scheme) <= width, (width, scheme)
            assert grave(page) == [], (width, scheme)


def grave(page: Page) -> list[tuple[str, str]]:
    """What axe finds wrong, seriously or worse."""
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in {"serious", "critical"}]


def test_dark_is_dark(visit: Visit) -> None:
    page, grounds = visit.open("/"), {}
    for scheme in ("light", "dark"):
        visit.seen_at(1280, scheme)
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


def test_a_command_is_copied(browser: Browser, address: str) -> None:
    with visiting(browser, address, permissions=["clipboard-read", "clipboard-write"]) as visit:
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


def test_a_setting_is_written_after_it_was_shown(browser: Browser, demo_store: Path, tmp_path: Path) -> None:
    config = copied(demo_store, tmp_path)
    with served(site_of(config)) as address, visiting(browser, address) as visit:
        page = visit.open("/tune")
        page.get_by_role("link", name="what it would have said").last.click()
        expect(page.locator("pre")).to_contain_text('"sensitivity": "low"', timeout=120_000)
        assert Settings.load(config, environment={}).anomaly.sensitivity == "medium"
        page.get_by_role("button", name="Write it to config.yaml").click()
        page.wait_for_url("**/tune?done=written")
        assert Settings.load(config, environment={}).anomaly.sensitivity == "low"
        assert visit.complaints == []


def test_amounts_are_written_as_the_viewer_writes_them(browser: Browser, address: str) -> None:
    with visiting(browser, address, locale="de-DE") as visit:
        expect(visit.open("/").locator(".tile").first).to_contain_text("57.937,71\xa0$")


def test_it_is_readable_without_scripts(browser: Browser, address: str) -> None:
    with visiting(browser, address, java_script_enabled=False) as visit:
        visit.page.goto(f"{address}/anomalies/{SAGEMAKER}/detail")
        expect(visit.page.get_by_text("endpoint/recommend-2", exact=False).first).to_be_visible()
        visit.page.goto(f"{address}/")
        expect(visit.page.locator(".tile").first).to_contain_text("57,937.71 USD")
        expect(visit.page.locator("svg[role=img]:visible").first).to_be_visible()


def test_an_answer_comes_bit_by_bit(visit: Visit) -> None:
    GO_ON.clear()
    page = visit.open("/ask")
    page.locator("textarea").fill("What is my largest service?")
    page.get_by_role("button", name="Ask").click()
    answer = page.locator(".answer")
    expect(answer.get_by_text("Let me look.")).to_be_visible(timeout=60_000)
    expect(answer.locator("code")).to_have_text("cost_trend(period='2026-08', group_by='service', top=1)")
    expect(answer.locator("details")).to_have_count(1)
    expect(answer.get_by_text("It is Amazon")).to_have_count(0)
    GO_ON.set()
    expect(answer.get_by_text("It is Amazon Elastic Compute Cloud.")).to_be_visible()
    expect(answer.get_by_text("Rests on: daily_cost_summary · sample")).to_be_visible()
    folded = answer.locator("details pre")
    expect(folded).to_be_hidden()
    answer.locator("summary").click()
    expect(folded).to_contain_text("Amazon Elastic Compute Cloud")


def answered(visit: Visit, question: str) -> Page:
    """The page of Ask with the whole answer of a question."""
    page = visit.open("/ask")
    page.locator("textarea").fill(question)
    page.get_by_role("button", name="Ask").click()
    expect(page.locator(".answer .end")).to_be_visible(timeout=30_000)
    return page


def test_nothing_of_an_answer_runs(visit: Visit) -> None:
    page = answered(visit, "Say something that does harm")
    expect(page.locator(".answer")).to_contain_text("<script>window.ran=1 [?]</script>")
    assert page.evaluate("window.ran") is None
    assert page.locator(".answer :is(script, img, svg, iframe, a, style)").count() == 0


def test_nothing_is_paid_for_without_a_yes(visit: Visit) -> None:
    page = answered(visit, "Ask for a forecast")
    expect(page.locator(".answer summary")).to_contain_text("cost_forecast: ")
    expect(page.locator(".answer")).to_contain_text("It was not allowed.")
    visit.open("/data")
    expect(page.get_by_text("None was ever made.")).to_be_visible()


@pytest.mark.parametrize("width", [340, 1280])
def test_the_button_beside_a_long_command_is_one_word(visit: Visit, width: int) -> None:
    page = visit.open(f"/anomalies/{SAGEMAKER}")
    page.wait_for_selector(".command .copy")
    page.set_viewport_size({"width": width, "height": 900})
    lines = """button => {
        const word = document.createRange();
        word.selectNodeContents(button);
        return word.getClientRects().length;
    }"""
    for button in page.query_selector_all(".command .copy"):
        assert button.evaluate(lines) == 1
