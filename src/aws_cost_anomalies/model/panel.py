"""Panel: daily cost of many scopes as one array."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.errors import MixedCurrencies
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Dimension, Scope

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PanelQuery:
    """Which charges a Panel is made of.

    Attributes:
        period: the days asked for.
        data_source: one of them; two are never summed.
        group_by: the dimensions of the scopes; none gives one scope, `total`.
        metric: the FOCUS column summed.
        currency: ISO code; empty means the only one there is (MixedCurrencies when there are several).
        within: only charges of this slice.
        charge_categories: only these; empty means all.
        marketplace: whether charges of other publishers than the provider count; those whose publisher nobody
            knows do.
    """

    period: Period
    data_source: str
    group_by: tuple[Dimension, ...] = ()
    metric: str = "EffectiveCost"
    currency: str = ""
    within: Scope = field(default_factory=Scope)
    charge_categories: tuple[str, ...] = ()
    marketplace: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Cost per scope and day; one metric, one currency, one data source.

    Attributes:
        scopes: the rows, n_scopes of them.
        period: the columns, n_days of them.
        costs: (n_scopes, n_days), in `currency` per day. 0.0 on a settled day without a charge; NaN where the
            cost is unknown: an unsettled day without a charge, or a day no load covers.
        settled: (n_scopes, n_days). On an unsettled day the cost is a lower bound: it can only grow.
    """

    scopes: tuple[Scope, ...]
    period: Period
    costs: Floats
    settled: Bools
    metric: str
    currency: str
    data_source: str

    def __post_init__(self) -> None:
        """Hold the shapes together."""
        shape = (len(self.scopes), self.period.days)
        if self.costs.shape != shape or self.settled.shape != shape:
            message = f"costs {self.costs.shape} and settled {self.settled.shape} must be {shape}"
            raise ValueError(message)

    def row(self, scope: Scope) -> Floats:
        """Its costs: (n_days,). Raises: KeyError."""
        try:
            costs: Floats = self.costs[self.scopes.index(scope)]
        except ValueError:
            raise KeyError(scope) from None
        return costs


def panel_of_line_items(
    query: PanelQuery,
    scopes: Sequence[Scope],
    costs: Floats,
    *,
    currencies: Iterable[str],
    periods: Iterable[Period],
) -> Panel:
    """The Panel of costs summed from raw line items, which count as settled; unknown where no bill speaks.

    Args:
        query: what was asked.
        scopes: those found.
        costs: (n_scopes, n_days), 0.0 on a day without a charge; taken over.
        currencies: those found.
        periods: the days each bill speaks for.

    Raises:
        MixedCurrencies: there are several.
    """
    found = sorted(set(currencies))
    if len(found) > 1:
        raise MixedCurrencies(tuple(found))
    there = tuple(periods)
    costs[:, [not any(day in period for period in there) for day in query.period]] = np.nan
    return Panel(
        scopes=tuple(scopes),
        period=query.period,
        costs=costs,
        settled=np.ones(costs.shape, dtype=bool),
        metric=query.metric,
        currency=found[0] if found else query.currency,
        data_source=query.data_source,
    )
