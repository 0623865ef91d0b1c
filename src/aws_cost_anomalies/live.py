"""AWS asked now, besides what was imported: costs, forecasts, metrics, alarms, budgets, account names.

Knows what a paid request costs and writes it into the ledger, also when the answer fails. What AWS answers
here is handed on and not kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal

from aws_cost_anomalies.aws import Accounts, account_names
from aws_cost_anomalies.aws.budgets import budgets
from aws_cost_anomalies.aws.costs import CONFIDENCE, Question, Spent, forecast, spent
from aws_cost_anomalies.aws.meter import PRICE, Meter
from aws_cost_anomalies.aws.watch import alarms, metric_series
from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.model.live import (
    Alarm,
    Budget,
    CostForecast,
    CostQuestion,
    ForecastCost,
    LiveCost,
    LiveCosts,
    MetricQuestion,
    MetricSeries,
    Paid,
)
from aws_cost_anomalies.model.load import ApiCall
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import NONE, Dimension, Scope
from aws_cost_anomalies.model.services import canonical
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.sources.cost_explorer.query_plan import MOST_GROUPINGS, Grouping
from aws_cost_anomalies.store import Store

MOST_REQUESTS = 10
"""Paid requests that one question may make when nothing else is said."""
_METRICS = {
    "unblended": "UnblendedCost",
    "net-amortized": "NetAmortizedCost",
    "amortized": "AmortizedCost",
    "blended": "BlendedCost",
}
_FORECAST_METRICS = {
    "unblended": "UNBLENDED_COST",
    "net-amortized": "NET_AMORTIZED_COST",
    "amortized": "AMORTIZED_COST",
    "blended": "BLENDED_COST",
}
_SPANS = {"daily": "DAILY", "monthly": "MONTHLY"}
_KNOWN = "service, account, region, charge-type, usage-type, tag:KEY, cost-category:NAME"


class Live:
    """AWS as it answers now, with the profile and regions of the settings.

    Every method may raise AccessDenied (it names the IAM action), CredentialsError, SettingsError and
    ServiceUnavailable. Those that pay may also raise PaidRequestCapReached, and StoreBusy before they pay.
    """

    def __init__(self, settings: Settings, store: Store, *, as_of: date, now: datetime) -> None:
        """Ask nothing yet; arguments as App's."""
        self._store = store
        self._as_of = as_of
        self._now = now
        self._profile = settings.aws_profile or None
        self._billing_region = settings.cost_explorer.region

    def costs(self, question: CostQuestion, *, most_requests: int = MOST_REQUESTS) -> LiveCosts:
        """What was spent, as Cost Explorer knows it now; 0.01 USD a page.

        Services go by the names that imported data has. Raises: InvalidArgument.
        """
        asked = _asked(question)
        meter = Meter()
        meter.allow(most_requests)
        with self._paying(meter, "GetCostAndUsage", str(question.period)):
            told = spent(asked, meter, profile=self._profile, region=self._billing_region)
        return LiveCosts(question, _costs(told, question.group_by), _paid(meter))

    def forecast(self, question: CostQuestion, *, most_requests: int = MOST_REQUESTS) -> CostForecast:
        """What Cost Explorer expects of the days from today on; 0.01 USD, and as much for each retry.

        Raises: InvalidArgument; NoData: Cost Explorer has too little history for one.
        """
        asked = self._forecast_asked(question)
        meter = Meter()
        meter.allow(most_requests)
        with self._paying(meter, "GetCostForecast", str(question.period)):
            told = forecast(asked, meter, profile=self._profile, region=self._billing_region)
        parts = tuple(ForecastCost(part.period, part.mean, part.lower, part.upper) for part in told.parts)
        return CostForecast(question, told.total, told.unit, CONFIDENCE, parts, _paid(meter))

    def metric(self, question: MetricQuestion, *, region: str | None = None) -> MetricSeries:
        """The points of a CloudWatch metric; a million such requests a month are free.

        Args:
            question: which.
            region: where; None means the profile's.

        Raises: InvalidArgument.
        """
        return metric_series(question, profile=self._profile, region=region)

    def alarms(self, *, region: str | None = None, only_billing: bool = False) -> tuple[Alarm, ...]:
        """CloudWatch's alarms, those that ring first; those on what AWS bills are in one region only.

        Args:
            region: where; None means the region of billing.
            only_billing: whether others are left out.
        """
        found = alarms(profile=self._profile, region=region or self._billing_region)
        return tuple(alarm for alarm in found if alarm.is_billing or not only_billing)

    def budgets(self) -> tuple[Budget, ...]:
        """The budgets of the account: limit, actual, forecast. AWS does not charge for telling."""
        return budgets(profile=self._profile, region=self._billing_region)

    def accounts(self) -> Accounts:
        """The accounts of the organization and their names, or why these credentials may not list them."""
        return account_names(profile=self._profile)

    def _forecast_asked(self, question: CostQuestion) -> Question:
        if question.period.start != self._as_of:
            raise InvalidArgument("The first day of a forecast", str(question.period.start), str(self._as_of))
        if question.group_by:
            raise InvalidArgument("The grouping of a forecast", len(question.group_by), "none")
        return _asked(question, _FORECAST_METRICS)

    @contextmanager
    def _paying(self, meter: Meter, operation: str, note: str) -> Iterator[None]:
        """Keep the ledger even when the question fails: what was paid was paid."""
        with self._store.writing(self._now) as writer:
            try:
                yield
            finally:
                if meter.sent:
                    usd = PRICE * meter.sent
                    call = ApiCall(self._now, "ce", operation, requests=meter.sent, usd=usd, note=note)
                    writer.record_api_call(call)
                    writer.publish()


