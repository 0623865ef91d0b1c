"""Cost Explorer, asked live: what was spent, and what it expects. Every page is a paid request, and metered.

Knows its two operations and takes their answers at their word only where they make sense.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from aws_cost_anomalies.aws.failures import translated
from aws_cost_anomalies.aws.meter import Meter
from aws_cost_anomalies.aws.pages import pages
from aws_cost_anomalies.aws.session import client
from aws_cost_anomalies.errors import ServiceUnavailable
from aws_cost_anomalies.model.period import Period

NAME = "Cost Explorer"
CONFIDENCE = 80
"""Percent; what Cost Explorer's own console shows."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question in Cost Explorer's words.

    Attributes:
        granularity: DAILY or MONTHLY.
        metric: e.g. UnblendedCost.
        group_by: type and key of at most two groupings, e.g. `("DIMENSION", "SERVICE")`.
        within: type, key and values that charges must have.
    """

    period: Period
    granularity: str
    metric: str
    group_by: tuple[tuple[str, str], ...] = ()
    within: tuple[tuple[str, str, tuple[str, ...]], ...] = ()

    def asked(self) -> dict[str, Any]:
        """What both operations take."""
        asked: dict[str, Any] = {
            "TimePeriod": {"Start": str(self.period.start), "End": str(self.period.end)},
            "Granularity": self.granularity,
        }
        parts = [_filter(*each) for each in self.within]
        if parts:
            asked["Filter"] = parts[0] if len(parts) == 1 else {"And": parts}
        return asked


@dataclass(frozen=True, slots=True)
class Spent:
    """The amount of one group over one day or month; `keys` as Cost Explorer writes them."""

    period: Period
    keys: tuple[str, ...]
    amount: Decimal
    unit: str
    is_estimated: bool


@dataclass(frozen=True, slots=True)
class Expected:
    """The amount expected of one day or month, and its interval."""

    period: Period
    mean: Decimal
    lower: Decimal | None
    upper: Decimal | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is expected of all days together, and of each day or month."""

    total: Decimal
    unit: str
    parts: tuple[Expected, ...]


def spent(question: Question, meter: Meter, *, profile: str | None, region: str | None) -> tuple[Spent, ...]:
    """Every group of every day or month, over all pages.

    Raises:
        PaidRequestCapReached: before the request that would be one too many.
        AccessDenied, CredentialsError, NoData, SettingsError, UsageError: as they happen.
        ServiceUnavailable: it does not answer, or its answer makes no sense.
    """
    explorer = _metered(meter, profile, region)
    asked: dict[str, Any] = {**question.asked(), "Metrics": [question.metric]}
    if question.group_by:
        asked["GroupBy"] = [{"Type": kind, "Key": key} for kind, key in question.group_by]
    found: list[Spent] = []
    with _sensible(), translated("ce:GetCostAndUsage", profile=profile):
        for page in pages(explorer.get_cost_and_usage, asked, of=NAME, token="NextPageToken"):
            for result in page["ResultsByTime"]:
                found += _spent(result, question)
    return tuple(found)


def forecast(question: Question, meter: Meter, *, profile: str | None, region: str | None) -> Forecast:
    """What Cost Explorer expects of days to come; one request.

    Args:
        question: ungrouped; its period begins today.
        meter: counts the request.
        profile: of the AWS configuration.
        region: of the endpoint.

    Raises:
        NoData: there is too little history for a forecast.
        PaidRequestCapReached, AccessDenied, CredentialsError, SettingsError, UsageError: as they happen.
        ServiceUnavailable: it does not answer, or its answer makes no sense.
    """
    explorer = _metered(meter, profile, region)
    asked = {**question.asked(), "Metric": question.metric, "PredictionIntervalLevel": CONFIDENCE}
    with _sensible(), translated("ce:GetCostForecast", profile=profile):
        answer = explorer.get_cost_forecast(**asked)
        parts = tuple(_expected(part) for part in answer["ForecastResultsByTime"])
        return Forecast(Decimal(answer["Total"]["Amount"]), answer["Total"]["Unit"], parts)


@contextmanager
def _sensible() -> Iterator[None]:
    """A block in which an answer of another shape is told as one that cannot be read."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError, InvalidOperation) as error:
        raise ServiceUnavailable(NAME, "its answer cannot be read") from error


def _metered(meter: Meter, profile: str | None, region: str | None) -> Any:  # noqa: ANN401 - boto3's own
    explorer = client("ce", profile=profile, region=region)
    explorer.meta.events.register("before-send.cost-explorer", meter.before_send)
    return explorer


def _spent(result: Mapping[str, Any], question: Question) -> Iterator[Spent]:
    period = _period(result["TimePeriod"])
    estimated = bool(result.get("Estimated", False))
    groups = result["Groups"] if question.group_by else [{"Keys": [], "Metrics": result["Total"]}]
    for group in groups:
        keys = tuple(str(key) for key in group["Keys"])
        if len(keys) != len(question.group_by):
            raise ValueError(keys)
        told = group["Metrics"][question.metric]
        yield Spent(period, keys, _amount(told["Amount"]), str(told["Unit"]), estimated)


def _expected(part: Mapping[str, Any]) -> Expected:
    lower, upper = part.get("PredictionIntervalLowerBound"), part.get("PredictionIntervalUpperBound")
    return Expected(
        _period(part["TimePeriod"]),
        _amount(part["MeanValue"]),
        None if lower is None else _amount(lower),
        None if upper is None else _amount(upper),
    )


def _amount(text: str) -> Decimal:
    amount = Decimal(text)
    if not amount.is_finite():
        raise ValueError(text)
    return amount


def _period(told: Mapping[str, str]) -> Period:
    return Period(date.fromisoformat(told["Start"]), date.fromisoformat(told["End"]))


def _filter(kind: str, key: str, values: tuple[str, ...]) -> dict[str, Any]:
    name = {"DIMENSION": "Dimensions", "TAG": "Tags", "COST_CATEGORY": "CostCategories"}[kind]
    return {name: {"Key": key, "Values": list(values)}}
