"""One anomaly per dollar: the same move seen at several levels is told once, where it is explained best.

Knows scopes, dates and impacts of anomalies; needs no panel.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aws_cost_anomalies.model.anomaly import Anomaly

EXPLAINED = 0.8
"""The share of a parent's impact that its parts must carry to stand for it."""
MOST_PARTS = 3
"""More parts than these are better told as their parent."""
START_APART = 3
"""The same move begins within so many days at every level."""
TWIN_TOLERANCE = 0.02
"""Impacts that differ by less are the same dollars, split over different dimensions."""


def drop_nested(anomalies: Iterable[Anomaly]) -> tuple[Anomaly, ...]:
    """The anomalies with every dollar told once, in the order given.

    Two anomalies are the same move when they go in one direction, share a day and begin within three days of
    each other. Of a scope and the narrower scopes inside it, from the narrowest upward: if at most three of
    the narrower ones, which do not overlap, carry 80 % of the wider one's impact, they stay and the wider one
    goes; else the wider one stays and they go. Of two scopes over different dimensions (service, account)
    with the same first day and, within 2 %, the same impact, the one with less usual spend stays.
    """
    given = tuple(anomalies)
    narrow_first = sorted(given, key=lambda a: (-len(a.scope.values), -_size(a), a.scope, a.start_date))
    kept: list[Anomaly] = []
    for anomaly in narrow_first:
        inside = [other for other in kept if _is_inside(other, anomaly)]
        if _are_enough(inside, anomaly):
            continue
        dropped = {id(other) for other in inside}
        kept = [*(other for other in kept if id(other) not in dropped), anomaly]
    survivors = {id(anomaly) for anomaly in _without_twins(kept)}
    return tuple(anomaly for anomaly in given if id(anomaly) in survivors)


def _size(anomaly: Anomaly) -> float:
    return abs(anomaly.impact.total_impact)


def _is_same_move(one: Anomaly, other: Anomaly) -> bool:
    shares_a_day = one.start_date <= other.end_date and other.start_date <= one.end_date
    starts_together = abs((one.start_date - other.start_date).days) <= START_APART
    return one.kind.is_increase is other.kind.is_increase and shares_a_day and starts_together


def _is_inside(part: Anomaly, whole: Anomaly) -> bool:
    is_narrower = len(part.scope.values) > len(whole.scope.values)
    return is_narrower and _is_same_move(part, whole) and whole.scope.contains(part.scope)


def _are_enough(parts: Sequence[Anomaly], whole: Anomaly) -> bool:
    """Whether few disjoint parts carry the whole; the largest are tried first."""
    chosen: list[Anomaly] = []
    for part in sorted(parts, key=_size, reverse=True):
        if all(_are_disjoint(part, other) for other in chosen):
            chosen.append(part)
    carried = sum(_size(part) for part in chosen[:MOST_PARTS])
    return bool(chosen) and carried >= EXPLAINED * _size(whole)


def _are_disjoint(one: Anomaly, other: Anomaly) -> bool:
    """Whether no charge can be in both: some dimension has two values."""
    values = one.scope.as_dict()
    return any(values.get(key, value) != value for key, value in other.scope.values)


def _without_twins(anomalies: Sequence[Anomaly]) -> list[Anomaly]:
    kept: list[Anomaly] = []
    for anomaly in sorted(anomalies, key=lambda a: (abs(a.impact.total_expected_spend), a.scope)):
        if not any(_are_twins(anomaly, other) for other in kept):
            kept.append(anomaly)
    return kept


def _are_twins(one: Anomaly, other: Anomaly) -> bool:
    if one.start_date != other.start_date or not _is_same_move(one, other):
        return False
    is_same_size = abs(_size(one) - _size(other)) <= TWIN_TOLERANCE * max(_size(one), _size(other))
    return is_same_size and one.scope.as_dict().keys().isdisjoint(other.scope.as_dict())
