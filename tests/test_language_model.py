"""One question, one answer, over the wire of each provider; every failure is one of ours."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from botocore.session import Session
from botocore.validate import ParamValidator

from aws_cost_anomalies.errors import (
    AccessDenied,
    CostAnomaliesError,
    CredentialsError,
    InvalidArgument,
    ServiceUnavailable,
    SettingsError,
)
from aws_cost_anomalies.language_model import LanguageModel
from tests.model_double import GARBAGE, HANG, READ, WRITTEN, ModelDouble
from tests.model_wire import document

CLAUDE, NOVA = "claude-haiku-4-5-20251001", "us.amazon.nova-lite-v1:0"
PROVIDERS = ("anthropic", "bedrock", "ollama", "openai")
MODELS = {"anthropic": CLAUDE, "bedrock": NOVA, "ollama": "llama3.2", "openai": "gpt-5-mini"}
PATHS = {
    "anthropic": "/v1/messages",
    "bedrock": f"/model/{NOVA}/converse",
    "ollama": "/v1/chat/completions",
    "openai": "/v1/chat/completions",
}
Reached = Callable[..., LanguageModel]


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> Reached:
    """A model of a provider, reached at a double and nowhere else."""
    for name in ("ANTHROPIC_API_KEY", "OPENAI_API_KEY", "OPENAI_BASE_URL", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")

    def reach(provider: str, double: ModelDouble, **limits: float) -> LanguageModel:
        monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", double.url)
        base = double.url if provider in {"anthropic", "bedrock"} else f"{double.url}/v1"
        return LanguageModel(
            f"{provider}:{MODELS[provider]}",
            region="us-east-1",
            base_url=base,
            api_key=lambda: "top-secret-key",
            max_tokens=500,
            timeout=limits.get("timeout", 20.0),
        )

    return reach


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_question_goes_out_and_an_answer_comes_back(reached: Reached, provider: str) -> None:
    with ModelDouble("It grew.") as double:
        reply = reached(provider, double).ask("Why?", instructions="Be brief.")
    assert (reply.text, reply.tokens) == ("It grew.", READ + WRITTEN)
    (asked,) = double.asked
    assert (asked.path, asked.question, asked.instructions) == (PATHS[provider], "Why?", "Be brief.")
    assert "500" in str(asked.body)


def test_bedrocks_question_is_one_that_aws_takes(reached: Reached) -> None:
    with ModelDouble("It grew.") as double:
        reached("bedrock", double).ask("Why?", instructions="Be brief.")
    operation = Session().get_service_model("bedrock-runtime").operation_model("Converse")
    sent = {"modelId": NOVA, **double.asked[0].body}
    assert not ParamValidator().validate(sent, operation.input_shape).has_errors()
    answered = document(double.asked[0].path, NOVA, ["It grew."])
    assert not ParamValidator().validate(answered, operation.output_shape).has_errors()


@pytest.mark.parametrize(
    ("provider", "usd"),
    [("anthropic", 0.002), ("bedrock", 0.000108), ("ollama", 0.0), ("openai", 0.0)],
)
def test_tokens_have_the_price_of_who_sells_them(reached: Reached, provider: str, usd: float) -> None:
    with ModelDouble("It grew.") as double:
        reply = reached(provider, double).ask("Why?", instructions="Be brief.")
    assert reply.usd == pytest.approx(usd)


def test_a_model_nobody_has_a_price_for_costs_nothing_known() -> None:
    assert LanguageModel("anthropic:claude-of-tomorrow-99").usd(10**6, 10**6) == 0.0
    assert LanguageModel("openai:gpt-4o-mini").usd(10**6, 10**6) == pytest.approx(0.75)


def test_the_most_a_question_can_cost_counts_the_longest_answer() -> None:
    asked = LanguageModel(f"anthropic:{CLAUDE}", max_tokens=1_000_000)
    assert asked.at_most(3_000_000) == pytest.approx(1.0 + 5.0)


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (401, CredentialsError),
        (403, AccessDenied),
        (404, SettingsError),
        (429, ServiceUnavailable),
        (500, ServiceUnavailable),
        (GARBAGE, ServiceUnavailable),
    ],
)
def test_every_refusal_is_told_as_one_of_ours(
    reached: Reached, provider: str, answer: object, error: type[CostAnomaliesError]
) -> None:
    with ModelDouble(answer) as double, pytest.raises(error) as raised:
        reached(provider, double).ask("Why?", instructions="Be brief.")
    assert f"{provider}:{MODELS[provider]}" in raised.value.message
    assert "top-secret-key" not in f"{raised.value} {raised.value.hint}"


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_model_that_hangs_is_given_up_in_time(reached: Reached, provider: str) -> None:
    with ModelDouble(HANG) as double, pytest.raises(ServiceUnavailable, match=r"within 0.5 seconds"):
        reached(provider, double, timeout=0.5).ask("Why?", instructions="Be brief.")


@pytest.mark.parametrize("provider", ["anthropic", "ollama", "openai"])
def test_a_server_that_is_not_there(reached: Reached, provider: str) -> None:
    with ModelDouble("…") as double:
        asked = reached(provider, double)
    with pytest.raises(ServiceUnavailable, match="cannot be reached"):
        asked.ask("Why?", instructions="Be brief.")


@pytest.mark.parametrize("name", ["anthropic:claude-haiku-4-5", "openai:gpt-5-mini"])
def test_without_a_key_nobody_is_asked(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for variable in ("ANTHROPIC_API_KEY", "OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(variable, raising=False)
    with pytest.raises(SettingsError, match="API_KEY"):
        LanguageModel(name).ask("Why?", instructions="Be brief.")


@pytest.mark.parametrize("name", ["", "gpt-5", "mistral:large", "anthropic:"])
def test_a_name_without_a_known_provider_is_refused(name: str) -> None:
    with pytest.raises(InvalidArgument, match="bedrock:MODEL"):
        LanguageModel(name).ask("Why?", instructions="Be brief.")


def test_the_key_is_in_no_log(reached: Reached, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with ModelDouble("It grew.", 500) as double:
        for provider in PROVIDERS:
            asked = reached(provider, double)
            assert "top-secret-key" not in repr(asked)
            asked.ask("Why?", instructions="Be brief.") if provider == "anthropic" else None
    assert "top-secret-key" not in caplog.text
