"""The worlds by name, and a labelled bill as the Panel that a detector is shown.

Knows every world; must not know any detector.
"""

from __future__ import annotations

import numpy as np

from aws_cost_anomalies.model.panel import Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Scope
from benchmarks.accuracy.labelled import LabelledBill
from benchmarks.accuracy.worlds.accounts import accounts
from benchmarks.accuracy.worlds.archetypes import archetypes
from benchmarks.accuracy.worlds.businesses import businesses
from benchmarks.accuracy.worlds.fleet import fleet
from benchmarks.accuracy.worlds.organizations import organizations
from benchmarks.accuracy.worlds.platforms import platforms
from benchmarks.accuracy.worlds.stochastic import stochastic
from benchmarks.accuracy.worlds.tenants import tenants
from benchmarks.accuracy.worlds.trials import trials
from benchmarks.accuracy.worlds.years import years

WORLDS = {
    "archetypes": archetypes,
    "fleet": fleet,
    "stochastic": stochastic,
    "organizations": organizations,
    "trials": trials,
    "accounts": accounts,
    "years": years,
    "businesses": businesses,
    "tenants": tenants,
    "platforms": platforms,
}


def panel_of(bill: LabelledBill, *, days: int | None = None) -> Panel:
    """The bill as a Panel; of its first `days` days."""
    costs = bill.costs[:, :days]
    period = Period(bill.first_day, bill.first_day + costs.shape[1] * ONE_DAY)
    scopes = tuple(Scope((("ServiceName", f"{family} {n}"),)) for n, family in enumerate(bill.families))
    settled = np.ones(costs.shape, dtype=bool)
    return Panel(scopes, period, costs, settled, "EffectiveCost", "USD", bill.world)
