"""Anomalies from one day to the next: which of today's are known, and what became of those not seen again.

Knows anomalies; knows no panel and no store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from aws_cost_anomalies.analysis.drift import MIN_DAYS
from aws_cost_anomalies.analysis.nested import LIVE, shared_days, start_together
from aws_cost_anomalies.analysis.rules import EpisodeRules
from aws_cost_anomalies.model.anomaly import Anomaly, Impact, Status
from aws_cost_anomalies.model.period import ONE_DAY
from aws_cost_anomalies.model.scope import Scope

HALF = 0.5
A_CENT = 0.01
GAP_DAYS = EpisodeRules().gap_days
"""Days of one scope and direction that lie no further apart are one anomaly, seen whole or in parts."""


def recognised(found: Sequence[Anomaly], known: Iterable[Anomaly]) -> tuple[Anomaly, ...]:
    """The anomalies found, each under the id it is known by, detected when it was detected first.

    An id that is known is that anomaly. Else a known one that nobody else is stands for the same move when it
    is of the same monitor and direction, on the same days, and of the same dollars: the move was told at
    another level then, or its first day is seen more clearly now.
    """
    left = {anomaly.anomaly_id: anomaly for anomaly in known}
    same = {one.anomaly_id: left.pop(one.anomaly_id) for one in found if one.anomaly_id in left}
    for one in sorted(found, key=lambda anomaly: -abs(anomaly.impact.total_impact)):
        if one.anomaly_id not in same:
            alike = [other for other in left.values() if is_same_move(one, other)]
            if alike:
                best = max(alike, key=lambda other: (other.scope == one.scope, shared_days(one, other)))
                same[one.anomaly_id] = left.pop(best.anomaly_id)
    return tuple(_as_known(one, same.get(one.anomaly_id)) for one in found)


def still_told(found: Iterable[Anomaly], known: Iterable[Anomaly]) -> frozenset[str]:
    """The ids of those found that were told before at the level they are found at, whatever their id was.

    One that goes on counts where the known one does: else its dollars went to another level since.
    """
    of_scope = _by_scope(known)
    return frozenset(
        one.anomaly_id
        for one in found
        for other in of_scope.get((one.monitor, one.scope), ())
        if is_same_move(one, other) and (other.status in LIVE or one.status not in LIVE)
    )


def is_same_move(one: Anomaly, other: Anomaly) -> bool:
    """Whether two anomalies are one move, seen on different days or at different levels."""
    if one.monitor != other.monitor or one.kind.is_increase is not other.kind.is_increase:
        return False
    shared = shared_days(one, other)
    if shared < 1 or not (start_together(one, other) or shared >= HALF * max(_days(one), _days(other))):
        return False
    is_nested = one.scope.contains(other.scope) or other.scope.contains(one.scope)
    return is_nested or _lies_in(one, other.scope) or _lies_in(other, one.scope)


def no_longer_told(usual: Iterable[Anomaly], told: Sequence[Anomaly]) -> tuple[Anomaly, ...]:
    """The usual anomalies that other rules do not tell, under whatever id.

    Rules that look less closely often see another first day, and an id is made of it. What moves the same
    way in the same scope on days in common or close by is told still, and so is a move at another level.
    """
    ids = {anomaly.anomaly_id for anomaly in told}
    missing = [anomaly for anomaly in usual if anomaly.anomaly_id not in ids]
    return tuple(
        one
        for one in missing
        if not any(_continues(one, other) or is_same_move(one, other) for other in told)
    )


def no_longer_told_of_level(usual: Iterable[Anomaly], told: Iterable[Anomaly]) -> tuple[Anomaly, ...]:
    """The same of one level, whose scopes have no dollar in common: of thousands, each is held to its own."""
    of_scope = _by_scope(told)
    return tuple(one for one in usual if no_longer_told((one,), of_scope.get((one.monitor, one.scope), ())))


def hidden_moves(known: Iterable[Anomaly], found: Iterable[Anomaly]) -> dict[str, Anomaly]:
    """Known id → the same move, found at its own level but told at another now: it is hidden, not over."""
    of_scope = _by_scope(found)
    hidden = {}
    for one in known:
        same = [other for other in of_scope.get((one.monitor, one.scope), ()) if is_same_move(one, other)]
        if same:
            hidden[one.anomaly_id] = max(same, key=partial(_likeness, one))
    return hidden


def _by_scope(anomalies: Iterable[Anomaly]) -> dict[tuple[str, Scope], list[Anomaly]]:
    of_scope: dict[tuple[str, Scope], list[Anomaly]] = defaultdict(list)
    for anomaly in anomalies:
        of_scope[anomaly.monitor, anomaly.scope].append(anomaly)
    return of_scope


def _likeness(one: Anomaly, other: Anomaly) -> tuple[bool, int]:
    return one.anomaly_id == other.anomaly_id, shared_days(one, other)


def ended(known: Iterable[Anomaly], hidden: Mapping[str, Anomaly]) -> tuple[Anomaly, ...]:
    """Those of the known that are hidden and have ended since, under the ids they are known by."""
    return tuple(
        replace(now, anomaly_id=one.anomaly_id, root_causes=one.root_causes, feedback=one.feedback)
        for one in known
        if one.status in LIVE and (now := hidden[one.anomaly_id]).status not in LIVE
    )


def no_longer_seen(
    known: Iterable[Anomaly], spend: Mapping[str, float], *, since: date
) -> tuple[Anomaly, ...]:
    """What became of known anomalies that a verdict over the same days does not find.

    Withdrawn when their days cost something else now than when they were judged: the bill was restated. Over
    when they cost the same: the verdict has other rules now, or no longer looks at the weeks before it. Then
    what it was measured against is out of sight, and it goes on to cost what it cost.

    Args:
        known: not yet withdrawn.
        spend: anomaly id → what its days cost now, currency.
        since: first day that the verdict looks at.
    """
    in_sight = since + MIN_DAYS * ONE_DAY
    gone = []
    for one in known:
        now = spend[one.anomaly_id]
        if abs(now - one.impact.total_actual_spend) >= A_CENT:
            gone.append(replace(one, status=Status.WITHDRAWN, impact=_no_future(one)))
        elif one.status in LIVE:
            impact = _no_future(one) if one.start_date >= in_sight else one.impact
            gone.append(replace(one, status=Status.RESOLVED, impact=impact))
    return tuple(gone)


def _continues(one: Anomaly, other: Anomaly) -> bool:
    """Whether two anomalies of one scope go the same way on days that would be joined."""
    is_alike = one.monitor == other.monitor and one.kind.is_increase is other.kind.is_increase
    return is_alike and one.scope == other.scope and shared_days(one, other) >= -GAP_DAYS


def _as_known(found: Anomaly, known: Anomaly | None) -> Anomaly:
    if known is None:
        return found
    first = min(found.detected_on, known.detected_on)
    return replace(found, anomaly_id=known.anomaly_id, detected_on=first, feedback=known.feedback)


def _no_future(anomaly: Anomaly) -> Impact:
    return replace(anomaly.impact, rest_of_month=0.0, monthly_run_rate=0.0)


def _days(anomaly: Anomaly) -> int:
    return (anomaly.end_date - anomaly.start_date).days + 1


def _lies_in(anomaly: Anomaly, scope: Scope) -> bool:
    """Whether most of an anomaly's impact is carried by charges of a scope."""
    inside = sum(cause.contribution for cause in anomaly.root_causes if scope.contains(cause.scope))
    total = anomaly.impact.total_impact
    return bool(total) and inside / total >= HALF
