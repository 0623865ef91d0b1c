"""Dialogues with a scripted model over the wire of each provider."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from aws_cost_anomalies.agent import Answered, Called, Calling, Event, Text
from aws_cost_anomalies.agent.audit import Call
from aws_cost_anomalies.agent.limits import Limits
from aws_cost_anomalies.errors import CostAnomaliesError, CredentialsError, ServiceUnavailable
from tests.agent.conftest import Talk
from tests.model_double import GARBAGE, HANG, READ, WRITTEN, Asked, ModelDouble, Spoilt, Use

Double = Callable[..., ModelDouble]
MODELS = (
    "anthropic:claude-haiku-4-5-20251001",
    "bedrock:us.amazon.nova-lite-v1:0",
    "ollama:llama3.2",
    "openai:gpt-5-mini",
)
TOP = Use("cost_trend", {"period": "2026-08", "top": 2})


def said(asked: Asked) -> str:
    """An answer that reads its figure from the tool's result."""
    row = json.loads(asked.results[0])["data"]["rows"][0]
    return f"The largest is {row['scope']['ServiceName']}:\n{row['total']:,.2f} USD in 2026-08."


def ended(events: list[Event]) -> Answered:
    answer = events[-1]
    assert isinstance(answer, Answered)
    return answer


@pytest.mark.parametrize("model", MODELS)
def test_a_question_becomes_a_call_and_an_answer(talk: Talk, double: Double, model: str) -> None:
    server = double(["Let me look.\n", TOP], said)
    events = list(talk(server, model).ask("What is my largest service?"))
    kinds = [type(event) for event in events]
    assert kinds == [Text, Calling, Called, Text, Text, Answered]
    assert events[1] == Calling("cost_trend", "cost_trend(period='2026-08', top=2)")
    answer = ended(events)
    assert answer.text.splitlines()[1] == "The largest is Amazon Elastic Compute Cloud:"
    assert answer.untraced == ()
    assert answer.rests_on == ("daily_cost_summary · sample · net-amortized · 2026-08-01..2026-08-31",)
    assert answer.tokens == 2 * (READ + WRITTEN)
    assert "Today is 2026-09-01." in server.asked[0].instructions
    assert all(asked.wants_stream for asked in server.asked)


def test_a_figure_of_the_models_own_is_marked(talk: Talk, double: Double) -> None:
    answer = ended(list(talk(double(TOP, "It was 99,999.99 USD.")).ask("How much?")))
    assert answer.text == "It was 99,999.99 [?] USD."
    assert answer.untraced == ("99,999.99",)


def test_a_second_question_remembers_the_first(talk: Talk, double: Double) -> None:
    server = double(TOP, said, "As I said: the same.")
    conversation = talk(server)
    list(conversation.ask("What is my largest service?"))
    list(conversation.ask("And before?"))
    messages = json.dumps(server.asked[-1].body["messages"])
    assert "What is my largest service?" in messages
    assert "And before?" in messages


def test_two_calls_at_once_are_both_answered(talk: Talk, double: Double, calls: list[Call]) -> None:
    server = double([Use("loaded_data"), TOP], "Done.")
    list(talk(server).ask("What is there?"))
    assert [call.tool for call in calls] == ["loaded_data", "cost_trend"]
    assert len(server.asked[-1].results) == 2


def test_a_mistake_comes_back_to_the_model(talk: Talk, double: Double) -> None:
    server = double(Use("cost_trend", {"dayz": 9}), "I cannot.")
    events = list(talk(server).ask("How much?"))
    assert [event.is_error for event in events if isinstance(event, Called)] == [True]
    assert "dayz" in server.asked[-1].results[0]


def test_a_tool_nobody_has_is_on_record_and_does_not_end_the_conversation(
    talk: Talk, double: Double, calls: list[Call]
) -> None:
    answer = ended(list(talk(double(Use("delete_everything"), "There is no such tool.")).ask("Delete it")))
    assert answer.text == "There is no such tool."
    assert [(call.tool, call.outcome) for call in calls] == [("delete_everything", "failed")]


def test_what_pays_is_refused_where_nobody_sits(talk: Talk, double: Double, calls: list[Call]) -> None:
    server = double(Use("import_cost_explorer", {"days": 30}), "It was not allowed.")
    list(talk(server).ask("Import it"))
    assert [call.outcome for call in calls] == ["not allowed"]
    assert "Nobody is here" in server.asked[-1].results[0]


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        (Limits(steps=2), "2 model calls"),
        (Limits(tokens=2000), "2,000 tokens"),
        (Limits(usd=0.001), "0.001 USD"),
    ],
)
def test_a_limit_gives_what_there_is_and_why(talk: Talk, double: Double, limits: Limits, says: str) -> None:
    answer = ended(list(talk(double(["So far.\n", TOP]), limits=limits).ask("How much?")))
    assert says in answer.ended
    assert answer.text.startswith("So far.")


def test_time_is_a_limit_too(talk: Talk, double: Double) -> None:
    began = time.monotonic()
    answer = ended(list(talk(double(HANG), limits=Limits(seconds=2)).ask("How much?")))
    assert answer.ended == "2 seconds are over"
    assert time.monotonic() - began < 10


