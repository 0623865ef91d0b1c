"""Line items by the run: what one charge says of itself, and its numbers day by day.

Numbers go by their CUR 2.0 column names; a number that a line does not have is 0, as AWS writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.model.panel import Floats

AMOUNT = "line_item_usage_amount"
UNBLENDED = "line_item_unblended_cost"
NET_UNBLENDED = "line_item_net_unblended_cost"
BLENDED = "line_item_blended_cost"
ON_DEMAND = "pricing_public_on_demand_cost"
DISCOUNT = "discount_total_discount"
PLAN_EFFECTIVE = "savings_plan_savings_plan_effective_cost"
PLAN_NET_EFFECTIVE = "savings_plan_net_savings_plan_effective_cost"
PLAN_COMMITMENT = "savings_plan_total_commitment_to_date"
PLAN_USED = "savings_plan_used_commitment"
PLAN_MONTH = "savings_plan_recurring_commitment_for_billing_period"
PLAN_NET_MONTH = "savings_plan_net_recurring_commitment_for_billing_period"
RESERVED_EFFECTIVE = "reservation_effective_cost"
RESERVED_NET_EFFECTIVE = "reservation_net_effective_cost"
RESERVED_RECURRING = "reservation_recurring_fee_for_usage"
RESERVED_UNUSED = "reservation_unused_recurring_fee"
RESERVED_UNUSED_UPFRONT = "reservation_unused_amortized_upfront_fee_for_billing_period"
RESERVED_NET_UNUSED = "reservation_net_unused_recurring_fee"
NUMBERS = (
    AMOUNT,
    UNBLENDED,
    NET_UNBLENDED,
    BLENDED,
    ON_DEMAND,
    DISCOUNT,
    PLAN_EFFECTIVE,
    PLAN_NET_EFFECTIVE,
    PLAN_COMMITMENT,
    PLAN_USED,
    PLAN_MONTH,
    PLAN_NET_MONTH,
    RESERVED_EFFECTIVE,
    RESERVED_NET_EFFECTIVE,
    RESERVED_RECURRING,
    RESERVED_UNUSED,
    RESERVED_UNUSED_UPFRONT,
    RESERVED_NET_UNUSED,
)
DIGITS = 10
"""Decimals of every number, as in a Cost and Usage Report."""


@dataclass(frozen=True, slots=True)
class Charge:
    """What a line item says besides its day and its numbers."""

    account: str
    service: str
    region: str
    line_type: str
    usage_type: str
    operation: str = ""
    unit: str = ""
    description: str = ""
    resource: str = ""
    team: str = ""
    commitment: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """One charge on some days: `days` are positions in the bill's period, each number has their shape."""

    charge: Charge
    days: NDArray[np.intp]
    numbers: Mapping[str, Floats]


def exact(numbers: Floats) -> Floats:
    """Rounded to the decimals of a bill."""
    rounded: Floats = np.round(numbers, DIGITS)
    return rounded


def billed(charge: Charge, days: NDArray[np.intp], cost: Floats, **numbers: Floats) -> Lines:
    """Lines whose unblended, net and blended cost are the same, unless `numbers` say otherwise."""
    return Lines(charge, days, {UNBLENDED: cost, NET_UNBLENDED: cost, BLENDED: cost, **numbers})
