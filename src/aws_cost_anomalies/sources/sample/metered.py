"""The line items of usage: on demand, under a Savings Plan with its negation, or reserved."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from aws_cost_anomalies.model.panel import Floats
from aws_cost_anomalies.sources.sample import lines as line
from aws_cost_anomalies.sources.sample.lines import Charge, Lines, billed, exact
from aws_cost_anomalies.sources.sample.resources import resource_id
from aws_cost_anomalies.sources.sample.tables import COMMITMENTS, REGIONS, Commitment
from aws_cost_anomalies.sources.sample.usage import Usage

UNTAGGED_EACH = 9
"""Every so many-th resource of a team lacks its tags."""
COVERED_TYPES = {"savings plan": "SavingsPlanCoveredUsage", "reservation": "DiscountedUsage"}


def usage_lines(usage: Usage) -> Iterator[Lines]:
    """One line item per resource and day, and what a Savings Plan takes off again."""
    on_demand, effective = usage.on_demand, usage.effective
    commitment = COMMITMENTS.get(usage.workload.cover)
    for number, amounts in enumerate(usage.amounts):
        for covering in (None, commitment) if commitment else (None,):
            days = np.flatnonzero((amounts > 0) & (usage.covered == (covering is not None)))
            cost, effect = on_demand[number, days], effective[number, days]
            numbers = {line.AMOUNT: amounts[days], line.ON_DEMAND: cost, **_costs(cost, effect, covering)}
            yield Lines(_charge(usage, number, covering), days, numbers)
    if commitment and commitment.kind == "savings plan":
        yield _negation(usage, commitment)


def _costs(cost: Floats, effective: Floats, commitment: Commitment | None) -> dict[str, Floats]:
    """The cost columns of one resource, from its on-demand and its effective cost."""
    billing = {line.UNBLENDED: cost, line.NET_UNBLENDED: cost, line.BLENDED: cost}
    if commitment is None:
        return {**billing, line.NET_UNBLENDED: effective, line.DISCOUNT: exact(effective - cost)}
    if commitment.kind == "savings plan":
        return {**billing, line.PLAN_EFFECTIVE: effective, line.PLAN_NET_EFFECTIVE: effective}
    reserved = (line.RESERVED_EFFECTIVE, line.RESERVED_NET_EFFECTIVE, line.RESERVED_RECURRING)
    return dict.fromkeys(reserved, effective)


def _negation(usage: Usage, commitment: Commitment) -> Lines:
    """What the Savings Plan takes off the on-demand cost of the usage it covers."""
    days = np.flatnonzero(usage.covered)
    workload, region = usage.workload, REGIONS[usage.workload.region]
    charge = Charge(
        account=workload.account,
        service=workload.service,
        region=region.region,
        line_type="SavingsPlanNegation",
        usage_type=region.prefix + workload.usage_type,
        operation=workload.operation,
        description=f"Savings Plan {commitment.name}: {workload.usage_type} taken off again",
        commitment=commitment.name,
    )
    return billed(charge, days, -exact(usage.on_demand[:, days].sum(axis=0)))


def _charge(usage: Usage, number: int, commitment: Commitment | None) -> Charge:
    """What the lines of one resource say."""
    workload, region = usage.workload, REGIONS[usage.workload.region]
    price = f"{usage.price:.10f}".rstrip("0").rstrip(".")
    is_untagged = number % UNTAGGED_EACH == UNTAGGED_EACH - 1
    return Charge(
        account=workload.account,
        service=workload.service,
        region=region.region,
        line_type=COVERED_TYPES[commitment.kind] if commitment else "Usage",
        usage_type=region.prefix + workload.usage_type,
        operation=workload.operation,
        unit=workload.unit,
        description=f"${price} per {workload.unit} of {workload.usage_type}",
        resource=resource_id(workload, number),
        team="" if is_untagged else workload.team,
        commitment=commitment.name if commitment else "",
    )