OVER_HTTP = (MODELS[0], MODELS[2], MODELS[3])
REASONS = {b"end_turn": b"max_tokens", b'"finish_reason": "stop"': b'"finish_reason": "length"'}


def half(body: bytes) -> bytes:
    """The first of its events, as from a server that went away in good order."""
    events = body.split(b"\n\n")
    return b"\n\n".join(events[: len(events) // 2]) + b"\n\n"


def full(body: bytes) -> bytes:
    """The same, ended because the longest answer is reached."""
    for whole, cut in REASONS.items():
        body = body.replace(whole, cut)
    return body


def held_back(body: bytes) -> bytes:
    """The same, ended by the provider."""
    return full(body).replace(b"max_tokens", b"refusal").replace(b'"length"', b'"content_filter"')


@pytest.mark.parametrize("model", OVER_HTTP)
@pytest.mark.parametrize(
    ("by", "says"),
    [(half, "broke off"), (full, "4,096 tokens of the longest answer"), (held_back, "kept the rest back")],
)
def test_an_answer_that_was_cut_short_is_a_partial_one(
    talk: Talk, double: Double, model: str, by: Callable[[bytes], bytes], says: str
) -> None:
    text = "It cost 57,937.71 USD in August, and 45,008.70 USD in July."
    answer = ended(list(talk(double(TOP, Spoilt(text, by)), model).ask("How much?")))
    assert says in answer.ended
    assert answer.text.startswith("It cost 57,937.71")


@pytest.mark.parametrize("model", OVER_HTTP)
def test_a_call_that_is_longer_than_an_answer_may_be_names_the_limit(
    talk: Talk, double: Double, model: str
) -> None:
    def without_end(body: bytes) -> bytes:
        events = body.split(b"\n\n")
        last = max(n for n, each in enumerate(events) if b"partial_json" in each or b'"arguments"' in each)
        rest = b"\n\n".join(events[:last] + events[last + 1 :])
        return (
            full(rest)
            .replace(b'"tool_use", "stop', b'"max_tokens", "stop')
            .replace(b'"finish_reason": "tool_calls"', b'"finish_reason": "length"')
        )

    answer = ended(list(talk(double(Spoilt(TOP, without_end)), model).ask("How much?")))
    assert "agent.max_tokens" in answer.ended


@pytest.mark.parametrize("model", [MODELS[2], MODELS[3]])
@pytest.mark.filterwarnings("error")
def test_tokens_that_a_server_does_not_count_are_said_to_be_missing(
    talk: Talk, double: Double, model: str
) -> None:
    def uncounted(body: bytes) -> bytes:
        return b"\n\n".join(each for each in body.split(b"\n\n") if b'"usage"' not in each)

    answer = ended(list(talk(double(Spoilt("Nothing.", uncounted)), model).ask("How much?")))
    assert (answer.ended, answer.uncounted) == ("", 1)
    assert answer.took == "0 tokens and those of 1 model call that was not counted"


def test_stopping_an_answer_leaves_the_conversation_alive(talk: Talk, double: Double) -> None:
    conversation = talk(double(["First.\n", TOP], "Second."))
    stopped = conversation.ask("One")
    assert next(stopped) == Text("First.")
    stopped.close()
    assert ended(list(conversation.ask("Two"))).text == "Second."


@pytest.mark.parametrize(
    ("answer", "error"),
    [(401, CredentialsError), (500, ServiceUnavailable), (GARBAGE, CostAnomaliesError)],
)
@pytest.mark.parametrize("model", [MODELS[0], MODELS[2], MODELS[3]])
def test_a_failure_of_the_model_is_one_of_ours(
    talk: Talk, double: Double, model: str, answer: object, error: type[CostAnomaliesError]
) -> None:
    with pytest.raises(error) as failed:
        list(talk(double(answer), model).ask("How much?"))
    assert "top-secret-key" not in failed.value.message


def test_bedrock_fails_in_its_own_way(talk: Talk, double: Double) -> None:
    with pytest.raises(ServiceUnavailable):
        list(talk(double(500), MODELS[1]).ask("How much?"))
    with pytest.raises(CostAnomaliesError):
        list(talk(double(403), MODELS[1]).ask("How much?"))


def test_control_characters_of_a_model_do_not_reach_a_terminal(talk: Talk, double: Double) -> None:
    answer = ended(list(talk(double("\x1b[31mred\x07 [bold]x[/bold]")).ask("Hi")))
    assert not set("\x1b\x07") & set(answer.text)
    assert answer.text.endswith("[bold]x[/bold]")


def test_requests_are_what_each_api_takes(talk: Talk, double: Double) -> None:
    from botocore.session import Session
    from botocore.validate import ParamValidator

    server = double(TOP, "Done.")
    list(talk(server, MODELS[1]).ask("How much?"))
    operation = Session().get_service_model("bedrock-runtime").operation_model("ConverseStream")
    for asked in server.asked:
        sent: dict[str, Any] = {"modelId": "us.amazon.nova-lite-v1:0", **asked.body}
        assert not ParamValidator().validate(sent, operation.input_shape).has_errors()
