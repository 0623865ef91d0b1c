"""The door to HTTP: certificates, proxies, limits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from certificates import Authority
from http_double import HttpDouble, Reply

from aws_cost_anomalies.model.alert import Delivery, Receipt
from aws_cost_anomalies.sending.door import Door
from aws_cost_anomalies.sending.post import LONGEST_ANSWER, Answer, post

INSIDE = Door(allow_private=True, seconds=2)


@pytest.fixture
def web() -> Iterator[HttpDouble]:
    with HttpDouble() as double:
        yield double


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def asked(url: str, door: Door = INSIDE) -> Answer | Receipt:
    return post(url, b"{}", headers={"Content-Type": "application/json"}, door=door)


def test_a_name_is_asked_by_its_name(web: HttpDouble) -> None:
    port = web.url.rpartition(":")[2]
    answer = asked(f"http://localhost:{port}/a?b=c")
    assert isinstance(answer, Answer)
    assert (answer.status, answer.text) == (200, "ok")
    assert web.asked[0].path == "/a?b=c"
    assert web.asked[0].headers["Host"] == f"localhost:{port}"
    assert web.asked[0].body == b"{}"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.mark.parametrize(("name", "is_trusted"), [("localhost", True), ("hooks.corp.example", False)])
def test_a_certificate_is_held_against_the_name(
    authority: Authority, monkeypatch: pytest.MonkeyPatch, name: str, *, is_trusted: bool
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with HttpDouble(tls=authority.context(name)) as web:
        answer = asked(f"https://localhost:{web.url.rpartition(':')[2]}/")
    if is_trusted:
        assert isinstance(answer, Answer)
        assert answer.status == 200
    else:
        assert isinstance(answer, Receipt)
        assert answer.delivery is Delivery.PENDING
        assert "certificate" in answer.detail
        assert web.asked == []


def test_an_unknown_authority_is_not_trusted(authority: Authority) -> None:
    with HttpDouble(tls=authority.context("localhost")) as web:
        answer = asked(f"https://localhost:{web.url.rpartition(':')[2]}/")
    assert isinstance(answer, Receipt)
    assert "certificate" in answer.detail


def test_no_more_of_an_answer_is_read_than_is_of_use(web: HttpDouble) -> None:
    web.reply(Reply(200, b"x" * 3_000_000))
    answer = asked(web.url)
    assert isinstance(answer, Answer)
    assert len(answer.text) == LONGEST_ANSWER


def test_a_proxy_of_the_environment_is_asked(web: HttpDouble, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", web.url)
    answer = asked("http://hooks.nowhere.invalid/in")
    assert isinstance(answer, Answer)
    assert [each.path for each in web.asked] == ["http://hooks.nowhere.invalid/in"]
    monkeypatch.setenv("NO_PROXY", "nowhere.invalid")
    refused = asked("http://hooks.nowhere.invalid/in")
    assert isinstance(refused, Receipt)
    assert refused.delivery is Delivery.PENDING


def test_a_proxy_is_not_asked_for_an_address_inside(web: HttpDouble, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", web.url)
    refused = asked("https://169.254.169.254/latest", Door())
    assert isinstance(refused, Receipt)
    assert refused.delivery is Delivery.FAILED
    assert web.asked == []


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "https://"),
        ("hooks.corp.example/x", "https://"),
        ("ftp://hooks.corp.example/x", "https://"),
        ("https://", "https://"),
        ("https://user:s3cr3t@hooks.corp.example/", "`token`"),
        ("https://hooks corp/\n", "address"),
        ("https://[::1", "address"),
    ],
)
def test_an_address_that_is_none_is_final(url: str, told: str) -> None:
    refused = asked(url, Door())
    assert isinstance(refused, Receipt)
    assert refused.delivery is Delivery.FAILED
    assert told in refused.detail
    assert "s3cr3t" not in refused.detail
