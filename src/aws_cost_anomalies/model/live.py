"""What AWS says now: costs and forecasts of Cost Explorer, metrics and alarms of CloudWatch, budgets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Dimension, Scope

Granularity = Literal["daily", "monthly"]


@dataclass(frozen=True, slots=True)
class Paid:
    """What asking cost: HTTP requests, pages and retries included, and their price in USD."""

    requests: int = 0
    usd: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class CostQuestion:
    """What Cost Explorer is asked.

    Attributes:
        metric: its short name, e.g. unblended.
        group_by: at most two dimensions.
        within: only the charges of this slice.
    """

    period: Period
    metric: str = "unblended"
    granularity: Granularity = "daily"
    group_by: tuple[Dimension, ...] = ()
    within: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True)
class LiveCost:
    """The cost of one slice over one day or month, in `currency`; it may change while `is_estimated`."""

    period: Period
    scope: Scope
    amount: Decimal
    currency: str
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class LiveCosts:
    """What Cost Explorer answers, the days in order and the largest of each first."""

    question: CostQuestion
    costs: tuple[LiveCost, ...]
    paid: Paid

    def totals(self) -> dict[str, Decimal]:
        """Currency → sum of all costs."""
        sums: dict[str, Decimal] = {}
        for cost in self.costs:
            sums[cost.currency] = sums.get(cost.currency, Decimal(0)) + cost.amount
        return sums


@dataclass(frozen=True, slots=True)
class ForecastCost:
    """The cost expected of one day or month, and the interval it lies in with the forecast's confidence."""

    period: Period
    mean: Decimal
    lower: Decimal | None = None
    upper: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CostForecast:
    """Cost Explorer's forecast.

    Attributes:
        question: its period begins today.
        total: of the whole period, currency.
        confidence: percent, of the intervals.
    """

    question: CostQuestion
    total: Decimal
    currency: str
    confidence: int
    costs: tuple[ForecastCost, ...]
    paid: Paid


@dataclass(frozen=True, slots=True)
class MetricQuestion:
    """Which metric of CloudWatch is asked for.

    Attributes:
        dimensions: name → value, all of those the metric has.
        start: aware; end likewise, exclusive.
        seconds: between two points.
    """

    namespace: str
    name: str
    start: datetime
    end: datetime
    dimensions: tuple[tuple[str, str], ...] = ()
    statistic: Literal["Average", "Sum", "Minimum", "Maximum", "SampleCount"] = "Average"
    seconds: int = 3_600


@dataclass(frozen=True, slots=True)
class MetricSeries:
    """The points of a metric in order of time, each aware moment with its value; none when it has none."""

    question: MetricQuestion
    region: str
    unit: str
    points: tuple[tuple[datetime, float], ...]


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm of CloudWatch.

    Attributes:
        state: OK, ALARM or INSUFFICIENT_DATA; reason likewise in CloudWatch's words.
        is_billing: whether it watches what AWS bills.
        threshold: what the metric is compared with; None for an alarm over other alarms.
        comparison: how, e.g. GreaterThanThreshold.
        updated_at: aware, when the state changed last.
    """

    name: str
    state: str
    reason: str
    is_billing: bool
    metric: str
    dimensions: tuple[tuple[str, str], ...]
    threshold: float | None
    comparison: str
    updated_at: datetime | None


@dataclass(frozen=True, slots=True)
class Budget:
    """A budget of AWS Budgets: its limit, what was spent of it, and what AWS expects.

    Attributes:
        kind: COST, USAGE, or a utilization or coverage of commitments.
        span: DAILY, MONTHLY, QUARTERLY or ANNUALLY.
        limit: in `unit`; None when it is planned month by month and this one has none.
        forecast: None when AWS makes none.
        start: first day it holds; end: when it ceases to.
    """

    name: str
    kind: str
    span: str
    unit: str
    limit: Decimal | None
    actual: Decimal | None
    forecast: Decimal | None
    start: date | None
    end: date | None
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def used_percent(self) -> Decimal | None:
        """How much of the limit is spent, percent."""
        return None if not self.limit or self.actual is None else 100 * self.actual / self.limit

    @property
    def is_exceeded(self) -> bool:
        """Whether more is spent than the limit."""
        return self.limit is not None and self.actual is not None and self.actual > self.limit
