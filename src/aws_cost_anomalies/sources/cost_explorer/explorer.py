"""Cost Explorer itself: asked page by page, each page metered. Knows its API, not what becomes of answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from aws_cost_anomalies import aws
from aws_cost_anomalies.aws.meter import Meter
from aws_cost_anomalies.aws.pages import pages
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.sources.cost_explorer.answers import (
    METRICS,
    Asked,
    Group,
    account_names,
    groups_of,
    nonsense,
)
from aws_cost_anomalies.sources.cost_explorer.query_plan import QueryPlan

ACTION = "ce:GetCostAndUsage"


class Explorer:
    """Questions to Cost Explorer over one client."""

    def __init__(self, meter: Meter, *, profile: str | None, region: str | None) -> None:
        """Connect; nothing is asked and nothing paid yet. Raises: CredentialsError, SettingsError."""
        self._profile = profile
        self._client = aws.client("ce", profile=profile, region=region)
        self._client.meta.events.register("before-send.cost-explorer", meter.before_send)
        self.account_names: dict[str, str] = {}

    def groups(self, period: Period, plan: QueryPlan, *, account: str | None = None) -> Iterator[Group]:
        """Every group of every day, over all pages; of one account where one is named.

        Raises:
            BadBill: a day is left out, a group comes twice, or an answer makes no sense.
            PaidRequestCapReached, ServiceUnavailable, AccessDenied, CredentialsError: as they happen.
        """
        asked = Asked(period, plan.at_once)
        answered: dict[date, set[tuple[str | None, ...]]] = {}
        for page in pages(self._page, _question(asked, account), of="Cost Explorer", token="NextPageToken"):
            # A name that was given stands before the one Cost Explorer knows.
            self.account_names |= account_names(page) | self.account_names
            for day, groups in groups_of(page, asked):
                yield from _new(groups, answered.setdefault(day, set()))
        missing = [day for day in period if day not in answered]
        if missing:
            raise nonsense(f"it leaves out {missing[0]}")

    def _page(self, **question: Any) -> dict[str, Any]:  # noqa: ANN401 - boto3's own
        try:
            with aws.translated(ACTION, profile=self._profile):
                page = dict(self._client.get_cost_and_usage(**question))
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            # botocore takes the shape of an answer for granted and stumbles over any other.
            raise nonsense("it cannot be read") from error
        token = page.get("NextPageToken")
        if token and not isinstance(token, str):
            raise nonsense(f"its page token is {token!r}")
        return page


def _question(asked: Asked, account: str | None) -> dict[str, Any]:
    question: dict[str, Any] = {
        "TimePeriod": {"Start": str(asked.period.start), "End": str(asked.period.end)},
        "Granularity": "DAILY",
        "Metrics": list(METRICS),
        "GroupBy": [{"Type": grouping.type, "Key": grouping.key} for grouping in asked.groupings],
    }
    if account is not None:
        question["Filter"] = {"Dimensions": {"Key": "LINKED_ACCOUNT", "Values": [account]}}
    return question


def _new(groups: list[Group], seen: set[tuple[str | None, ...]]) -> Iterator[Group]:
    for group in groups:
        key = tuple(group.values.values())
        if key in seen:
            raise nonsense(f"it gives {' · '.join(map(str, key))} of {group.day} twice")
        seen.add(key)
        yield group
