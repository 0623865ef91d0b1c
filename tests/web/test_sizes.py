"""However much there is: nothing, one anomaly, five thousand scopes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sites import HOST, few, judged, many
from starlette.testclient import TestClient

from aws_cost_anomalies.web.guard import Rules
from aws_cost_anomalies.web.server import application

PAGES = ("/", "/?by=account", "/anomalies?state=all", "/explore?by=account&top=50", "/tune?now=yes", "/data")


@pytest.fixture(scope="module", params=[few, many], ids=["one", "thousands"])
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    config: Path = request.param(tmp_path_factory.mktemp("sizes"))
    with TestClient(application(judged(config), Rules()), base_url=HOST, follow_redirects=False) as opened:
        yield opened


@pytest.mark.parametrize("path", PAGES)
def test_a_page_stays_small_and_whole(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text[-900:]
    assert len(answer.text) < 400_000
    assert answer.text.endswith("</html>")
    assert ">nan<" not in answer.text.lower()


def test_one_anomaly_is_told_in_the_singular(client: TestClient) -> None:
    assert "1 open anomaly<" in client.get("/").text
    page = client.get("/anomalies").text
    assert "<strong>1 anomaly</strong>" in page
    assert 'aria-label="More anomalies"' not in page


def test_one_anomaly_in_full(client: TestClient) -> None:
    address = client.get("/anomalies").text.partition('href="/anomalies/')[2].partition('"')[0]
    page = client.get(f"/anomalies/{address}").text
    assert "+800.00" in page
    assert "The line items name no resource" in client.get(f"/anomalies/{address}/detail").text


@pytest.mark.parametrize("path", ["/", "/anomalies", "/explore", "/tune?now=yes", "/data"])
def test_with_nothing_every_page_says_so(empty: TestClient, path: str) -> None:
    answer = empty.get(path)
    assert answer.status_code == 200
    assert "no cost data" in answer.text or "Nothing is loaded yet." in answer.text
