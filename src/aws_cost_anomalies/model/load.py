"""What the store keeps of every load, and what it can say of its data: records, coverage, restatements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from aws_cost_anomalies.model.bill import RawFile, RawFormat, Totals
from aws_cost_anomalies.model.period import BillingPeriod, Period

_HALF_A_CENT = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Restatement:
    """What a load moved of one service on a closed day, in `currency`.

    Attributes:
        change: of BilledCost.
        effective_change: of EffectiveCost; None where an earlier version of this program did not keep it.
        data_source: whose load it was: two sources tell of the same money.
    """

    day: date
    service: str
    currency: str
    change: Decimal
    effective_change: Decimal | None = None
    data_source: str = ""

    @property
    def month(self) -> str:
        """The billing period of the day, `YYYY-MM`."""
        return str(BillingPeriod.of(self.day))


@dataclass(frozen=True, slots=True)
class Moved:
    """What loads of one data source moved of one service in a month: the sums of its restatements.

    Attributes:
        month: `YYYY-MM`.
        days: how many of its days were moved, a day that was moved twice counted twice.
        change: of BilledCost.
        effective_change: of EffectiveCost; None where it is not known of each of them.
    """

    month: str
    data_source: str
    service: str
    currency: str
    days: int
    change: Decimal
    effective_change: Decimal | None


def moved(restatements: Iterable[Restatement]) -> list[Moved]:
    """Restatements by month, source, service and currency, as met; what is less than a cent is left out."""
    places: dict[tuple[str, str, str, str], list[Restatement]] = {}
    for one in restatements:
        places.setdefault((one.month, one.data_source, one.service, one.currency), []).append(one)
    sums = (Moved(*place, len(ones), *_sums(ones)) for place, ones in places.items())
    return [each for each in sums if any(is_told(each))]


def is_told(each: Moved) -> tuple[bool, bool]:
    """Whether a change reaches a cent as it is shown, of BilledCost and of EffectiveCost; the unknown may."""
    is_billed = abs(each.change) >= _HALF_A_CENT
    effective = each.effective_change
    return is_billed, is_billed if effective is None else abs(effective) >= _HALF_A_CENT


def _sums(ones: Sequence[Restatement]) -> tuple[Decimal, Decimal | None]:
    known = [one.effective_change for one in ones if one.effective_change is not None]
    effective = sum(known, Decimal()) if len(known) == len(ones) else None
    return sum((one.change for one in ones), Decimal()), effective


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
class Overlap:
    """Two bills of a data source that hold the same charges, which count twice."""

    data_source: str
    export: str
    billing_period: str
    other_export: str
    other_billing_period: str


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
