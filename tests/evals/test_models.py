"""Real models, each asked every question: `pytest -m evals tests/evals`.

EVAL_MODELS names them, e.g. `bedrock:…,anthropic:…`; without it, those whose credentials are there. Nothing
is asked any more once EVAL_USD (5) are spent.
"""

from __future__ import annotations

import os

import pytest

from aws_cost_anomalies import App, kinds
from aws_cost_anomalies.settings.agent import DEFAULT_MODEL
from tests.evals.conftest import OWN
from tests.evals.questions import QUESTIONS, Question
from tests.evals.running import Score, asked

NONE = "no model"


def models() -> list[str]:
    """Those to be asked."""
    if named := os.environ.get("EVAL_MODELS"):
        return [name.strip() for name in named.split(",")]
    found = {
        "anthropic:claude-haiku-4-5-20251001": "ANTHROPIC_API_KEY" in os.environ,
        "openai:gpt-5-mini": "OPENAI_API_KEY" in os.environ,
        DEFAULT_MODEL: bool({"AWS_ACCESS_KEY_ID", "AWS_PROFILE"} & OWN.keys()),
    }
    return [name for name, is_there in found.items() if is_there] or [NONE]


@pytest.mark.evals
@pytest.mark.timeout(900)
@pytest.mark.usefixtures("own_credentials")
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.name)
@pytest.mark.parametrize("model", models())
def test_a_model_answers(app: App, scores: list[Score], model: str, question: Question) -> None:
    if model == NONE:
        pytest.skip("no credentials of a model: set EVAL_MODELS, or ANTHROPIC_API_KEY, or AWS_PROFILE")
    if sum(score.reply.usd for score in scores) >= float(os.environ.get("EVAL_USD", "5")):
        pytest.skip("the dollars for it are spent (EVAL_USD)")
    settings = app.settings.model_copy(
        update={"agent": app.settings.agent.model_copy(update={"model": model})}
    )
    score = asked(app, kinds.language_model(settings), question)
    scores.append(score)
    assert score.problems == (), score.reply.text
