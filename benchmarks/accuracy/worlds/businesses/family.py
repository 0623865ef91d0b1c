"""A kind of series: who has it, where it is, and what may happen to it.

Knows what belongs to a family; must not know which families there are, nor any detector.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.accuracy.worlds.businesses.scene import Scene
from benchmarks.accuracy.worlds.businesses.series import Series

Odds = Mapping[str, float]

OF_REQUESTS: Odds = {
    **{"retry": 2, "surge": 2.5, "cust_up": 2, "cust_down": 1.2, "outage": 1.5, "partial": 1.5},
    **{"drift_comp": 0.8, "gone": 0.3, "born": 0.8, "price_up": 0.3, "dup": 0.5},
}
OF_MACHINES: Odds = {
    **{"minraise": 2.5, "forgot": 2.5, "rightsize": 2, "gone": 0.8, "born": 1, "ri_expire": 1.2},
    **{"sp_buy": 1.2, "drift_stair": 0.7, "missing": 0.3},
}
OF_JOBS: Odds = {
    **{"backfill": 2.5, "stop": 2, "missing": 1, "dup": 1.5, "drift_comp": 1, "cust_up": 1},
    **{"rightsize": 1, "retry": 1, "gone": 0.4, "born": 0.5},
}
PRODUCTION = ("prod1", "prod2")


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of series.

    Attributes:
        shape: one series, or some that belong together.
        odds: how often each kind of incident is planted, of `events.KINDS`.
        trades: businesses that have it; all where none is named.
        accounts: where it may be.
        serves: it serves customers, so that an outage befalls it.
        share: of the usual number of incidents.
        regular: billed every day without bursts.
        discounted: the business pays less than the list price for it.
        weight: how often it is drawn.
    """

    shape: Callable[[Scene], Series | tuple[Series, ...]]
    odds: Odds
    trades: tuple[str, ...] = ()
    accounts: tuple[str, ...] = PRODUCTION
    serves: bool = False
    share: float = 1.0
    regular: bool = False
    discounted: bool = True
    weight: float = 1.0

    @property
    def name(self) -> str:
        """What its series are called."""
        return self.shape.__name__

    def series(self, scene: Scene) -> tuple[Series, ...]:
        """One series, or some that belong together."""
        made = self.shape(scene)
        return (made,) if isinstance(made, Series) else made
