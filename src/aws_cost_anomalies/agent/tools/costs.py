"""Tools over the costs that are loaded: what there is, trends, comparisons, slices down to resources."""

from __future__ import annotations

from statistics import fmean, median, pstdev
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from aws_cost_anomalies.agent.tool import Arguments, Basis, Result, tool
from aws_cost_anomalies.model.answer_document import comparison_document, trends_document
from aws_cost_anomalies.model.answers import Asked
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Dimension, Scope

if TYPE_CHECKING:
    from aws_cost_anomalies.app import App
    from aws_cost_anomalies.model.answers import Trends

Metric = Literal["net-amortized", "unblended", "blended"]
Source = Literal["cost-explorer", "cur", "focus", "sample"]
Currency = Annotated[str, Field(pattern="^[A-Za-z]{3}$")] | None
CURRENCY = "ISO code, where loaded_data names several currencies; default: as configured; never add two"
SUMMARY, LINE_ITEMS = "daily_cost_summary", "cost_line_items"
DAYS = "days as FROM..TO (both in it), one day, or a month, e.g. 2026-08-01..2026-08-31 or 2026-08"
GROUPINGS = (
    "service, account, region, usage-type, charge-category, tag:KEY, cost-category:NAME, or total;"
    " + joins several, e.g. service+account"
)


def data_source(word: Source | None) -> str | None:
    """The data source that a word means, as the store has it."""
    return word.replace("-", "_") if word else None


class Slice(Arguments):
    """Which charges."""

    filter: dict[str, str] = Field(
        default_factory=dict,
        description="only these charges: dimension → exact value, e.g. {'service': 'Amazon Athena'}",
    )
    source: Source | None = Field(None, description="data source; default: the most detailed loaded")
    metric: Metric | None = Field(None, description="cost looked at; default: as configured")
    currency: Currency = Field(None, description=CURRENCY)

    def asked(self, group_by: str | None) -> Asked:
        """The question, grouped so. Raises: InvalidArgument."""
        pairs = tuple((Dimension(name).key, value) for name, value in self.filter.items())
        return Asked(
            source=data_source(self.source),
            metric=self.metric,
            group_by=group_by,
            currency=self.currency,
            within=Scope(pairs),
        )

    def table(self, group_by: str) -> str:
        """Where its figures come from: only line items know resources and operations."""
        looked_at = (*map(Dimension, self.filter), *Dimension.parse(group_by))
        return LINE_ITEMS if any(each.is_line_item_only for each in looked_at) else SUMMARY


class Nothing(Arguments):
    """No argument."""


class TrendAsked(Slice):
    """What `cost_trend` takes."""

    period: str | None = Field(None, description=f"{DAYS}; default: the last `days` days")
    days: Annotated[int, Field(ge=1, le=1100)] = Field(30, description="how many days back, without period")
    group_by: str = Field("service", description=GROUPINGS)
    granularity: Literal["daily", "weekly", "monthly"] = "daily"
    top: Annotated[int, Field(ge=1, le=100)] = Field(10, description="rows; the rest is summed as other")


class TwoPeriods(Slice):
    """What `compare_periods` takes."""

    a: str = Field(description=f"the period compared with: {DAYS}")
    b: str = Field(description="the period looked at, likewise")
    group_by: str = Field("service", description=GROUPINGS)
    top: Annotated[int, Field(ge=1, le=100)] = 10


class DrillDownAsked(Slice):
    """What `drill_down` takes."""

    period: str = Field(description=f"when: {DAYS}")
    by: Literal["usage-type", "operation", "resource"] = "usage-type"
    top: Annotated[int, Field(ge=1, le=100)] = 10


class ChangeAsked(Slice):
    """What `attribute_change` takes."""

    a: str = Field(description=f"the period before the change: {DAYS}")
    b: str = Field(description="the period with it, likewise; of the same length")
    by: Literal["resource", "operation", "operation+resource"] = "resource"
    top: Annotated[int, Field(ge=1, le=100)] = 10


