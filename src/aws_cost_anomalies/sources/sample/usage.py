"""What workloads use, day by day, and what that costs on demand and in effect."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from aws_cost_anomalies.model.panel import Bools, Floats
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.sources.sample.lines import DIGITS, exact
from aws_cost_anomalies.sources.sample.rhythm import Chance, compound, daily_level
from aws_cost_anomalies.sources.sample.tables import COMMITMENTS, PRODUCTS, REGIONS, Event, Workload

HOURS = 24.0
HOURLY_UNITS = frozenset({"Hrs", "Hours"})
UNEVENNESS = 0.8
"""Between the smallest and the largest resource of a workload, a share of their mean."""


@dataclass(frozen=True, slots=True, eq=False)
class Usage:
    """What a workload used.

    Attributes:
        amounts: (resources, days), in its unit.
        covered: (days,), whether its commitment holds.
    """

    workload: Workload
    amounts: Floats
    covered: Bools

    @property
    def price(self) -> float:
        """Public on-demand price of a unit in its region, USD."""
        return round(self.workload.price * REGIONS[self.workload.region].price_factor, DIGITS)

    @property
    def on_demand(self) -> Floats:
        """Cost at public on-demand prices: (resources, days)."""
        return exact(self.amounts * self.price)

    @property
    def effective(self) -> Floats:
        """Net amortized cost: (resources, days)."""
        cost = self.on_demand
        net = exact(cost - exact(cost * PRODUCTS[self.workload.service].discount))
        if not self.workload.cover:
            return net
        return np.where(self.covered, exact(cost * COMMITMENTS[self.workload.cover].price_factor), net)


def usage_of(workload: Workload, events: Iterable[Event], *, seed: int, period: Period) -> Usage:
    """What a workload used, given what happens to it; the same draws with and without events."""
    chance = Chance(seed, workload.name)
    level = daily_level(workload, period, chance)
    covered = np.full(period.days, bool(workload.cover))
    for event in events:
        days = slice(period.index(event.start), period.index(event.end) + 1)
        if event.shape == "uncovered":
            covered[days] = False
        else:
            level *= _factors(event, days, period.days)
    return Usage(workload, _amounts(workload, level, chance), covered)


def _factors(event: Event, days: slice, size: int) -> Floats:
    """What an event makes of the level of each day."""
    factors = np.full(size, 0.0 if event.shape == "only" else 1.0)
    match event.shape:
        case "times" | "pinned":
            factors[days] = event.value
        case "drift":
            factors[days] = compound(event.value, days.stop - days.start + 1)[1:]
        case "only":
            factors[days] = 1.0
    return factors


def _amounts(workload: Workload, level: Floats, chance: Chance) -> Floats:
    """The level spread over the resources, each a little different and none busier than a day has hours."""
    size = (workload.resources, level.size)
    is_hourly = workload.unit in HOURLY_UNITS
    is_even = is_hourly or not workload.noise
    shares = 1.0 + UNEVENNESS * (chance.uniform(workload.resources) - 0.5) * (not is_even)
    jitter = 1.0 + 0.5 * workload.noise * chance.normal(size[0] * size[1]).reshape(size)
    amounts = np.maximum(workload.units * level * shares[:, None] * jitter, 0.0)
    return exact(np.minimum(amounts, HOURS) if is_hourly else amounts)
