"""What the program asks of AWS is in the table of permissions, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
import recorded_calls
from athena_double import AthenaDouble
from buckets import data_export, put_all
from cloud_trail_double import CloudTrailDouble
from cost_explorer_double import Charge, CostExplorerDouble
from cur_lines import line
from model_double import ModelDouble
from recorded_calls import Call, allows

from aws_cost_anomalies import App, Settings, agent, kinds, permissions
from aws_cost_anomalies.aws.trail import changes
from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.live import Live
from aws_cost_anomalies.model.alert import Delivery
from aws_cost_anomalies.model.answers import Wanted
from aws_cost_anomalies.model.live import CostQuestion, MetricQuestion
from aws_cost_anomalies.model.message import Message
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.store import Store

DONE_BY_ATHENA = {
    "glue:GetDatabase",
    "glue:CreateDatabase",
    "glue:GetTable",
    "glue:CreateTable",
    "glue:DeleteTable",
    "s3:GetBucketLocation",
    "s3:PutObject",
    "athena:StopQueryExecution",
}
"""Asked by Athena in the caller's name, or only when somebody interrupts a query."""
AUGUST = [date(2026, 8, 1) + timedelta(days=i) for i in range(31)]
Place = Callable[..., Settings]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Settings whose store is in a folder of its own."""
    database = {"path": tmp_path / "costs.duckdb", "cache_dir": tmp_path / "cache"}
    return lambda **more: Settings.model_validate({"database": database, **more})


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Call]]:
    """The calls made from now on."""
    monkeypatch.setenv(*recorded_calls.PLUGIN)
    recorded_calls.CALLS.clear()
    yield recorded_calls.CALLS
    recorded_calls.CALLS.clear()


def policy_of(settings: Settings) -> dict[str, Any]:
    """The policy of what a configuration uses, as `iam-policy` prints it."""
    made: dict[str, Any] = permissions.document(permissions.needed(settings), settings)
    return made


def ingest(settings: Settings) -> None:
    app = App(settings, as_of=date(2026, 9, 10))
    bills = list(app.ingest(app.plan_ingest(Wanted())))
    assert {bill.status for bill in bills} == {"loaded"}


def assert_exact(settings: Settings, recorded: list[Call], *, beyond: set[str] = frozenset()) -> None:  # type: ignore[assignment]
    """Everything asked is allowed, and every action allowed is asked."""
    policy = policy_of(settings)
    assert recorded
    assert [call for call in recorded if not allows(policy, call)] == []
    allowed = {action for statement in policy["Statement"] for action in statement["Action"]}
    assert allowed == {call.action for call in recorded} | beyond


def test_cost_explorer(aws: str, place: Place, recorded: list[Call], monkeypatch: pytest.MonkeyPatch) -> None:
    with CostExplorerDouble([Charge(day, "AWS Lambda", unblended="1.50") for day in AUGUST]) as double:
        monkeypatch.setenv("AWS_ENDPOINT_URL_COST_EXPLORER", double.url)
        settings = place(cost_explorer={"lookback_days": 30})
        ingest(settings)
    assert_exact(settings, recorded)


def test_the_anomalies_of_aws(
    aws: str, place: Place, recorded: list[Call], monkeypatch: pytest.MonkeyPatch
) -> None:
    with CostExplorerDouble() as double:
        monkeypatch.setenv("AWS_ENDPOINT_URL_COST_EXPLORER", double.url)
        app = App(place(), as_of=date(2026, 9, 10))
        list(app.ingest(app.plan_ingest(Wanted(source="aws-anomalies"))))
    policy = permissions.document(permissions.named(["aws-anomalies"]), place())
    assert {call.action for call in recorded} == {"ce:GetAnomalies"}
    assert all(allows(policy, call) for call in recorded)


@pytest.mark.parametrize("kind", ["s3", "focus"])
@pytest.mark.parametrize("prefix", ["exports", ""])
def test_an_export(aws: str, place: Place, tmp_path: Path, kind: str, prefix: str) -> None:
    settings = place(**{kind: {"bucket": "bills", "prefix": prefix}})
    policy = policy_of(settings)
    below = "arn:aws:s3:::bills/exports/a.parquet" if prefix else "arn:aws:s3:::bills/a.parquet"
    assert allows(policy, Call("s3:GetObject", below))
    assert allows(policy, Call("s3:GetObject", "arn:aws:s3:::bills/other/a.parquet")) is not bool(prefix)
    assert allows(policy, Call("s3:ListBucket", "arn:aws:s3:::bills")) is not bool(prefix)
    assert not allows(policy, Call("s3:GetObject", "arn:aws:s3:::other/exports/a.parquet"))
    assert not allows(policy, Call("s3:PutObject", below))


def test_what_an_ingest_from_s3_asks(
    aws: str, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recorded: list[Call]
) -> None:
    data_export(tmp_path / "made", "2026-08", [line(day=day) for day in range(1, 31)])
    put_all(tmp_path / "made")
    recorded.clear()
    settings = place(s3={"bucket": "bills", "prefix": "exports"})
    ingest(settings)
    assert_exact(settings, recorded)


def test_athena(athena: AthenaDouble, place: Place, tmp_path: Path, recorded: list[Call]) -> None:
    athena.s3.create_bucket(Bucket="results")
    data_export(tmp_path / "made", "2026-08", [line(day=day) for day in range(1, 31)])
    put_all(tmp_path / "made")
    recorded.clear()
    settings = place(
        s3={"bucket": "bills", "prefix": "exports"},
        engine={"kind": "athena", "output": "s3://results/athena/"},
    )
    ingest(settings)
    assert_exact(settings, recorded, beyond=DONE_BY_ATHENA)
    policy = policy_of(settings)
    assert allows(policy, Call("s3:PutObject", "arn:aws:s3:::results/athena/1.csv"))
    assert not allows(policy, Call("s3:PutObject", "arn:aws:s3:::bills/exports/1.csv"))


@pytest.mark.parametrize(
    ("channel", "actions"),
    [
        ({"kind": "sns", "topic_arn": "arn:aws:sns:us-east-1:123456789012:costs"}, {"sns:Publish"}),
        ({"kind": "webhook", "url": "ssm:/costs/hook"}, {"ssm:GetParameter"}),
        ({"kind": "webhook", "url": "secretsmanager:costs#hook"}, {"secretsmanager:GetSecretValue"}),
    ],
)
def test_a_channel(
    aws: str, place: Place, tmp_path: Path, recorded: list[Call], channel: dict[str, str], actions: set[str]
) -> None:
    boto3.client("sns").create_topic(Name="costs")
    boto3.client("ssm").put_parameter(Name="/costs/hook", Value="http://127.0.0.1:9/", Type="SecureString")
    secret = json.dumps({"hook": "http://127.0.0.1:9/"})
    boto3.client("secretsmanager").create_secret(Name="costs", SecretString=secret)
    recorded.clear()
    settings = place(channels=[{"name": "team", **channel}], s3={"bucket": "bills"})
    receipt = kinds.notifier(settings, "team").send(Message("k", "Costs", "Costs moved.", "k"))
    assert {call.action for call in recorded} == actions
    assert (receipt.delivery is Delivery.SENT) == (channel["kind"] == "sns")
    assert_exact(settings, recorded, beyond={"s3:ListBucket", "s3:GetObject"})


def test_who_changed_something(
    aws: str, place: Place, recorded: list[Call], monkeypatch: pytest.MonkeyPatch
) -> None:
    start = datetime(2026, 8, 14, tzinfo=UTC)
    with CloudTrailDouble() as double:
        double.happened("RunInstances", start + timedelta(hours=2), role="ci-deploy")
        monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDTRAIL", double.url)
        found = changes(
            start, start + timedelta(days=1), region="us-east-1", profile=None, wait=lambda _: None
        )
    assert len(found.events) == 1
    policy: Any = permissions.document(permissions.named(["cloudtrail"]), place())
    assert {call.action for call in recorded} == {"cloudtrail:LookupEvents"}
    assert all(allows(policy, call) for call in recorded)


def test_what_questions_to_aws_ask(
    aws: str, place: Place, recorded: list[Call], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime(2026, 9, 10, tzinfo=UTC)
    settings = place()
    live = Live(settings, Store(settings.database.path), as_of=now.date(), now=now)
    with CostExplorerDouble([Charge(day, "AWS Lambda", unblended="1.50") for day in AUGUST]) as double:
        monkeypatch.setenv("AWS_ENDPOINT_URL_COST_EXPLORER", double.url)
        live.costs(CostQuestion(Period(AUGUST[0], AUGUST[3])))
        live.forecast(CostQuestion(Period(now.date(), date(2026, 10, 1))))
    live.metric(MetricQuestion("AWS/EC2", "CPUUtilization", now - timedelta(hours=9), now))
    assert live.alarms() == live.budgets() == ()
    features = permissions.named(["live-costs", "cloudwatch", "budgets"])
    policy: Any = permissions.document(features, settings)
    asked = {call.action for call in recorded}
    assert asked - {"sts:GetCallerIdentity"} == {
        action for each in features for grant in each.grants for action in grant.actions
    }
    assert all(allows(policy, call) for call in recorded if not call.action.startswith("sts:"))


def test_a_model_of_bedrock(
    aws: str,
    place: Place,
    recorded: list[Call],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = place(alerts={"narrator": "llm"}, s3={"bucket": "bills"})
    with ModelDouble("It grew.") as double:
        monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", double.url)
        assert kinds.language_model(settings).ask("Why?", instructions="Be brief.").text == "It grew."
        with agent.opened(App(settings, as_of=date(2026, 9, 1))) as conversation:
            *_, answered = conversation.ask("Why?")
        assert isinstance(answered, agent.Answered)
        assert answered.text == "It grew."
    assert_exact(settings, recorded, beyond={"s3:ListBucket", "s3:GetObject"})
    model = "arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0"
    assert allows(policy_of(settings), Call("bedrock:InvokeModel", model))
    other = place(alerts={"narrator": "llm"}, agent={"model": "ollama:llama3.2"})
    assert "bedrock" not in json.dumps(policy_of(other))


def test_a_secret_written_out_and_a_secret_of_another_name_are_not_allowed(place: Place) -> None:
    channels = [{"name": "a", "kind": "slack", "url": "secretsmanager:costs"}]
    policy = policy_of(place(channels=channels, s3={"bucket": "bills"}))
    arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:costs"
    assert allows(policy, Call("secretsmanager:GetSecretValue", f"{arn}-Ab1Cd2"))
    assert not allows(policy, Call("secretsmanager:GetSecretValue", f"{arn}-of-others-Ab1Cd2"))


def test_every_statement_has_a_name_of_its_own(place: Place) -> None:
    statements: Any = permissions.document(permissions.FEATURES, place())["Statement"]
    names = [statement["Sid"] for statement in statements]
    assert len(set(names)) == len(names)
    assert all(name.isalnum() for name in names)


def test_no_action_is_a_pattern() -> None:
    actions = [action for each in permissions.FEATURES for grant in each.grants for action in grant.actions]
    assert [action for action in actions if "*" in action] == []


def test_an_unknown_feature_is_told_with_its_near_match() -> None:
    with pytest.raises(InvalidArgument) as caught:
        permissions.named(["atena"])
    assert caught.value.hint == "Did you mean `athena`?"


@pytest.mark.parametrize(("region", "partition"), [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")])
def test_regions_apart_have_arns_of_their_own(place: Place, region: str, partition: str) -> None:
    named = permissions.places(place(s3={"bucket": "bills", "region": region}))
    assert {arn.split(":")[1] for arns in named.values() for arn in arns if arn != "*"} == {partition}
