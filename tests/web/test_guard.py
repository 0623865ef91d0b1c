"""Who may ask: names of this server, pages of this server, people with the token."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sites import HOST, copied, judged
from starlette.testclient import TestClient

from aws_cost_anomalies.errors import UsageError
from aws_cost_anomalies.web import guard
from aws_cost_anomalies.web.guard import Rules
from aws_cost_anomalies.web.server import application, listening
from aws_cost_anomalies.web.site import Site

TOKEN = "correct-horse-battery-staple"
HTML = {"accept": "text/html"}


@pytest.fixture(scope="module")
def site(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """For tests that change nothing: judged once."""
    return judged(copied(demo_store, tmp_path_factory.mktemp("locked")))


@pytest.fixture
def locked(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(guard, "PAUSE", 0.0)
    rules = Rules.of(["costs.corp.example"], TOKEN)
    with TestClient(application(site, rules), base_url=HOST, follow_redirects=False) as opened:
        yield opened


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.0.0.1:8765",
        "[::1]:8765",
        "LOCALHOST:1",
        "costs.corp.example",
        "Costs.Corp.example:443",
    ],
)
def test_names_of_this_server(host: str) -> None:
    assert Rules.of(["costs.corp.example"], "").is_host(host)


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "127.0.0.2", "[::1", "a@evil"],
)
def test_every_other_name_is_refused(host: str) -> None:
    assert not Rules.of(["costs.corp.example"], "").is_host(host)


def test_another_name_is_misdirected(reader: TestClient) -> None:
    answer = reader.get("/", headers={"host": "evil.example"})
    assert (answer.status_code, "web.hosts" in answer.text) == (421, True)


@pytest.mark.parametrize(
    ("headers", "is_same"),
    [
        ({}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": HOST}, False),
        ({"origin": HOST}, True),
        ({"origin": "http://127.0.0.1:9999"}, False),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "null"}, False),
    ],
)
def test_only_this_servers_pages_change_something(headers: dict[str, str], *, is_same: bool) -> None:
    assert guard.is_same_origin({"host": "127.0.0.1:8765", **headers}) is is_same


def test_a_form_of_another_page_changes_nothing(client: TestClient) -> None:
    form = {"word": "YES", "id": "9f2c70565d19"}
    refused = client.post("/anomalies", data=form, headers={"sec-fetch-site": "cross-site"})
    assert refused.status_code == 403
    assert "real" not in client.get("/anomalies").text.partition("<tbody>")[2].partition("</tbody>")[0]


def test_a_form_has_a_size(reader: TestClient) -> None:
    assert reader.post("/anomalies", content=b"x" * (guard.LARGEST + 1)).status_code == 413
    chunked = reader.post("/anomalies", content=(b"x" for _ in range(3)))
    assert chunked.status_code == 413


@pytest.mark.parametrize(
    "path", ["/", "/anomalies", "/explore", "/nowhere", "/assets/test/style.css", "/explore.csv"]
)
def test_every_answer_says_what_a_browser_may_do(reader: TestClient, path: str) -> None:
    headers = reader.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


def test_without_the_token_there_is_the_way_in_and_nothing_else(locked: TestClient) -> None:
    there = locked.get("/", headers=HTML)
    assert (there.status_code, there.headers["location"]) == (303, "/sign-in")
    assert locked.get("/explore.csv").status_code == 401
    assert locked.post("/anomalies", data={"word": "YES"}).status_code == 401
    assert locked.get("/sign-in").status_code == 200
    assert locked.get("/assets/test/style.css").status_code == 200


def test_a_wrong_token_opens_nothing(locked: TestClient) -> None:
    answer = locked.post("/sign-in", data={"token": "wrong"})
    assert (answer.status_code, "set-cookie" in answer.headers) == (401, False)
    assert "That is not the token." in answer.text
    assert locked.get("/", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert locked.get("/", headers={"cookie": f"{guard.COOKIE}={TOKEN}"}).status_code == 401


def test_the_token_opens_a_cookie_that_does_not_tell_it(locked: TestClient) -> None:
    answer = locked.post("/sign-in", data={"token": TOKEN})
    cookie = answer.headers["set-cookie"]
    assert (answer.status_code, TOKEN in cookie) == (303, False)
    assert {"httponly", "samesite=strict"} <= {part.strip().lower() for part in cookie.split(";")}
    assert locked.get("/", headers=HTML).status_code == 200
    locked.post("/sign-out", data={"x": "y"})
    assert locked.get("/", headers=HTML).status_code == 303


def test_a_program_brings_the_token_itself(locked: TestClient) -> None:
    assert locked.get("/explore.csv", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_beyond_this_machine_only_with_a_token(host: str) -> None:
    with pytest.raises(UsageError, match="token"):
        listening(host, 0, "short")


def test_a_port_that_is_taken_is_said() -> None:
    with listening("127.0.0.1", 0, "") as taken, pytest.raises(UsageError, match="cannot be used"):
        listening("127.0.0.1", taken.getsockname()[1], "")
