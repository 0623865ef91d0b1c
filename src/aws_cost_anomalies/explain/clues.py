"""What a known cause is looked for in: shares of the impact, what is new, what the meters say.

Knows an anomaly, its split and the panels behind it; knows no cause.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from aws_cost_anomalies.model.anomaly import Anomaly, Kind
from aws_cost_anomalies.model.explanation import Breakdown, Driver, Effects, Meter
from aws_cost_anomalies.model.panel import Panel
from aws_cost_anomalies.model.scope import NONE, SHORT_NAMES
from aws_cost_anomalies.model.services import canonical

A_CENT = 0.01
DAYS_TO_BE_NEW = 14
"""A value is new when so many days before had no charge of it."""
_SHORT = {key: name for name, key in SHORT_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Clues:
    """The facts of one anomaly.

    Attributes:
        shares: dimension → (value, its share of the impact), the largest first; a share below 0 moved the
            other way.
        first_seen: dimension → values that had no charge before the anomaly.
        has_open_days: whether its last day is not settled yet.
    """

    anomaly: Anomaly
    currency: str
    through: date
    shares: Mapping[str, Sequence[tuple[str, float]]]
    first_seen: Mapping[str, frozenset[str]]
    effects: Effects | None = None
    has_open_days: bool = False

    def share(self, dimension: str, pattern: str) -> tuple[float, str]:
        """The share of the values that a pattern is found in, and the largest of them."""
        found = [(v, share) for v, share in self.shares.get(dimension, ()) if re.search(pattern, v)]
        return sum(share for _, share in found), (max(found, key=lambda pair: pair[1])[0] if found else "")

    def service_share(self, codes: frozenset[str]) -> tuple[float, str]:
        """The share of services by their codes, and the name of the largest of them."""
        found = [(v, share) for v, share in self.shares.get("service", ()) if _code(v) in codes]
        return sum(share for _, share in found), (max(found, key=lambda pair: pair[1])[0] if found else "")

    def is_own(self, value: str) -> bool:
        """Whether the anomaly is about nothing but this value, so that it need not be said."""
        return value in self.anomaly.scope.as_dict().values()

    def leading(self, dimension: str, least: float) -> str:
        """The value that carries at least that share; empty when none does, or nobody knows it."""
        value, share = next(iter(self.shares.get(dimension, ())), (NONE, 0.0))
        return value if share >= least and value != NONE else ""

    def meters(self, pattern: str) -> list[Meter]:
        """The meters named whose usage type the pattern is found in, that moved as the anomaly did."""
        if self.effects is None:
            return []
        total = self.anomaly.impact.total_impact
        return [m for m in self.effects.meters if m.contribution * total > 0 and _is_of(m, pattern, self)]

    @property
    def driver(self) -> Driver | None:
        """What drives the impact, where quantities are known."""
        return self.effects.driver if self.effects else None


def clues_of(
    anomaly: Anomaly,
    *,
    breakdowns: Sequence[Breakdown],
    children: Mapping[str, Panel],
    panel: Panel,
    effects: Effects | None,
    through: date,
) -> Clues:
    """The facts of an anomaly, from its split and the panels behind it."""
    own = {_SHORT.get(key, key): [(value, 1.0)] for key, value in anomaly.scope.values}
    last = panel.period.index(min(anomaly.end_date, panel.period.last_day))
    return Clues(
        anomaly=anomaly,
        currency=panel.currency,
        through=through,
        shares=own | {split.dimension: _shares(anomaly, split) for split in breakdowns},
        first_seen={name: _first_seen(anomaly, child) for name, child in children.items()},
        effects=effects,
        has_open_days=not bool(panel.settled[panel.scopes.index(anomaly.scope), last]),
    )


def _shares(anomaly: Anomaly, split: Breakdown) -> list[tuple[str, float]]:
    total = anomaly.impact.total_impact
    pairs = [
        (cause.scope.values[-1][1], cause.contribution / total if total else 0.0) for cause in split.causes
    ]
    return sorted(pairs, key=lambda pair: -pair[1])


def _first_seen(anomaly: Anomaly, children: Panel) -> frozenset[str]:
    """Values without a charge before it; none when the whole scope is new, or little of before is known."""
    before = children.period.index(anomaly.start_date)
    if anomaly.kind is Kind.NEW or before < DAYS_TO_BE_NEW:
        return frozenset()
    known = children.costs[:, :before]
    is_new = (np.nansum(np.abs(known), axis=1) < A_CENT) & (~np.isnan(known)).any(axis=1)
    return frozenset(s.values[-1][1] for s, new in zip(children.scopes, is_new, strict=True) if new)


def _is_of(meter: Meter, pattern: str, clues: Clues) -> bool:
    usage_type = meter.scope.as_dict().get("x_UsageType") or clues.leading("usage-type", 1.0)
    return re.search(pattern, usage_type) is not None


def _code(service: str) -> str:
    known = canonical(service)
    return known.code if known else service
