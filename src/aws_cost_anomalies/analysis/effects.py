"""Why an impact came about: more was used, it was dearer, or another mix of it was used; sums to the cent.

Knows an anomaly, the cost and the metered quantity of its parts; knows no detector. Quantities are added up
only within one usage type and unit, or over the sizes of one kind of instance.

Source: flexible-budget, sales-quantity and sales-mix variances, Horngren, Datar & Rajan, Cost Accounting.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from aws_cost_anomalies.analysis.attribution import CENTS, during, learned_from, usual_spend, whole_cents
from aws_cost_anomalies.model.anomaly import Anomaly
from aws_cost_anomalies.model.explanation import Effects, Meter
from aws_cost_anomalies.model.panel import Bools, Floats, Panel
from aws_cost_anomalies.model.scope import NONE, Scope

UNIT, USAGE_TYPE, SERVICE = "PricingUnit", "x_UsageType", "ServiceName"
SEVERAL_UNITS = "N/A"
"""What Cost Explorer calls the unit of a sum that has none."""
A_CENT = 0.01
MOST_NAMED = 3
"""So many meters are named."""
WORTH_NAMING = 0.05
"""A meter with a smaller share of the impact is not named."""
_SIZE = re.compile(r"(?P<kind>.*[:-])(?:[a-z]+\.)?[a-z][a-z0-9-]*\.[0-9a-z-]+")
"""A usage type that ends with an instance type, e.g. `USE2-BoxUsage:m5.large`."""


@dataclass(frozen=True, slots=True, eq=False)
class _Metered:
    """Cost, quantity and price of each part; arrays are (n_parts,).

    Attributes:
        price: the usual unit price; that of now where nothing was metered before.
        is_metered: whether the part has a price to be told by.
        is_priced: whether the price is that of before.
    """

    cost: Floats
    usual_cost: Floats
    quantity: Floats
    price: Floats
    is_metered: Bools
    is_priced: Bools

    @property
    def more_used(self) -> Floats:
        """What more was used would have cost at the usual price."""
        return np.where(self.is_metered, self.quantity * self.price - self.usual_cost, 0.0)

    @property
    def dearer(self) -> Floats:
        """What was used, at the change of its price."""
        return np.where(self.is_metered, self.cost - self.quantity * self.price, 0.0)

    @property
    def usual_quantity(self) -> Floats:
        """What would have been used as usual; 0 where the usual price says nothing of it."""
        has_price = self.is_metered & (self.price > 0)
        return np.where(has_price, self.usual_cost / np.where(has_price, self.price, 1.0), 0.0)


def effects_of(anomaly: Anomaly, *, costs: Panel, quantities: Panel) -> Effects | None:
    """The impact split into usage, rate and mix; None when nothing of it is metered.

    Of each part (one usage type in one unit): usual quantity = usual cost ÷ usual unit price, so that
    usage = (quantity − usual quantity) × usual price and rate = quantity × (price − usual price) add up to
    its contribution. Within one kind of thing, the quantity that one part lost and another gained is mix:
    that quantity × (usual price of those that gained − of those that lost). Whole cents, largest remainder.

    Args:
        anomaly: what happened.
        costs: its charges by usage type, unit and whatever else there is, with the history before it.
        quantities: what the same charges metered, over the same days.
    """
    found = _metered(anomaly, costs, quantities)
    if not found.is_metered.any():
        return None
    mix = _mix(found, [_kind(scope) for scope in costs.scopes])
    impact = anomaly.impact.total_impact
    contributions = found.cost - found.usual_cost
    parts = [
        float(found.more_used.sum()) - mix,
        float(found.dearer.sum()),
        mix,
        float(contributions[~found.is_metered].sum()),
        impact - float(contributions.sum()),
    ]
    cents = [amount / CENTS for amount in whole_cents(parts, round(impact * CENTS))]
    usage, rate, of_mix, not_metered, other = cents
    meters = _meters(found, costs.scopes, least=max(abs(impact) * WORTH_NAMING, A_CENT))[:MOST_NAMED]
    return Effects(usage, rate, of_mix, not_metered, other, meters)


def _metered(anomaly: Anomaly, costs: Panel, quantities: Panel) -> _Metered:
    cost, usual_cost = during(anomaly, costs), usual_spend(anomaly, costs)
    quantity = during(anomaly, _like(costs, quantities))
    before_cost, before = _before(anomaly, costs, _like(costs, quantities))
    is_priced = (before > 0) & (before_cost >= 0)
    is_new = (np.abs(usual_cost) < A_CENT) & (np.abs(before_cost) < A_CENT) & ~is_priced & (quantity > 0)
    is_countable = np.array([_is_countable(scope) for scope in costs.scopes], dtype=np.bool_)
    is_empty = (quantity <= 0) & (np.abs(cost) >= A_CENT)
    price = np.where(
        is_priced,
        before_cost / np.where(is_priced, before, 1.0),
        np.where(is_new, cost / np.where(is_new, quantity, 1.0), 0.0),
    )
    is_worthless = is_priced & (price <= 0) & (usual_cost > A_CENT)
    is_metered = is_countable & (is_priced | is_new) & ~is_empty & ~is_worthless
    return _Metered(cost, usual_cost, quantity, price, is_metered, is_priced)


def _like(costs: Panel, quantities: Panel) -> Panel:
    """The quantities in the order of the costs; nothing where there is none."""
    if quantities.scopes == costs.scopes:
        return quantities
    place = {scope: row for row, scope in enumerate(quantities.scopes)}
    rows = [place.get(scope, -1) for scope in costs.scopes]
    padded = np.vstack((quantities.costs, np.zeros((1, quantities.period.days))))
    settled = np.vstack((quantities.settled, np.ones((1, quantities.period.days), dtype=np.bool_)))
    return Panel(
        costs.scopes, quantities.period, padded[rows], settled[rows],
        quantities.metric, quantities.currency, quantities.data_source,
    )  # fmt: skip


def _before(anomaly: Anomaly, costs: Panel, quantities: Panel) -> tuple[Floats, Floats]:
    """Cost and quantity of the days that tell what is usual; of all days before where those have none."""
    days = learned_from(anomaly, costs.period)
    first, end = costs.period.index(days.start), costs.period.index(days.end)
    late, ever = slice(first, end), slice(0, end)
    cost, quantity = np.nan_to_num(costs.costs), np.nan_to_num(quantities.costs)
    is_seen = quantity[:, late].sum(axis=1) > 0
    return (
        np.where(is_seen, cost[:, late].sum(axis=1), cost[:, ever].sum(axis=1)),
        np.where(is_seen, quantity[:, late].sum(axis=1), quantity[:, ever].sum(axis=1)),
    )


def _is_countable(scope: Scope) -> bool:
    """Whether its quantities are of one thing in one unit."""
    values = scope.as_dict()
    return values.get(USAGE_TYPE, NONE) != NONE and values.get(UNIT, NONE) != SEVERAL_UNITS


def _kind(scope: Scope) -> Hashable:
    """What its quantity may be exchanged for: the usage type, or that kind of instance in other sizes."""
    values = scope.as_dict()
    usage_type = values.get(USAGE_TYPE, NONE)
    sized = _SIZE.fullmatch(usage_type)
    return values.get(SERVICE), sized["kind"] if sized else usage_type, values.get(UNIT)


def _mix(found: _Metered, kinds: list[Hashable]) -> float:
    """What it cost that a quantity moved from some parts of a kind to others."""
    rows: dict[Hashable, list[int]] = defaultdict(list)
    for row, kind in enumerate(kinds):
        if found.is_metered[row]:
            rows[kind].append(row)
    change = found.quantity - found.usual_quantity
    total = 0.0
    for alike in rows.values():
        gained = [row for row in alike if change[row] > 0 and found.price[row] > 0]
        lost = [row for row in alike if change[row] < 0]
        more, less = float(change[gained].sum()), float(-change[lost].sum())
        if more and less:
            dear = float((change[gained] * found.price[gained]).sum()) / more
            cheap = float((-change[lost] * found.price[lost]).sum()) / less
            total += min(more, less) * (dear - cheap)
    return total


def _meters(found: _Metered, scopes: tuple[Scope, ...], *, least: float) -> tuple[Meter, ...]:
    """The metered parts that moved by so much, the largest first."""
    moved = found.cost - found.usual_cost
    rows = [row for row in np.flatnonzero(found.is_metered) if abs(moved[row]) >= least]
    rows.sort(key=lambda row: (-abs(moved[row]), scopes[row]))
    return tuple(
        Meter(
            scope=Scope(tuple(pair for pair in scopes[row].values if pair[0] != UNIT)),
            unit=scopes[row].as_dict().get(UNIT, NONE),
            quantity=float(found.quantity[row]),
            usual_quantity=float(found.usual_quantity[row]),
            unit_price=float(found.cost[row] / found.quantity[row]) if found.quantity[row] > 0 else None,
            usual_unit_price=float(found.price[row]) if found.is_priced[row] else None,
            contribution=round(float(moved[row]), 2),
        )
        for row in rows
    )
