"""One move of one slice, told by several monitors: within one subscription it is told once.

Knows anomalies, and what was said; knows no platform.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from aws_cost_anomalies.alerting.routing import Candidate
from aws_cost_anomalies.analysis.nested import shared_days
from aws_cost_anomalies.model.anomaly import Anomaly


def twins(candidates: Iterable[Candidate], told: Collection[str]) -> dict[str, Anomaly]:
    """Anomaly id → the one that is told in its place.

    Those of several monitors are about the same when they are about the same charges, go the same way and
    share a day. What was told goes on to be told; else the largest money is.

    Args:
        candidates: those of one subscription.
        told: ids of those that it was told of.
    """
    of_charges: dict[tuple[frozenset[tuple[str, str]], bool], list[Anomaly]] = defaultdict(list)
    for each in candidates:
        one = each.anomaly
        of_charges[frozenset(one.charges.values), one.kind.is_increase].append(one)
    found: dict[str, Anomaly] = {}
    for same in of_charges.values():
        kept: list[Anomaly] = []
        for one in sorted(same, key=lambda a: (a.anomaly_id not in told, -abs(a.impact.total_impact))):
            first = next((k for k in kept if k.monitor != one.monitor and shared_days(k, one) > 0), None)
            if first is None:
                kept.append(one)
            else:
                found[one.anomaly_id] = first
    return found
