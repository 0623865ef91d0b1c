"""What the store keeps of every load, and what it can say of its data: records, coverage, restatements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from aws_cost_anomalies.model.bill import RawFile, RawFormat, Totals
from aws_cost_anomalies.model.period import Period


@dataclass(frozen=True, slots=True)
class Restatement:
    """BilledCost of one service that a load moved on a closed day, in `currency`."""

    day: date
    service: str
    currency: str
    change: Decimal


@dataclass(frozen=True, slots=True)
class Load:
    """One bill as it was loaded: where it came from, what it held, what it changed.

    Attributes:
        period: the days the delivery spoke for.
        billing_period: `YYYY-MM`, or `FROM..TO` for a plain range of days.
        version: of the delivery; equal means unchanged.
        loaded_at: aware, UTC.
        mapping: name of the mapping that read it.
        line_items: raw rows.
        rows: daily charges.
        totals: of the line items, and to the last digit of the daily charges.
        covered: first to last charge day, None when there was no charge.
        restated: the closed days it moved; told when it is loaded, later by `Store.restatements`.
        execution: execution or assembly id of the delivery; empty where nothing stated one.
        manifest_etag: of the manifest it was read by; empty without one.
    """

    data_source: str
    export: str
    billing_period: str
    period: Period
    version: str
    loaded_at: datetime
    files: tuple[RawFile, ...]
    format: RawFormat
    mapping: str
    line_items: int
    rows: int
    totals: Totals
    covered: Period | None
    restated: tuple[Restatement, ...] = ()
    execution: str = ""
    manifest_etag: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is loaded of one data source, as far as a given day.

    Attributes:
        covered: first to last day that a load covers, the day of the question left out.
        settled_through: last settled day, None when there is none.
        loaded_at: the newest load, aware, UTC.
        rows: daily charges.
    """

    data_source: str
    covered: Period
    settled_through: date | None
    loaded_at: datetime
    currencies: tuple[str, ...]
    exports: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class ApiCall:
    """A line in the ledger of paid API calls.

    Attributes:
        called_at: aware, UTC.
        service: as the SDK calls it, e.g. `ce`.
        requests: HTTP requests, pages and retries included.
        usd: what they cost.
    """

    called_at: datetime
    service: str
    operation: str
    requests: int
    usd: Decimal
    note: str = ""
