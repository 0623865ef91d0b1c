"""Tools that ask AWS now, beside what was imported: costs, forecasts, metrics, alarms, budgets, accounts."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from aws_cost_anomalies.agent.tool import Arguments, Basis, Effect, Result, tool
from aws_cost_anomalies.agent.tools.costs import DAYS, Nothing
from aws_cost_anomalies.aws.meter import PRICE
from aws_cost_anomalies.model.live import CostQuestion, MetricQuestion
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Dimension, Scope

if TYPE_CHECKING:
    from aws_cost_anomalies.app import App
    from aws_cost_anomalies.model.live import CostForecast, LiveCosts

MOST_PAGES = 3
"""Requests a live question may turn out to take, pages and retries; each is paid."""
Region = Annotated[str, Field(pattern=r"^[a-z]{2}(-[a-z]+)+-\d$")]
Document = dict[str, object]
Statistic = Literal["Average", "Sum", "Minimum", "Maximum", "SampleCount"]


class LiveAsked(Arguments):
    """What `live_costs` takes."""

    period: str = Field(description=f"when: {DAYS}")
    group_by: str = Field("service", description="service, account, region, tag:KEY or total; + joins two")
    filter: dict[str, str] = Field(default_factory=dict, description="only these: dimension → exact value")
    metric: Literal["unblended", "net-amortized", "amortized", "blended"] = "unblended"
    granularity: Literal["daily", "monthly"] = "monthly"

    def question(self) -> CostQuestion:
        """As Cost Explorer is asked. Raises: InvalidArgument."""
        pairs = tuple((Dimension(name).key, value) for name, value in self.filter.items())
        return CostQuestion(
            period=Period.parse(self.period),
            metric=self.metric,
            granularity=self.granularity,
            group_by=Dimension.parse(self.group_by),
            within=Scope(pairs),
        )


class ForecastAsked(Arguments):
    """What `cost_forecast` takes."""

    days: Annotated[int, Field(ge=1, le=365)] = Field(30, description="how many days from today on")
    metric: Literal["unblended", "net-amortized", "amortized", "blended"] = "unblended"


class MetricAsked(Arguments):
    """What `cloudwatch_metric` takes."""

    namespace: str = Field(description="e.g. AWS/EC2, AWS/Lambda, AWS/S3")
    name: str = Field(description="e.g. CPUUtilization, Invocations")
    period: str = Field(description=f"when, UTC: {DAYS}")
    dimensions: dict[str, str] = Field(
        default_factory=dict, description="all of the metric, e.g. {'InstanceId': …}"
    )
    statistic: Statistic = "Average"
    seconds: Annotated[int, Field(ge=60, le=86_400, multiple_of=60)] = Field(
        3_600, description="between points"
    )
    region: Region | None = Field(None, description="default: the profile's")


class AlarmsAsked(Arguments):
    """What `cloudwatch_alarms` takes."""

    only_billing: bool = Field(default=True, description="only alarms on what AWS bills")
    region: Region | None = Field(None, description="default: where billing alarms are")


def live_costs(app: App, asked: LiveAsked) -> Result:
    """Costs as Cost Explorer knows them at this moment; 0.01 USD a request, so ask the database first.

    Use it for days that are not imported yet, or to check an import.
    """
    found = app.live.costs(asked.question(), most_requests=MOST_PAGES)
    return Result(_costs(found), _basis("GetCostAndUsage", found.question))


def cost_forecast(app: App, asked: ForecastAsked) -> Result:
    """What Cost Explorer expects to be spent from today on, in total, with its interval; 0.01 USD."""
    question = CostQuestion(
        period=Period(app.as_of, app.as_of + timedelta(days=asked.days)),
        metric=asked.metric,
        granularity="monthly",
    )
    found = app.live.forecast(question, most_requests=MOST_PAGES)
    return Result(_forecast(found), _basis("GetCostForecast", question))


def cloudwatch_metric(app: App, asked: MetricAsked) -> Result:
    """A metric of CloudWatch over time, for instance whether a resource was used at all."""
    days = Period.parse(asked.period)
    question = MetricQuestion(
        namespace=asked.namespace,
        name=asked.name,
        start=datetime.combine(days.start, time(), UTC),
        end=datetime.combine(days.end, time(), UTC),
        dimensions=tuple(asked.dimensions.items()),
        statistic=asked.statistic,
        seconds=asked.seconds,
    )
    found = app.live.metric(question, region=asked.region)
    points = [{"at": at, "value": value} for at, value in found.points]
    document = {"region": found.region, "unit": found.unit, "statistic": asked.statistic, "points": points}
    return Result(document, Basis("GetMetricStatistics", start=days.start, end=days.last_day))


def cloudwatch_alarms(app: App, asked: AlarmsAsked) -> Result:
    """Alarms of CloudWatch with their state, those that ring first; billing alarms unless asked otherwise."""
    found = app.live.alarms(region=asked.region, only_billing=asked.only_billing)
    return Result({"alarms": [asdict(alarm) for alarm in found]}, Basis("DescribeAlarms"))


def budgets(app: App, _asked: Nothing) -> Result:
    """The budgets of the account: limit, actual spend, AWS's forecast, and whether the limit is exceeded."""
    found = [
        {**asdict(each), "used_percent": each.used_percent, "is_exceeded": each.is_exceeded}
        for each in app.live.budgets()
    ]
    return Result({"budgets": found}, Basis("DescribeBudgets"))


def organization_accounts(app: App, _asked: Nothing) -> Result:
    """The accounts of the organization: id and name."""
    found = app.live.accounts()
    return Result({"accounts": dict(found.names), "problem": found.problem}, Basis("ListAccounts"))


def _costs(found: LiveCosts) -> Document:
    costs = [
        {
            "start_date": each.period.start,
            "end_date": each.period.last_day,
            "scope": each.scope.as_dict(),
            "amount": each.amount,
            "currency": each.currency,
            "is_estimated": each.is_estimated,
        }
        for each in found.costs
    ]
    return {"totals": found.totals(), "costs": costs, "paid_usd": found.paid.usd}


def _forecast(found: CostForecast) -> Document:
    parts = [
        {
            "start_date": each.period.start,
            "end_date": each.period.last_day,
            "mean": each.mean,
            "lower": each.lower,
            "upper": each.upper,
        }
        for each in found.costs
    ]
    return {
        "total": found.total,
        "currency": found.currency,
        "confidence_percent": found.confidence,
        "costs": parts,
        "paid_usd": found.paid.usd,
    }


def _basis(operation: str, question: CostQuestion) -> Basis:
    days = question.period
    return Basis(operation, "Cost Explorer", question.metric, days.start, days.last_day)


LIVE_TOOLS = (
    tool(live_costs, effect=Effect.PAYS, price=lambda _app, _asked: float(PRICE) * MOST_PAGES),
    tool(cost_forecast, effect=Effect.PAYS, price=lambda _app, _asked: float(PRICE) * MOST_PAGES),
    tool(cloudwatch_metric),
    tool(cloudwatch_alarms),
    tool(budgets),
    tool(organization_accounts),
)
