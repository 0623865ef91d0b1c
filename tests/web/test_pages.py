"""Every page as a browser gets it: what it says of the sample bill, what an address asks for."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sites import HOST, judged, site_of
from starlette.testclient import TestClient

from aws_cost_anomalies import Settings
from aws_cost_anomalies.model.anomaly import Status
from aws_cost_anomalies.model.answers import Asked
from aws_cost_anomalies.model.followed import Followed, Sighting
from aws_cost_anomalies.model.scope import Scope
from aws_cost_anomalies.page.address import slice_of
from aws_cost_anomalies.web import asked
from aws_cost_anomalies.web.guard import Rules
from aws_cost_anomalies.web.server import application

pytestmark = pytest.mark.slow

SAGEMAKER = "9f2c70565d19"
EMPTY = {"br", "hr", "img", "input", "link", "meta"}


class Balanced(HTMLParser):
    """HTML in which every element that begins also ends, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def rows(page: str) -> list[str]:
    """The rows of the list of anomalies, as text."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [re.sub(r"<[^>]+>", " ", row) for row in body.split("<tr>")[1:]]


@pytest.mark.parametrize(
    "path",
    ["/", "/?by=account", "/?by=total", "/anomalies", "/anomalies?state=silent", f"/anomalies/{SAGEMAKER}",
     f"/anomalies/{SAGEMAKER}/detail", "/explore",
     "/explore?by=account&and_by=region&granularity=weekly&compare=yes",
     "/explore?by=total&days=7", "/explore?by=resource&filter=service=Amazon SageMaker", "/sign-in",
     "/tune?now=yes",
     "/tune?sensitivity=low&min_impact=25&now=yes", "/data"],
)  # fmt: skip
def test_a_page_is_whole(reader: TestClient, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 200, answer.text[-900:]
    parser = Balanced()
    parser.feed(answer.text)
    assert parser.open == []
    assert len(parser.ids) == len(set(parser.ids))
    assert not any(name.startswith("on") or name == "style" for name in parser.attributes)
    assert "nan" not in answer.text.lower().replace("finance", "")
    assert len(answer.text) < 600_000


def test_the_overview_says_how_things_stand(reader: TestClient) -> None:
    page = reader.get("/").text
    for words in (
        "August 2026",
        "57,937.71 USD",
        "45,008.70",
        "6 open anomalies",
        "Amazon SageMaker",
        "2026-08-31",
    ):
        assert words in page
    assert "everything else" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 16), ("state=live", 6), ("state=resolved", 10), ("state=withdrawn", 0), ("severity=critical", 6),
        ("kind=new", 2), ("service=Amazon+SageMaker", 1),
        ("account=100000000005", 4),
        ("team=team", 0),
        ("team=data-eng", 4), ("team=tag:team=data-eng", 4), ("start=2026-08-25&state=live", 6),
        ("end=2026-07-01", 1), ("end=2026-06-01", 0), ("monitor=default", 16), ("monitor=other", 0),
        ("page=2", 16), ("page=99&state=live", 6),
    ],
)  # fmt: skip
def test_an_address_is_a_view(reader: TestClient, query: str, count: int) -> None:
    page = reader.get(f"/anomalies?{query}").text
    assert len(rows(page)) == count


def test_the_list_is_sorted_by_money(reader: TestClient) -> None:
    page = reader.get("/anomalies").text.partition("<tbody>")[2]
    money = [abs(float(value)) for value in re.findall(r'<data value="([-\d.]+)" class="amount"', page)]
    assert money[:16] == sorted(money[:16], reverse=True)


@pytest.mark.parametrize(
    "query",
    [
        "state=nonsense",
        "severity=huge",
        "kind=x",
        "start=yesterday",
        "page=0",
        "page=x",
        "page=99999999",
        "order=x",
    ],
)
def test_an_address_that_means_nothing_is_said(reader: TestClient, query: str) -> None:
    answer = reader.get(f"/anomalies?{query}")
    assert answer.status_code == 400
    assert "allowed" in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [("/explore?only=service=x", 400), ("/explore?last=7", 400), ("/anomalies?sate=open", 400),
     ("/explore?days=0", 400), ("/explore?by=nothing", 400), ("/explore?filter=x", 400),
     ("/explore?filter=%22service=x", 400),
     ("/explore?metric=x", 400), ("/anomalies/ffffffffffff", 404), ("/nowhere", 404),
     ("/assets/test/passwd", 404),
     ("/assets/test/..%2fmarkup.py", 404)],
)  # fmt: skip
def test_what_is_not_there_is_said(reader: TestClient, path: str, status: int) -> None:
    assert reader.get(path).status_code == status


def test_what_was_taken_back_is_listed_apart_and_takes_no_word(config: Path) -> None:
    app = site_of(config).desk.app
    known = app.explain(SAGEMAKER, Asked())
    gone = replace(known.anomaly, anomaly_id="0123456789ab", status=Status.WITHDRAWN)
    seen = Sighting(known.data_source, known.metric, known.currency, known.through)
    with app.store.writing(app.now) as writer:
        writer.save_anomalies([Followed(gone, seen)])
    with TestClient(application(judged(config), Rules()), base_url=HOST, follow_redirects=False) as client:
        page = client.get("/anomalies?state=withdrawn").text
        assert len(rows(page)) == 1
        assert 'name="id"' not in page
        page = client.get("/anomalies/0123456789ab").text
        assert "its money never was" in page
        assert 'name="word"' not in page
        said = client.post("/anomalies/0123456789ab", data={"word": "NO"}, headers={"origin": HOST})
        assert said.status_code == 404
        assert "was withdrawn with the data through 2026-08-31: a restated bill took back" in said.text
    assert app.store.feedback() == {}


def test_one_anomaly_in_full(client: TestClient) -> None:
    page = client.get(f"/anomalies/{SAGEMAKER}").text
    assert f'data-fill="/anomalies/{SAGEMAKER}/detail"' in page
    detail = client.get(f"/anomalies/{SAGEMAKER}/detail", headers={"x-part": "1"}).text
    assert not detail.startswith("<!doctype")
    for words in (
        "Host:ml.g5.12xlarge",
        "endpoint/recommend-2",
        "describe-endpoint",
        "explain 9f2c70565d19 --as-of 2026-09-01",
    ):
        assert words in detail
    page = client.get(f"/anomalies/{SAGEMAKER}").text
    assert "data-fill" not in page
    assert "endpoint/recommend-2" in page


def test_the_beginning_of_an_id_is_enough(reader: TestClient) -> None:
    assert "Amazon SageMaker" in reader.get(f"/anomalies/{SAGEMAKER[:5]}").text


@pytest.mark.parametrize(
    ("word", "said"), [("YES", "real"), ("NO", "not an anomaly"), ("PLANNED_ACTIVITY", "planned")]
)
def test_what_was_said_stays(client: TestClient, word: str, said: str) -> None:
    form = {"word": word, "note": "=cmd|' /C calc'!A0"}
    answer = client.post(f"/anomalies/{SAGEMAKER}", data=form, headers={"sec-fetch-site": "same-origin"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/anomalies/{SAGEMAKER}?done=one#say")
    page = client.get(answer.headers["location"]).text
    assert f'value="{word}" type="submit" aria-pressed="true">{said}</button>' in page
    assert f" · {said} · =cmd|' /C calc'!A0</li>" in page
    listed = client.get("/anomalies?state=all&service=Amazon+SageMaker").text
    assert said in rows(listed)[0]


def test_many_are_marked_at_once(client: TestClient) -> None:
    numbers = re.findall(r'name="id" value="(\w+)"', client.get("/anomalies").text)[:3]
    form = {"word": "YES", "id": numbers, "note": "", "back": "/anomalies?severity=critical"}
    answer = client.post("/anomalies", data=form)
    assert answer.headers["location"] == "/anomalies?severity=critical&done=many"
    assert sum("real" in row for row in rows(client.get("/anomalies").text)) == 3


@pytest.mark.parametrize(
    "form", [{"word": "YES"}, {"word": "MAYBE", "id": SAGEMAKER}, {"word": "YES", "id": "ffffffffffff"}]
)
def test_a_form_that_means_nothing_changes_nothing(reader: TestClient, form: dict[str, str]) -> None:
    assert reader.post("/anomalies", data=form).status_code in {400, 404}
    assert not any("real" in row for row in rows(reader.get("/anomalies").text))


def test_back_leads_nowhere_else(client: TestClient) -> None:
    form = {"word": "YES", "id": SAGEMAKER, "back": "https://evil.example/?x=1"}
    assert client.post("/anomalies", data=form).headers["location"].startswith("/anomalies?")


def test_figures_to_take_away(reader: TestClient) -> None:
    answer = reader.get("/explore.csv?by=service&days=30&top=3")
    assert answer.headers["content-type"].startswith("text/csv")
    head, *body = list(csv.reader(io.StringIO(answer.text)))
    assert head == ["ServiceName", "date", "USD"]
    assert len(body) == 4 * 30
    assert sum(float(row[2]) for row in body) == pytest.approx(55_144.26, abs=0.01)


def test_a_picture_to_take_away(reader: TestClient) -> None:
    answer = reader.get("/explore.png?by=service")
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("path", ["/", "/anomalies", "/explore", "/tune?now=yes"])
def test_with_nothing_loaded_a_page_says_what_to_do(empty: TestClient, path: str) -> None:
    answer = empty.get(path)
    assert answer.status_code == 200, answer.text[-900:]
    assert "no cost data" in answer.text


def test_a_part_of_a_page_is_no_page(empty: TestClient) -> None:
    """It is put into a page that stands already."""
    part = empty.get("/tune?now=yes", headers={"x-part": "1"}).text
    assert "no cost data" in part
    assert "<nav" not in part


def test_a_mover_leads_to_its_days(reader: TestClient) -> None:
    """What the overview says of it is what is said there, also of what was last charged weeks ago."""
    for by in ("service", "charge-type"):
        page = reader.get("/", params={"by": by}).text
        links = re.findall(r'href="(/explore\?[^"]+)">', page)
        assert len(links) >= 8
        for link in links:
            told = reader.get(unescape(link))
            assert (told.status_code, 'role="alert"' in told.text) == (200, False), link


@pytest.mark.parametrize("value", ["Foo, Inc.", 'a "b", c', "x,service=y", "a=b", "it's", "two\nlines"])
def test_a_slice_has_one_address(value: str) -> None:
    scope = Scope((("ServiceName", value), ("SubAccountId", "100000000005")))
    assert asked.within(slice_of(scope)) == scope


def test_assets_are_kept_by_browsers(reader: TestClient) -> None:
    answer = reader.get("/assets/test/script.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert reader.get("/").headers["cache-control"] == "no-store"


def test_the_replay_comes_a_moment_later(client: TestClient) -> None:
    page = client.get("/tune").text
    assert 'data-fill="/tune?now=yes"' in page
    part = client.get("/tune?now=yes", headers={"x-part": "1"}).text
    assert not part.startswith("<!doctype")
    assert "in force" in part
    assert "data-fill" not in client.get("/tune").text


def test_a_setting_is_shown_before_it_is_written(client: TestClient, config: Path) -> None:
    before = config.read_text(encoding="utf-8")
    page = client.get("/tune?sensitivity=low&min_impact=500&now=yes").text
    assert "&quot;sensitivity&quot;" not in page  # a diff is text, not an attribute
    assert '"sensitivity": "low"' in page
    assert config.read_text(encoding="utf-8") == before
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen is not None
    form = {"sensitivity": "low", "min_impact": "500", "seen": seen[1]}
    assert client.post("/tune", data=form).headers["location"] == "/tune?done=written"
    settings = Settings.load(config, environment={}).anomaly
    assert (settings.sensitivity, settings.min_impact) == ("low", 500.0)
    assert client.post("/tune", data=form).status_code == 400  # it was changed meanwhile
    assert len(rows(client.get("/anomalies").text)) < 16


@pytest.mark.parametrize(
    "form", [{}, {"sensitivity": "huge"}, {"sensitivity": "low"}, {"sensitivity": "low", "min_impact": "nan"},
             {"sensitivity": "low", "min_impact": "-1"},
             {"sensitivity": "low", "min_impact": "5", "seen": "x"}],
)  # fmt: skip
def test_a_setting_that_means_nothing_is_not_written(
    unjudged: TestClient, config: Path, form: dict[str, str]
) -> None:
    before = config.read_text(encoding="utf-8")
    assert unjudged.post("/tune", data={"x": "y", **form}).status_code == 400
    assert config.read_text(encoding="utf-8") == before


def test_what_is_held_is_shown(reader: TestClient) -> None:
    page = reader.get("/data").text
    for words in ("2026-08-01..2026-08-31", "anomaly.sensitivity", "Every day between"):
        assert words in page


def test_the_overview_and_the_list_say_the_same_of_the_same(reader: TestClient) -> None:
    """What is shown of each adds up to what is shown of all."""
    listed = reader.get("/anomalies?state=live").text
    counted = listed.partition('class="counted"')[2].partition("</p>")[0]
    net, more, less = (float(value.replace(",", "")) for value in re.findall(r">([-+][\d,.]+)", counted))
    body = listed.partition("<tbody>")[2].partition("</tbody>")[0]
    shown = [float(v.replace(",", "")) for v in re.findall(r'class="amount"[^>]*>([-+][\d,.]+)<', body)]
    assert len(shown) == 6
    assert net == pytest.approx(sum(shown), abs=1e-9)
    assert net == pytest.approx(more + less, abs=1e-9)
    tile = reader.get("/").text.partition("6 open anomalies")[2].partition("</div>")[0]
    assert [float(v.replace(",", "")) for v in re.findall(r">([-+][\d,.]+)", tile)] == [net, more, less]
    assert "net" in counted
    assert "net" in tile


def test_a_state_says_what_it_is(reader: TestClient) -> None:
    page = reader.get("/anomalies").text
    assert page.index("live: open or ongoing") < page.index("open: told by its last day")


def test_a_word_of_the_address_that_narrows_nothing_is_refused(reader: TestClient) -> None:
    assert "Did you mean `filter`?" in reader.get("/explore?only=service=x").text
