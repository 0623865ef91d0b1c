"""Asking in a browser: the agent's own answer, its calls folded, its sources named; nothing of it runs."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from browsing import served
from sites import HOST, site_of
from starlette.testclient import TestClient

from aws_cost_anomalies.web.guard import Rules
from aws_cost_anomalies.web.server import application
from tests.docs.scripted_model import says
from tests.model_double import Asked, ModelDouble, Use

QUESTION = "What are my top 3 services in August?"


@pytest.fixture
def asking(config: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "testing")
    with ModelDouble(says) as model:
        text = config.read_text(encoding="utf-8").rstrip().removesuffix("}")
        agent = {"model": "anthropic:claude-haiku-4-5-20251001", "base_url": model.url}
        config.write_text(f'{text}, "agent": {json.dumps(agent)}}}\n', encoding="utf-8")
        app = application(site_of(config, has_agent=True), Rules())
        with TestClient(app, base_url=HOST, follow_redirects=False) as client:
            yield client


def test_an_answer_comes_piece_by_piece(asking: TestClient) -> None:
    answer = asking.post("/ask", data={"question": QUESTION}, headers={"x-part": "1"})
    pieces = [json.loads(line) for line in answer.text.splitlines()]
    assert answer.headers["content-type"] == "application/x-ndjson"
    whole = "".join(pieces)
    assert "2. Amazon SageMaker: 8,376.89 USD" in whole
    assert "<summary>what cost_trend said</summary>" in whole
    assert "Rests on:" in whole
    assert len(pieces) >= 4


def test_who_goes_away_stops_the_answer(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(_asked: Asked) -> Use:
        time.sleep(0.5)
        return Use("cost_trend", {"period": "2026-08"})

    monkeypatch.setenv("ANTHROPIC_API_KEY", "testing")
    with ModelDouble(slowly) as model:
        text = config.read_text(encoding="utf-8").rstrip().removesuffix("}")
        agent = {"model": "anthropic:claude-haiku-4-5-20251001", "base_url": model.url}
        config.write_text(f'{text}, "agent": {json.dumps(agent)}}}\n', encoding="utf-8")
        with served(site_of(config, has_agent=True)) as url:
            question, part = {"question": QUESTION}, {"x-part": "1"}
            with httpx2.stream("POST", f"{url}/ask", data=question, headers=part, timeout=30) as answer:
                next(answer.iter_lines())
            time.sleep(2)
            asked = len(model.asked)
            time.sleep(2)
        assert asked == len(model.asked) < 9, "ten calls of the model are allowed"


def test_without_a_script_it_is_a_page(asking: TestClient) -> None:
    page = asking.post("/ask", data={"question": f"{QUESTION} <script>x</script>"}).text
    assert page.startswith("<!doctype")
    assert "8,376.89 USD" in page
    assert "<script>x" not in page


@pytest.mark.parametrize("question", ["", " ", "x" * 2001])
def test_a_question_has_a_length(asking: TestClient, question: str) -> None:
    assert asking.post("/ask", data={"question": question, "x": "y"}).status_code == 400


def test_without_a_model_there_is_no_such_page(client: TestClient) -> None:
    assert (client.get("/ask").status_code, client.post("/ask", data={"question": QUESTION}).status_code) == (
        404,
        404,
    )
    assert "/ask" not in client.get("/anomalies").text
