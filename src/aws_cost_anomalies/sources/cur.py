"""The Cost and Usage Report, legacy and 2.0: what its columns are called. How it is delivered: `delivery`.

Source: AWS Cost and Usage Reports user guide, data dictionary; AWS Data Exports user guide, table dictionary.
"""

from __future__ import annotations

from functools import partial

from aws_cost_anomalies import sql
from aws_cost_anomalies.delivery import ExportKind, ExportSource
from aws_cost_anomalies.model.bill import ACCOUNT_DIGITS, ColumnSet, FocusMapping, KeyedValues, RawColumn
from aws_cost_anomalies.sql.lasting import lasting

MONEY = "DECIMAL(38, 12)"
PART = "DECIMAL(36, 12)"
"""Money that the mapping adds up: two digits fewer leave room for the sum in every engine."""

_ACCOUNTS = ("bill_payer_account_id", "line_item_usage_account_id")
_TEXTS = (
    "bill_billing_entity",
    "bill_invoice_id",
    "line_item_legal_entity",
    "line_item_line_item_description",
    "line_item_line_item_type",
    "line_item_operation",
    "line_item_product_code",
    "line_item_resource_id",
    "line_item_usage_account_name",
    "line_item_usage_type",
    "pricing_unit",
    "product_product_name",
    "product_region",
    "product_region_code",
    "reservation_reservation_a_r_n",
)
_AMOUNTS = (
    "line_item_blended_cost",
    "line_item_net_unblended_cost",
    "line_item_usage_amount",
    "pricing_public_on_demand_cost",
    "reservation_effective_cost",
    "reservation_net_effective_cost",
    "savings_plan_net_savings_plan_effective_cost",
    "savings_plan_savings_plan_effective_cost",
)
_PARTS = (
    "reservation_net_unused_amortized_upfront_fee_for_billing_period",
    "reservation_net_unused_recurring_fee",
    "reservation_unused_amortized_upfront_fee_for_billing_period",
    "reservation_unused_recurring_fee",
    "savings_plan_amortized_upfront_commitment_for_billing_period",
    "savings_plan_net_amortized_upfront_commitment_for_billing_period",
    "savings_plan_net_recurring_commitment_for_billing_period",
    "savings_plan_recurring_commitment_for_billing_period",
    "savings_plan_total_commitment_to_date",
    "savings_plan_used_commitment",
)
_SAVINGS_PLANS = ColumnSet(
    "amortizes_savings_plans",
    (
        "savings_plan_savings_plan_effective_cost",
        "savings_plan_total_commitment_to_date",
        "savings_plan_used_commitment",
    ),
    "Savings Plans",
    ("SavingsPlanCoveredUsage", "SavingsPlanNegation", "SavingsPlanRecurringFee", "SavingsPlanUpfrontFee"),
)
_RESERVATIONS = ColumnSet(
    "amortizes_reservations",
    (
        "reservation_effective_cost",
        "reservation_reservation_a_r_n",
        "reservation_unused_amortized_upfront_fee_for_billing_period",
        "reservation_unused_recurring_fee",
    ),
    "Reserved Instances",
    ("DiscountedUsage", "RIFee"),
)
"""Gross columns alone: AWS fills those of net amounts only where there are private discounts."""

MAPPING = FocusMapping(
    name="cur",
    sql=sql.read(__package__, "cur"),
    columns=(
        RawColumn("line_item_usage_start_date", "TIMESTAMP", required=True),
        RawColumn("line_item_currency_code", required=True),
        RawColumn("line_item_unblended_cost", MONEY, required=True),
        *(RawColumn(name, digits=ACCOUNT_DIGITS) for name in _ACCOUNTS),
        *(RawColumn(name) for name in _TEXTS),
        *(RawColumn(name, MONEY) for name in _AMOUNTS),
        *(RawColumn(name, PART) for name in _PARTS),
        RawColumn("product", "MAP(VARCHAR, VARCHAR)"),
    ),
    sets=(_SAVINGS_PLANS, _RESERVATIONS, ColumnSet("has_region_code", ("product_region_code",))),
    tags=KeyedValues(
        columns=("resource_tags_user_{key}", "resource_tags_{key}"),
        maps=("resource_tags", "tags"),
        keys=(
            "user_{key}",
            "user:{key}",
            "{key}",
            "resourceTags/user_{key}",
            "resourceTags/user:{key}",
            "resourceTags/{key}",
            "accountTag/{key}",
            "userAttribute/{key}",
        ),
    ),
    # Both are among the unified `tags`, each key with what it is a tag of.
    cost_categories=KeyedValues(
        columns=("cost_category_{key}",), maps=("cost_category", "tags"), keys=("{key}", "costCategory/{key}")
    ),
    lasting=lasting(
        start="line_item_usage_start_date",
        end="line_item_usage_end_date",
        kind="line_item_line_item_type",
        usage=("Usage", "DiscountedUsage", "SavingsPlanCoveredUsage"),
    ),
)
"""Legacy names such as `lineItem/UnblendedCost` read like those of 2.0 and need no spelling of their own."""

CurSource = partial(ExportSource, kind=ExportKind("cur", MAPPING))
"""A Cost and Usage Report, legacy or 2.0, below a folder or `s3://bucket/prefix`."""

SampleSource = partial(ExportSource, kind=ExportKind("sample", MAPPING))
"""The sample bill: a CUR 2.0 export under a name of its own, so that it is never summed with a real one."""
