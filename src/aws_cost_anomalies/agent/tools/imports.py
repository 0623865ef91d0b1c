"""Tools that bring bills into the store: they write and may cost money, so somebody has to allow them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from aws_cost_anomalies.agent.tool import Arguments, Basis, Effect, Result, tool
from aws_cost_anomalies.aws.meter import PRICE
from aws_cost_anomalies.model.answers import Wanted

if TYPE_CHECKING:
    from aws_cost_anomalies.app import App

MOST_PAGES = 3
"""Pages that a planned request may turn out to have."""


class FromCostExplorer(Arguments):
    """What `import_cost_explorer` takes."""

    days: Annotated[int, Field(ge=1, le=365)] = Field(30, description="days back from today")


class FromExport(Arguments):
    """What `import_export` takes."""

    source: Literal["cur", "focus"] = Field(description="kind of export")
    path: str | None = Field(None, description="folder or s3://bucket/prefix; default: as configured")
    month: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")] | None = Field(
        None, description="one billing period, YYYY-MM; default: all that changed"
    )


def import_cost_explorer(app: App, asked: FromCostExplorer) -> Result:
    """Fetch daily costs by service and account from Cost Explorer into the database; 0.01 USD a request."""
    return _imported(app, _capped(app, asked), "GetCostAndUsage")


def import_export(app: App, asked: FromExport) -> Result:
    """Load a CUR or FOCUS export from S3 or a folder into the database; what did not change is skipped."""
    return _imported(app, Wanted(source=asked.source, path=asked.path, month=asked.month), asked.source)


def price_of_cost_explorer(app: App, asked: FromCostExplorer) -> float:
    """USD that the import costs at most."""
    return float(PRICE) * (_capped(app, asked).max_paid_requests or 0)


def _capped(app: App, asked: FromCostExplorer) -> Wanted:
    """The import, stopped before it costs much more than planned: pages are only known when they come.

    Whoever set a lower cap in the settings meant the tools too.
    """
    wanted = Wanted(source="cost_explorer", days=asked.days)
    planned = app.plan_ingest(wanted).plan.paid_requests
    most = min(max(MOST_PAGES * planned, 1), app.settings.cost_explorer.max_paid_requests)
    return replace(wanted, max_paid_requests=most)


def _imported(app: App, wanted: Wanted, where: str) -> Result:
    job = app.plan_ingest(wanted)
    bills = [
        {
            "export": bill.export,
            "billing_period": bill.billing_period,
            "status": bill.status,
            "line_items": bill.line_items,
            "problem": bill.problem,
        }
        for bill in app.ingest(job)
    ]
    paid = float(PRICE) * job.paid_requests
    return Result({"as_of": app.as_of, "bills": bills, "paid_usd": paid}, Basis(where))


IMPORT_TOOLS = (
    tool(import_cost_explorer, effect=Effect.PAYS, price=price_of_cost_explorer),
    tool(import_export, effect=Effect.WRITES),
)
