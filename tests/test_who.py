"""Who did it: CloudTrail around the first anomalous day, grouped, and what is said when it cannot know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import boto3
import pytest
from botocore.validate import ParamValidator
from cloud_trail_double import CloudTrailDouble

from aws_cost_anomalies import permissions
from aws_cost_anomalies.errors import AccessDenied, ServiceUnavailable
from aws_cost_anomalies.model.activity import Activity
from aws_cost_anomalies.model.anomaly import Anomaly, Impact, Kind, RootCause, Severity, Status
from aws_cost_anomalies.model.explanation import Breakdown, Explanation
from aws_cost_anomalies.model.scope import Scope
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.who import with_activity

START, TODAY = date(2026, 11, 14), date(2026, 11, 20)
NIGHT = datetime(2026, 11, 14, 2, 10, tzinfo=UTC)
OWN = "123456789012"
"""The account of the moto server."""
EC2, INSTANCE = "Amazon Elastic Compute Cloud", "i-0123456789abcdef0"


@pytest.fixture
def trail(aws: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[CloudTrailDouble]:
    assert aws
    with CloudTrailDouble() as double:
        monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDTRAIL", double.url)
        yield double


def told(
    *, account: str = OWN, regions: Mapping[str, float] | None = None, impact: float = 100.0
) -> Explanation:
    money = Impact(impact, impact, impact, 0.0, None, 0.0, 0.0)
    scope = Scope((("ServiceName", EC2), ("SubAccountId", account)))
    anomaly = Anomaly(
        "0" * 12, "default", scope, Kind.SPIKE, Severity.INFO, Status.ONGOING, 9.0, START, START, START, money
    )

    def split(name: str, key: str, values: Mapping[str, float]) -> Breakdown:
        causes = (RootCause(Scope(((key, value),)), share * impact) for value, share in values.items())
        return Breakdown(name, tuple(causes), 0.0)

    by_region = split("region", "RegionId", regions or {"eu-west-1": 0.9, "us-east-1": 0.1})
    resource = f"arn:aws:ec2:eu-west-1:{account}:instance/{INSTANCE}"
    by_resource = split("resource", "ResourceId", {resource: 1.0})
    return Explanation(
        anomaly, "USD", "cur", "EffectiveCost", START, (), (by_region, by_resource), "It moved."
    )


def asked(explanation: Explanation, *, as_of: date = TODAY, waits: list[float] | None = None) -> Activity:
    wait = ([] if waits is None else waits).append
    activity = with_activity(explanation, Settings.model_validate({}), as_of=as_of, wait=wait).activity
    assert activity is not None
    return activity


def test_changes_are_grouped_and_told_with_how_often_who_and_when(trail: CloudTrailDouble) -> None:
    for minute in range(12):
        trail.happened("RunInstances", NIGHT + timedelta(minutes=minute), role="ci-deploy")
    activity = asked(told())
    assert [str(deed) for deed in activity.deeds] == [
        "RunInstances ×12 by role ci-deploy, 2026-11-14 02:10 UTC"
    ]
    assert (activity.regions, activity.sources) == (("eu-west-1",), ("ec2.amazonaws.com",))
    assert (activity.problem, activity.is_cut) == ("", False)


def test_the_day_before_and_the_first_day_are_asked_for_changes_alone(trail: CloudTrailDouble) -> None:
    trail.happened("RunInstances", NIGHT - timedelta(days=2), role="too early")
    trail.happened("RunInstances", NIGHT + timedelta(days=1), role="too late")
    trail.happened("DescribeInstances", NIGHT, role="reader", reads=True)
    trail.happened("RunInstances", NIGHT, role="refused", error="Client.UnauthorizedOperation")
    assert asked(told()).deeds == ()
    (request,) = trail.requests
    assert request.operation == "LookupEvents"
    assert request.body["LookupAttributes"] == [{"AttributeKey": "ReadOnly", "AttributeValue": "false"}]
    span = [datetime.fromtimestamp(request.body[key], UTC).date() for key in ("StartTime", "EndTime")]
    assert span == [date(2026, 11, 13), date(2026, 11, 15)]


def test_other_services_are_left_out_unless_they_touch_the_resource(trail: CloudTrailDouble) -> None:
    trail.happened("PutObject", NIGHT, source="s3.amazonaws.com", role="app")
    trail.happened("SetDesiredCapacity", NIGHT, source="autoscaling.amazonaws.com", role="ops")
    trail.happened("Attach", NIGHT, source="autoscaling.amazonaws.com", role="ops", resources=[INSTANCE])
    (deed,) = asked(told()).deeds
    assert (deed.name, deed.touches, deed.resources) == ("Attach", True, (INSTANCE,))


def test_what_touches_the_resource_comes_first_then_what_starts_things(trail: CloudTrailDouble) -> None:
    for _ in range(5):
        trail.happened("TerminateInstances", NIGHT, role="ops")
    trail.happened("RunInstances", NIGHT, role="ops")
    trail.happened("ModifyInstanceAttribute", NIGHT, role="ops", resources=[INSTANCE])
    assert [deed.name for deed in asked(told()).deeds] == [
        "ModifyInstanceAttribute", "RunInstances", "TerminateInstances",
    ]  # fmt: skip
    less = [deed.name for deed in asked(told(impact=-100.0)).deeds]
    assert less == ["ModifyInstanceAttribute", "TerminateInstances", "RunInstances"]


@pytest.mark.parametrize(
    ("identity", "actor"),
    [
        ({"type": "IAMUser", "userName": "ada"}, "user ada"),
        ({"type": "Root"}, "the root user"),
        ({"type": "AWSService", "invokedBy": "rds.amazonaws.com"}, "service rds.amazonaws.com"),
        ({"type": "AWSAccount", "accountId": "111111111111"}, "account 111111111111"),
        ({"type": "AssumedRole"}, "role somebody-session"),
        ({"type": "SomethingNew"}, "user somebody-session"),
    ],
)  # fmt: skip
def test_who_is_named(trail: CloudTrailDouble, identity: dict[str, Any], actor: str) -> None:
    trail.happened("RunInstances", NIGHT, identity=identity)
    assert [deed.actor for deed in asked(told()).deeds] == [actor]


def test_pages_are_asked_at_the_pace_that_is_allowed(trail: CloudTrailDouble) -> None:
    for second in range(120):
        trail.happened("RunInstances", NIGHT + timedelta(seconds=second), role="ci")
    waits: list[float] = []
    assert asked(told(), waits=waits).deeds[0].count == 120
    assert (len(trail.requests), waits) == (3, [0.5, 0.5])


def test_too_many_events_are_cut_and_it_is_said(trail: CloudTrailDouble) -> None:
    trail.page_size = 1
    for second in range(45):
        trail.happened("RunInstances", NIGHT + timedelta(seconds=second), role="ci")
    activity = asked(told())
    assert (activity.deeds[0].count, activity.is_cut) == (40, True)


def test_regions_that_carry_it_are_asked_and_us_east_1_where_there_is_none(trail: CloudTrailDouble) -> None:
    assert asked(told(regions={"eu-west-1": 0.5, "ap-south-1": 0.4})).regions == ("eu-west-1", "ap-south-1")
    assert asked(told(regions={"$(reboot)": 1.0})).regions == ("us-east-1",)


def test_events_older_than_ninety_days_are_not_asked_for(trail: CloudTrailDouble) -> None:
    activity = asked(told(), as_of=START + timedelta(days=200))
    assert activity.problem == "CloudTrail keeps events for 90 days; 2026-11-14 is longer ago"
    assert trail.requests == []


def test_credentials_of_another_account_are_told_not_used(trail: CloudTrailDouble) -> None:
    activity = asked(told(account="999999999999"))
    assert activity.problem == (f"these credentials are of account {OWN}, and the anomaly is in 999999999999")
    assert trail.requests == []


def test_a_refusal_names_the_action(trail: CloudTrailDouble) -> None:
    trail.fail("AccessDeniedException")
    with pytest.raises(AccessDenied, match="cloudtrail:LookupEvents"):
        asked(told())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda answer: answer["Events"][0].pop("EventName"),
        lambda answer: answer["Events"][0].update(CloudTrailEvent="{"),
        lambda answer: answer.update(Events=None),
    ],
)
def test_an_answer_without_sense_is_said_to_be_one(trail: CloudTrailDouble, spoil: Any) -> None:
    trail.happened("RunInstances", NIGHT, role="ci")
    trail.edit = spoil
    with pytest.raises(ServiceUnavailable, match="cannot be read"):
        asked(told())


def test_a_token_that_comes_twice_ends_it(trail: CloudTrailDouble) -> None:
    trail.page_size, trail.repeats_its_token = 1, True
    for _ in range(5):
        trail.happened("RunInstances", NIGHT, role="ci")
    with pytest.raises(ServiceUnavailable, match="same page token"):
        asked(told())


def test_the_double_says_what_cloudtrail_could_say(trail: CloudTrailDouble) -> None:
    trail.page_size = 1
    trail.happened("RunInstances", NIGHT, role="ci", resources=[INSTANCE])
    trail.happened("RunInstances", NIGHT, role="ci")
    client = boto3.client("cloudtrail", region_name="us-east-1", endpoint_url=trail.url)
    answer = client.lookup_events(StartTime=NIGHT, EndTime=NIGHT + timedelta(hours=1))
    answer.pop("ResponseMetadata")
    shape = client.meta.service_model.operation_model("LookupEvents").output_shape
    assert set(answer) == {"Events", "NextToken"}
    assert ParamValidator().validate(answer, shape).generate_report() == ""


def test_the_permission_it_takes_is_in_the_table() -> None:
    (feature,) = permissions.named(["cloudtrail"])
    assert [grant.actions for grant in feature.grants] == [("cloudtrail:LookupEvents",)]


def test_an_explanation_keeps_everything_else(trail: CloudTrailDouble) -> None:
    before = told()
    after = with_activity(before, Settings.model_validate({}), as_of=TODAY, wait=lambda _: None)
    assert replace(after, activity=None) == before
