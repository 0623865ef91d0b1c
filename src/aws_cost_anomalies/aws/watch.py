"""Metrics and alarms of Amazon CloudWatch in one region. Knows its API and its limits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from aws_cost_anomalies.aws.failures import translated
from aws_cost_anomalies.aws.session import client
from aws_cost_anomalies.errors import InvalidArgument, ServiceUnavailable
from aws_cost_anomalies.model.live import Alarm, MetricQuestion, MetricSeries

NAME = "Amazon CloudWatch"
MOST_POINTS = 1_440
"""Of one answer. Source: CloudWatch API reference, GetMetricStatistics."""
BILLING = "AWS/Billing"
"""The namespace of what AWS bills; its metrics are in one region only."""


def metric_series(asked: MetricQuestion, *, profile: str | None, region: str | None) -> MetricSeries:
    """The points of one metric, in order of time.

    Raises:
        InvalidArgument: more points than CloudWatch gives at once, or a step it does not know.
        AccessDenied, CredentialsError, SettingsError, UsageError: as they happen.
        ServiceUnavailable: it does not answer, or its answer makes no sense.
    """
    _refuse_too_many(asked)
    cloudwatch = client("cloudwatch", profile=profile, region=region)
    try:
        with translated("cloudwatch:GetMetricStatistics", profile=profile, region=region):
            answer = cloudwatch.get_metric_statistics(
                Namespace=asked.namespace,
                MetricName=asked.name,
                Dimensions=[{"Name": name, "Value": value} for name, value in asked.dimensions],
                StartTime=asked.start,
                EndTime=asked.end,
                Period=asked.seconds,
                Statistics=[asked.statistic],
            )
            told = answer["Datapoints"]
            points = sorted(
                (each["Timestamp"].astimezone(UTC), float(each[asked.statistic])) for each in told
            )
            unit = str(told[0].get("Unit", "None")) if told else ""
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise ServiceUnavailable(NAME, "its answer cannot be read") from error
    return MetricSeries(asked, cloudwatch.meta.region_name, unit, tuple(points))


def alarms(*, profile: str | None, region: str | None) -> tuple[Alarm, ...]:
    """Every alarm of a region, over all pages, those that ring first.

    Raises: as `metric_series`.
    """
    cloudwatch = client("cloudwatch", profile=profile, region=region)
    found: list[Alarm] = []
    try:
        with translated("cloudwatch:DescribeAlarms", profile=profile, region=region):
            for page in cloudwatch.get_paginator("describe_alarms").paginate():
                found += [_alarm(each) for each in page.get("MetricAlarms", ())]
                found += [_alarm(each) for each in page.get("CompositeAlarms", ())]
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise ServiceUnavailable(NAME, "its answer cannot be read") from error
    return tuple(sorted(found, key=lambda alarm: (alarm.state != "ALARM", not alarm.is_billing, alarm.name)))


def _alarm(told: Mapping[str, Any]) -> Alarm:
    metrics = [
        told,
        *(each["MetricStat"]["Metric"] for each in told.get("Metrics", ()) if "MetricStat" in each),
    ]
    namespaces = {each.get("Namespace") for each in metrics}
    named = next((each for each in metrics if each.get("MetricName")), told)
    updated = told.get("StateUpdatedTimestamp")
    threshold = told.get("Threshold")
    return Alarm(
        name=told["AlarmName"],
        state=told["StateValue"],
        reason=told.get("StateReason", ""),
        is_billing=BILLING in namespaces,
        metric=named.get("MetricName", ""),
        dimensions=tuple((each["Name"], each["Value"]) for each in named.get("Dimensions", ())),
        threshold=None if threshold is None else float(threshold),
        comparison=told.get("ComparisonOperator", ""),
        updated_at=updated.astimezone(UTC) if updated else None,
    )


def _refuse_too_many(asked: MetricQuestion) -> None:
    if asked.seconds < 60 or asked.seconds % 60:  # noqa: PLR2004 - a minute
        raise InvalidArgument("The step of a metric", asked.seconds, "whole minutes, in seconds")
    points = (asked.end - asked.start).total_seconds() / asked.seconds
    if not 0 < points <= MOST_POINTS:
        allowed = f"1 to {MOST_POINTS} points; take a longer step or fewer days"
        raise InvalidArgument("What is asked of a metric", f"{points:.0f} points", allowed)
