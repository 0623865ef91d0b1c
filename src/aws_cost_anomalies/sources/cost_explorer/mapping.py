"""How Cost Explorer's groups read as FOCUS line items: one group of one day is one line item."""

from __future__ import annotations

from aws_cost_anomalies import sql
from aws_cost_anomalies.model.bill import FocusMapping, KeyedValues, RawColumn
from aws_cost_anomalies.model.focus import MONEY
from aws_cost_anomalies.model.scope import COST_CATEGORY

MAPPING = FocusMapping(
    name="cost_explorer",
    sql=sql.read(__package__, "cost_explorer"),
    columns=(
        RawColumn("day", "DATE", required=True),
        RawColumn("currency", required=True),
        RawColumn("service", required=True),
        RawColumn("service_code"),
        RawColumn("account"),
        RawColumn("account_name"),
        RawColumn("region"),
        RawColumn("charge_type"),
        RawColumn("usage_type"),
        RawColumn("tags"),
        RawColumn("estimated"),
        RawColumn("unblended_cost", MONEY, required=True),
        RawColumn("blended_cost", MONEY, required=True),
        RawColumn("net_amortized_cost", MONEY, required=True),
        RawColumn("amortized_cost", MONEY, required=True),
        RawColumn("usage_quantity", MONEY),
        RawColumn("usage_unit"),
    ),
    tags=KeyedValues(maps=("tags",)),
    cost_categories=KeyedValues(maps=("tags",), keys=(COST_CATEGORY + "{key}",)),
)
