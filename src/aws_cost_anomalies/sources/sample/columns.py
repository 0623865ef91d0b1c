"""Line items as the columns of CUR 2.0, month by month.

Source: AWS Data Exports user guide, table dictionary of CUR 2.0. Text that does not apply is empty, a number
is 0, as AWS writes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.model.period import ONE_DAY, BillingPeriod, Period
from aws_cost_anomalies.sources.sample.lines import DISCOUNT, NUMBERS, Charge, Lines
from aws_cost_anomalies.sources.sample.resources import commitment_arn
from aws_cost_anomalies.sources.sample.tables import ACCOUNTS, COMMITMENTS, PRODUCTS

Values = NDArray[np.generic]
Columns = Mapping[str, tuple[str, Values]]
"""Column name → SQL type and one value per line item."""

AWS = "Amazon Web Services, Inc."
CURRENCY = "USD"
TEXTS = "MAP(VARCHAR, VARCHAR)"
MAP_TYPES = {
    "cost_category": TEXTS,
    "discount": "MAP(VARCHAR, DOUBLE)",
    "product": TEXTS,
    "resource_tags": TEXTS,
}
TERMS = {"DiscountedUsage": "Reserved", "Usage": "OnDemand", "SavingsPlanCoveredUsage": "OnDemand"}
_SHUFFLE = 0x5DEECE66D
"""Odd, so that multiplying by it gives every line item another id."""


def monthly_columns(lines: Sequence[Lines], period: Period) -> dict[BillingPeriod, Columns]:
    """The line items of each billing period, charge after charge, each by day."""
    offsets = np.concatenate([each.days for each in lines])
    columns = {**_texts(lines), **_numbers(lines), **_dates(offsets, period)}
    columns["discount"] = _discounts(columns[DISCOUNT])
    columns["identity_line_item_id"] = _ids(offsets.size)
    first_days = np.array([BillingPeriod.of(day).period.start for day in period], dtype="M8[D]")[offsets]
    found: dict[BillingPeriod, Columns] = {}
    for month in sorted({BillingPeriod.of(day) for day in period}):
        within = np.flatnonzero(first_days == np.datetime64(month.period.start))
        values = {name: all_values[within] for name, all_values in columns.items()}
        values |= _invoice(month, is_closed=month < BillingPeriod.of(period.last_day), size=within.size)
        found[month] = {name: (_sql_type(name), values[name]) for name in sorted(values)}
    return found


def _sql_type(column: str) -> str:
    if column in NUMBERS:
        return "DOUBLE"
    return "TIMESTAMP" if column.endswith("_date") else MAP_TYPES.get(column, "VARCHAR")


def _texts(lines: Sequence[Lines]) -> dict[str, Values]:
    """What each charge says, on each of its days."""
    said = [{**_identity(c), **_terms(c), **_maps(c)} for c in (each.charge for each in lines)]
    counts = [each.days.size for each in lines]
    return {column: np.repeat(_objects([charge[column] for charge in said]), counts) for column in said[0]}


def _numbers(lines: Sequence[Lines]) -> dict[str, Values]:
    """Every number, 0 where a line has none."""
    return {
        name: np.concatenate([each.numbers.get(name, np.zeros(each.days.size)) for each in lines])
        for name in NUMBERS
    }


def _dates(offsets: NDArray[np.intp], period: Period) -> dict[str, Values]:
    starts = np.datetime64(period.start, "us") + offsets * np.timedelta64(1, "D")
    intervals = _objects([f"{day}T00:00:00Z/{day + ONE_DAY}T00:00:00Z" for day in period])
    return {
        "line_item_usage_start_date": starts,
        "line_item_usage_end_date": starts + np.timedelta64(1, "D"),
        "identity_time_interval": intervals[offsets],
    }


def _invoice(month: BillingPeriod, *, is_closed: bool, size: int) -> dict[str, Values]:
    """The bill that the lines of a month are on; an open month has no invoice yet."""
    invoice = f"{month.year}{month.month:02d}0417" if is_closed else ""
    return {
        "bill_billing_period_start_date": np.full(size, np.datetime64(month.period.start, "us")),
        "bill_billing_period_end_date": np.full(size, np.datetime64(month.period.end, "us")),
        "bill_invoice_id": _objects([invoice] * size),
    }


def _discounts(totals: Values) -> Values:
    """The discounts of each line by name."""
    none: dict[str, float] = {}
    return _objects([{"private_rate_discount": total} if total else none for total in totals.tolist()])


def _ids(size: int) -> Values:
    return _objects([f"{number * _SHUFFLE % 2**48:012x}" for number in range(1, size + 1)])


def _objects(values: Sequence[object]) -> Values:
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def _identity(charge: Charge) -> dict[str, object]:
    """Who, what and where."""
    account, payer = ACCOUNTS[charge.account], next(iter(ACCOUNTS.values()))
    product = PRODUCTS[charge.service]
    return {
        "bill_bill_type": "Refund" if charge.line_type == "Refund" else "Anniversary",
        "bill_billing_entity": "AWS Marketplace" if product.seller else "AWS",
        "bill_invoicing_entity": AWS,
        "bill_payer_account_id": payer.id,
        "bill_payer_account_name": payer.name,
        "line_item_currency_code": CURRENCY,
        "line_item_legal_entity": product.seller or AWS,
        "line_item_line_item_description": charge.description,
        "line_item_line_item_type": charge.line_type,
        "line_item_operation": charge.operation,
        "line_item_product_code": charge.service,
        "line_item_resource_id": charge.resource,
        "line_item_tax_type": "USSalesTax" if charge.line_type == "Tax" else "",
        "line_item_usage_account_id": account.id,
        "line_item_usage_account_name": account.name,
        "line_item_usage_type": charge.usage_type,
        "product_region_code": charge.region,
        "product_servicecode": charge.service,
    }


def _terms(charge: Charge) -> dict[str, object]:
    """At which price."""
    commitment = COMMITMENTS[charge.commitment] if charge.commitment else None
    arn = commitment_arn(commitment) if commitment else ""
    is_plan = commitment is not None and commitment.kind == "savings plan"
    is_reserved = commitment is not None and not is_plan
    offering, _, _ = commitment.terms.partition(":") if commitment else ("", "", "")
    return {
        "pricing_currency": CURRENCY,
        "pricing_purchase_option": "No Upfront" if is_reserved else "",
        "pricing_term": TERMS.get(charge.line_type, ""),
        "pricing_unit": charge.unit,
        "reservation_reservation_a_r_n": arn if is_reserved else "",
        "savings_plan_offering_type": {
            "ComputeSP": "ComputeSavingsPlans",
            "EC2SP": "EC2InstanceSavingsPlans",
        }.get(offering, ""),
        "savings_plan_payment_option": "No Upfront" if is_plan else "",
        "savings_plan_purchase_term": "1yr" if is_plan else "",
        "savings_plan_savings_plan_a_r_n": arn if is_plan else "",
    }


def _maps(charge: Charge) -> dict[str, object]:
    """The maps: product, tags and cost category."""
    account = ACCOUNTS[charge.account]
    _, _, meter = charge.usage_type.partition(":")
    product = {"product_name": PRODUCTS[charge.service].product_name, "region": charge.region}
    if "." in meter:
        product["instance_type"] = meter
    tags = {"user_team": charge.team, "user_env": account.env} if charge.team else {}
    return {
        "product": {name: value for name, value in product.items() if value},
        "resource_tags": tags,
        "cost_category": {"business_unit": account.unit},
    }
