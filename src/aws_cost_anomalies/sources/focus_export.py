"""FOCUS exports, 1.0 to 1.2, of any provider: what their columns are called.

How they are delivered: `delivery`. Source: FinOps Open Cost and Usage Specification 1.0 and 1.2; AWS Data
Exports user guide, FOCUS with AWS columns.
"""

from __future__ import annotations

from functools import partial

from aws_cost_anomalies import sql
from aws_cost_anomalies.delivery import ExportKind, ExportSource
from aws_cost_anomalies.model.bill import ACCOUNT_DIGITS, FocusMapping, KeyedValues, RawColumn
from aws_cost_anomalies.sql.lasting import lasting

_MONEY = "DECIMAL(38, 12)"
_ACCOUNTS = ("BillingAccountId", "SubAccountId")
_TEXTS = (
    "ChargeCategory",
    "ChargeClass",
    "ChargeDescription",
    "ConsumedUnit",
    "PricingUnit",
    "PublisherName",
    "ResourceId",
    "ServiceName",
    "SkuMeter",
    "SubAccountName",
    "x_Operation",
    "x_ServiceCode",
    "x_UsageType",
)
_PROVIDER = RawColumn("ProviderName", also=("Provider", "ServiceProviderName"))
_OF_AWS = (_PROVIDER, ("AWS", "Amazon Web Services%"))

MAPPING = FocusMapping(
    name="focus",
    sql=sql.read(__package__, "focus_export"),
    columns=(
        RawColumn("ChargePeriodStart", "TIMESTAMP", required=True),
        RawColumn("BillingCurrency", required=True),
        RawColumn("BilledCost", _MONEY, required=True),
        RawColumn("EffectiveCost", _MONEY),
        RawColumn("ListCost", _MONEY),
        RawColumn("ConsumedQuantity", _MONEY, also=("UsageQuantity",)),
        RawColumn("PricingQuantity", _MONEY),
        _PROVIDER,
        *(RawColumn(name, digits=ACCOUNT_DIGITS, digits_of=_OF_AWS) for name in _ACCOUNTS),
        RawColumn("RegionId", also=("Region",)),
        RawColumn("InvoiceId", also=("x_InvoiceId",)),
        *(RawColumn(name) for name in _TEXTS),
    ),
    tags=KeyedValues(maps=("Tags", "x_Tags"), keys=("{key}", "user:{key}", "user_{key}")),
    # FOCUS 1.2 on AWS writes them among the tags.
    cost_categories=KeyedValues(maps=("x_CostCategories", "Tags")),
    lasting=lasting(
        start="ChargePeriodStart", end="ChargePeriodEnd", kind="ChargeCategory", usage=("Usage",)
    ),
)

FocusSource = partial(ExportSource, kind=ExportKind("focus", MAPPING))
"""FOCUS exports below a folder or `s3://bucket/prefix`."""
