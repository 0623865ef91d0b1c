"""Who did it: changes in CloudTrail around the first anomalous day, beside an explanation.

Knows an explanation and CloudTrail; only asked for by name or by `alerts.who_did_it`, since it asks AWS.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from aws_cost_anomalies import aws
from aws_cost_anomalies.analysis.deeds import deeds_of
from aws_cost_anomalies.aws.trail import changes
from aws_cost_anomalies.errors import AccessDenied, CredentialsError, ServiceUnavailable, SettingsError
from aws_cost_anomalies.model.activity import Activity
from aws_cost_anomalies.model.events import event_source
from aws_cost_anomalies.model.explanation import Explanation
from aws_cost_anomalies.model.period import ONE_DAY
from aws_cost_anomalies.model.scope import NONE, Dimension
from aws_cost_anomalies.settings import Settings

KEPT = timedelta(days=90)
"""CloudTrail's event history. Source: AWS CloudTrail user guide."""
MOST_DEEDS, MOST_REGIONS = 10, 3
WORTH_ASKING = 0.2
"""Values that carry less of the impact are not asked about."""
ELSEWHERE = "us-east-1"
"""Where global services write their events."""
_REGION = re.compile(r"[a-z]{2}(?:-[a-z]+)+-\d")


def with_activity(
    told: Explanation, settings: Settings, *, as_of: date, wait: Callable[[float], object]
) -> Explanation:
    """The explanation with what CloudTrail knows of the day before its first day and that day.

    Raises:
        AccessDenied, CredentialsError, SettingsError, ServiceUnavailable: as they happen.
    """
    start, end = _window(told)
    oldest = datetime.combine(as_of - KEPT, time(), UTC)
    asked = Activity(max(start, oldest), end)
    if end <= oldest:
        problem = f"CloudTrail keeps events for 90 days; {told.anomaly.start_date} is longer ago"
        return replace(told, activity=Activity(start, end, problem=problem))
    profile = settings.aws_profile or None
    if problem := _elsewhere(told, profile):
        return replace(told, activity=replace(asked, problem=problem))
    return replace(told, activity=_asked(told, asked, profile=profile, wait=wait))


def with_activity_if_known(
    told: Explanation, settings: Settings, *, as_of: date, wait: Callable[[float], object]
) -> Explanation:
    """As `with_activity`; where AWS would not say, the reason stands in the place of what was asked."""
    try:
        return with_activity(told, settings, as_of=as_of, wait=wait)
    except (AccessDenied, CredentialsError, SettingsError, ServiceUnavailable) as error:
        start, end = _window(told)
        return replace(told, activity=Activity(start, end, problem=error.message.rstrip(".")))


def _asked(
    told: Explanation, asked: Activity, *, profile: str | None, wait: Callable[[float], object]
) -> Activity:
    regions = [value for value in _leading(told, "region") if _REGION.fullmatch(value)] or [ELSEWHERE]
    sources = [source for name in _leading(told, "service") if (source := event_source(name))]
    answers = [
        changes(asked.start, asked.end, region=region, profile=profile, wait=wait)
        for region in regions[:MOST_REGIONS]
    ]
    deeds = deeds_of(
        (event for answer in answers for event in answer.events),
        sources=sources,
        resources=_leading(told, "resource", least=0.0),
        is_increase=told.anomaly.impact.total_impact >= 0,
    )
    return replace(
        asked,
        regions=tuple(regions[:MOST_REGIONS]),
        sources=tuple(sources),
        deeds=deeds[:MOST_DEEDS],
        is_cut=len(deeds) > MOST_DEEDS or any(answer.is_cut for answer in answers),
    )


def _window(told: Explanation) -> tuple[datetime, datetime]:
    """The day before the first anomalous one, and that day."""
    first = told.anomaly.start_date
    return datetime.combine(first - ONE_DAY, time(), UTC), datetime.combine(first + ONE_DAY, time(), UTC)


def _elsewhere(told: Explanation, profile: str | None) -> str:
    """Why these credentials cannot know: they are of another account than the anomaly."""
    accounts = _leading(told, "account")
    own = aws.caller_identity(profile=profile).account
    if not accounts or own in accounts:
        return ""
    return f"these credentials are of account {own}, and the anomaly is in {', '.join(accounts)}"


def _leading(told: Explanation, name: str, *, least: float = WORTH_ASKING) -> list[str]:
    """The values of a dimension that carry at least so much of the impact, the largest first."""
    own = told.anomaly.scope.as_dict().get(Dimension(name).key)
    if own is not None:
        return [own]
    total = told.anomaly.impact.total_impact
    split = next((each for each in told.breakdowns if each.dimension == name), None)
    if split is None or not total:
        return []
    return [
        value
        for cause in split.causes
        if cause.contribution / total > least and (value := cause.scope.values[-1][1]) != NONE
    ]