def _paid(meter: Meter) -> Paid:
    return Paid(meter.sent, PRICE * meter.sent)


def _asked(question: CostQuestion, metrics: dict[str, str] = _METRICS) -> Question:
    """The question in Cost Explorer's words. Raises: InvalidArgument."""
    if question.metric not in metrics:
        raise InvalidArgument("The metric", question.metric, ", ".join(metrics))
    if len(question.group_by) > MOST_GROUPINGS:
        raise InvalidArgument("The grouping", len(question.group_by), f"at most {MOST_GROUPINGS} dimensions")
    if not question.period.days:
        raise InvalidArgument("The days", str(question.period), "at least one")
    return Question(
        period=question.period,
        granularity=_SPANS[question.granularity],
        metric=metrics[question.metric],
        group_by=tuple((each.type, each.key) for each in map(_grouping, question.group_by)),
        within=tuple(_within(key, value) for key, value in question.within.values),
    )


def _grouping(dimension: Dimension) -> Grouping:
    found = Grouping.parse(dimension.name)
    if found is None:
        raise InvalidArgument("A dimension of Cost Explorer", dimension.name, _KNOWN)
    return found


def _within(key: str, value: str) -> tuple[str, str, tuple[str, ...]]:
    """Type, key and values; a service by all names it goes by, a missing value as Cost Explorer writes it."""
    (dimension,) = Dimension.parse(key)
    grouping = _grouping(dimension)
    known = canonical(value) if dimension.name == "service" else None
    if known:
        return grouping.type, grouping.key, (known.name, *known.aliases)
    return grouping.type, grouping.key, ("" if value == NONE else value,)


def _costs(told: Sequence[Spent], group_by: Sequence[Dimension]) -> tuple[LiveCost, ...]:
    """The amounts under our names, those that share one added up."""
    sums: dict[tuple[Period, Scope, str], Decimal] = defaultdict(Decimal)
    estimated: set[Period] = set()
    for each in told:
        scope = Scope.of(group_by, [_value(d, key) for d, key in zip(group_by, each.keys, strict=True)])
        sums[each.period, scope, each.unit] += each.amount
        if each.is_estimated:
            estimated.add(each.period)
    costs = [
        LiveCost(period, scope, amount, unit, period in estimated)
        for (period, scope, unit), amount in sums.items()
    ]
    return tuple(sorted(costs, key=lambda cost: (cost.period, -abs(cost.amount), cost.scope)))


def _value(dimension: Dimension, key: str) -> str | None:
    if dimension.tag is not None:
        return key.partition("$")[2] or None
    known = canonical(key) if dimension.name == "service" else None
    return known.name if known else key or None