def loaded_data(app: App, _asked: Nothing) -> Result:
    """What is in the database.

    Per data source the days covered, the last settled day, rows and currencies; tag keys to group by;
    accounts with their names. Ask this first when unsure what there is. Data sources describe the same
    bill twice: never add figures of two of them.
    """
    coverage = app.coverage()
    sources = [
        {
            "data_source": each.data_source,
            "first_day": each.covered.start,
            "last_day": each.covered.last_day,
            "settled_through": each.settled_through,
            "loaded_at": each.loaded_at,
            "rows": each.rows,
            "currencies": each.currencies,
        }
        for each in coverage
    ]
    document = {
        "as_of": app.as_of,
        "is_empty": not coverage,
        "sources": sources,
        "tag_keys": app.store.tag_keys(),
        "account_names": app.account_names(),
    }
    return Result(document, Basis("ingestion_log"))


def cost_trend(app: App, asked: TrendAsked) -> Result:
    """Cost over time.

    Total, top groups and the rest per day, week or month, with summary statistics of the total (mean,
    median, standard deviation, smallest and largest bucket). Use it for rankings such as the most
    expensive services, for totals of a period, and to see whether something is flat.
    """
    trends = app.trends(
        asked.asked(asked.group_by),
        days=asked.days,
        period=Period.parse(asked.period) if asked.period else None,
        granularity=asked.granularity,
        top=asked.top,
    )
    document = trends_document(trends, as_of=app.as_of)
    return Result(
        {**document, "statistics": _statistics(trends)}, Basis.of(document, asked.table(asked.group_by))
    )


def compare_periods(app: App, asked: TwoPeriods) -> Result:
    """Two periods side by side: what moved most, what is new, what is gone, and the total of each."""
    compared = app.compare(
        Period.parse(asked.a), Period.parse(asked.b), asked.asked(asked.group_by), top=asked.top
    )
    document = comparison_document(compared, as_of=app.as_of)
    return Result(document, _of_both(document, asked.table(asked.group_by), a=compared.a, b=compared.b))


def drill_down(app: App, asked: DrillDownAsked) -> Result:
    """Below a spike.

    The usage types, operations or resources that made up the charges of a slice in a period, the
    largest first. Operations and resources need CUR, FOCUS or sample data.
    """
    period = Period.parse(asked.period)
    trends = app.trends(asked.asked(asked.by), period=period, granularity="monthly", top=asked.top)
    document = trends_document(trends, as_of=app.as_of)
    return Result(document, Basis.of(document, asked.table(asked.by)))


def attribute_change(app: App, asked: ChangeAsked) -> Result:
    """Which resources or operations carry a change between two periods, at line-item level.

    New ones, gone ones, and those that cost more or less; their changes add up to the total. Needs CUR,
    FOCUS or sample.
    """
    compared = app.compare(Period.parse(asked.a), Period.parse(asked.b), asked.asked(asked.by), top=asked.top)
    document = comparison_document(compared, as_of=app.as_of)
    return Result(document, _of_both(document, asked.table(asked.by), a=compared.a, b=compared.b))


def _of_both(document: dict[str, object], table: str, *, a: Period, b: Period) -> Basis:
    days = {"start_date": min(a.start, b.start), "end_date": max(a.last_day, b.last_day)}
    return Basis.of({**document, **days}, table)


def _statistics(trends: Trends) -> dict[str, object]:
    """Of the total per bucket; a bucket that is not whole is left out of nothing and named by its day."""
    known = [
        (cost, day) for cost, day in zip(trends.total.costs, trends.buckets, strict=True) if cost is not None
    ]
    if not known:
        return {}
    costs = [cost for cost, _ in known]
    return {
        "buckets": len(costs),
        "mean": fmean(costs),
        "median": median(costs),
        "standard_deviation": pstdev(costs),
        "smallest": {"cost": min(known)[0], "from": min(known)[1]},
        "largest": {"cost": max(known)[0], "from": max(known)[1]},
    }


COST_TOOLS = tuple(
    tool(use) for use in (loaded_data, cost_trend, compare_periods, drill_down, attribute_change)
)
