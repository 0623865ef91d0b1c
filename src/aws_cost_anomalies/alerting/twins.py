"""Dollars that several monitors tell: within one subscription they are told once.

Knows anomalies, and what was said; knows no platform. Those of one monitor tell each dollar once already.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from aws_cost_anomalies.alerting.routing import Candidate
from aws_cost_anomalies.analysis.nested import EXPLAINED, share_of_days, shared_days, size, start_together
from aws_cost_anomalies.model.anomaly import Anomaly, Status


def twins(candidates: Iterable[Candidate], told: Collection[str]) -> dict[str, Anomaly]:
    """Anomaly id → the one of another monitor that is told in its place.

    What was told goes on to be told, else what is about the narrowest slice is. Any other goes for it when it
    goes the same way on days in common and is about the same charges; or about wider ones, of whose impact
    80 % is carried by it; or about narrower ones, and began within three days of it. What was told, or is
    taken back, speaks for itself; what need not be told speaks for nothing, nor does what is over for what
    went on.

    Args:
        candidates: those of one subscription.
        told: ids of those that it was told of.
    """
    every = [
        each.anomaly
        for each in candidates
        if each.anomaly.status is not Status.WITHDRAWN
        and (each.anomaly.anomaly_id in told or not each.hushed)
    ]
    if len({one.monitor for one in every}) < 2:  # noqa: PLR2004 - one monitor has no twins
        return {}
    found: dict[str, Anomaly] = {}
    kept: list[Anomaly] = []
    for one in sorted(every, key=lambda a: (a.anomaly_id not in told, -len(a.charges.values), -size(a))):
        speaks_for_itself = one.anomaly_id in told
        first = None if speaks_for_itself else next((other for other in kept if _tells(other, one)), None)
        if first is None:
            kept.append(one)
        else:
            found[one.anomaly_id] = first
    return found


def _tells(told: Anomaly, one: Anomaly) -> bool:
    """Whether the dollars of the second are told with the first."""
    if told.monitor == one.monitor or told.kind.is_increase is not one.kind.is_increase:
        return False
    if shared_days(told, one) < 1 or (told.status is Status.RESOLVED and told.end_date < one.end_date):
        return False
    there, here = set(told.charges.values), set(one.charges.values)
    if there == here:
        return True
    if there > here:
        return size(told) * share_of_days(one, told) >= EXPLAINED * size(one)
    return there < here and start_together(told, one)
