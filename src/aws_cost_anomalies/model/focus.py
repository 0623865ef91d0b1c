"""The FOCUS columns this program keeps: DDL, mappings, docs and the data dictionary follow from this table.

Source: FinOps Open Cost and Usage Specification 1.2. Columns of our own begin with `x_`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MONEY = "DECIMAL(38, 12)"


class Role(StrEnum):
    """What a column does in a daily summary."""

    DIMENSION = "dimension"
    METRIC = "metric"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class FocusColumn:
    """One column: its exact spelling, SQL type, role and meaning.

    A `LINE` column exists on line items only: it is too fine for the daily summary.
    """

    name: str
    type: str
    role: Role
    meaning: str


def _dimension(name: str, meaning: str, sql_type: str = "VARCHAR") -> FocusColumn:
    return FocusColumn(name, sql_type, Role.DIMENSION, meaning)


def _metric(name: str, meaning: str) -> FocusColumn:
    return FocusColumn(name, MONEY, Role.METRIC, meaning)


def _line(name: str, meaning: str, sql_type: str = "VARCHAR") -> FocusColumn:
    return FocusColumn(name, sql_type, Role.LINE, meaning)


COLUMNS: tuple[FocusColumn, ...] = (
    _dimension("ChargePeriodStart", "the UTC day of the charge", "DATE"),
    _dimension("BillingCurrency", "ISO 4217 code; amounts of two currencies are never summed"),
    _dimension("ProviderName", "who provided the service, `AWS` for all of AWS"),
    _dimension("PublisherName", "who made the service; a seller's name for AWS Marketplace"),
    _dimension("BillingAccountId", "the payer (management) account"),
    _dimension("SubAccountId", "the account that used the service"),
    _dimension("SubAccountName", "its name, NULL when unknown"),
    _dimension("ServiceName", "the service's display name, one spelling over all sources"),
    _dimension("x_ServiceCode", "AWS product code, e.g. AmazonRDS"),
    _dimension("RegionId", "e.g. us-east-1; NULL for global charges"),
    _dimension("ChargeCategory", "Usage, Purchase, Tax, Credit or Adjustment"),
    _dimension("ChargeClass", "`Correction` when the charge corrects an invoiced period"),
    _dimension("x_ChargeType", "the provider's own charge type, e.g. SavingsPlanCoveredUsage, Refund, Fee"),
    _dimension("x_UsageType", "AWS usage type, or the SKU meter, e.g. BoxUsage:m5.large"),
    _dimension("PricingUnit", "the unit of ConsumedQuantity, e.g. Hrs"),
    _dimension("Tags", "the configured tag keys and their values", "MAP(VARCHAR, VARCHAR)"),
    _metric("BilledCost", "unblended cost: what the invoice says"),
    _metric(
        "EffectiveCost",
        "net amortized cost: upfront fees spread over what they cover, discounts applied",
    ),
    _metric("ListCost", "cost at public on-demand prices, NULL where the source does not say"),
    _metric("x_BlendedCost", "blended cost, NULL where the source does not say"),
    _metric(
        "x_AmortizedCost",
        "amortized cost before private discounts, NULL where the source does not say",
    ),
    _metric("ConsumedQuantity", "usage in PricingUnit; sums only over one usage type"),
    _line("ResourceId", "ARN or id of the resource"),
    _line("x_Operation", "API operation or line item operation, e.g. RunInstances"),
    _line("ChargeDescription", "the provider's own words for the charge"),
    _line("x_InvoiceId", "filled when the line is final"),
    _line("x_IsEstimated", "whether Cost Explorer calls the day estimated; NULL of other sources", "BOOLEAN"),
)
"""In the order of every table and file this program makes. `Tags` holds the configured keys only."""

DIMENSIONS = tuple(c for c in COLUMNS if c.role is Role.DIMENSION)
METRICS = tuple(c for c in COLUMNS if c.role is Role.METRIC)
SUMMARY = tuple(c for c in COLUMNS if c.role is not Role.LINE)

CHARGE_CATEGORIES = ("Usage", "Purchase", "Tax", "Credit", "Adjustment")
"""The values of ChargeCategory."""

METRIC_NAMES: dict[str, str] = {
    "unblended": "BilledCost",
    "net-amortized": "EffectiveCost",
    "blended": "x_BlendedCost",
    "amortized": "x_AmortizedCost",
    "list": "ListCost",
    "usage": "ConsumedQuantity",
}
"""Short name on the command line → column."""


def metric_name(column: str) -> str:
    """The short name of a metric's column; a column without one stays as it is."""
    return next((short for short, known in METRIC_NAMES.items() if known == column), column)


def charges_in_words(categories: Sequence[str], *, marketplace: bool) -> str:
    """`all charges`, `usage only` or `usage + tax`: the charges looked at; no category means all."""
    names = [name.lower() for name in categories]
    named = f"{names[0]} only" if len(names) == 1 else " + ".join(names) or "all charges"
    return named if marketplace else f"{named}, no Marketplace"
