"""One anomaly per dollar: the same move seen at several levels is told once, where it is explained best.

Knows scopes, dates and impacts of anomalies; needs no panel.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

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
    """The anomalies with every dollar told once, the largest money first.

    From the narrowest scope upward: an anomaly goes when at most three of narrower scopes inside its own,
    which do not overlap and began before it or within three days, carry 80 % of its impact over its days.
    Else it stays, and those of narrower scopes that began within three days of it go. Of two scopes over
    different dimensions (service, account) with the same first day and, within 2 %, the same impact, the one
    with less usual spend stays. An anomaly that goes the other way is another move.
    """
    narrow_first = sorted(anomalies, key=lambda a: (-len(a.scope.values), -_size(a), a.scope, a.start_date))
    kept: list[Anomaly] = []
    for anomaly in narrow_first:
        inside = [other for other in kept if _is_inside(other, anomaly)]
        if not _are_enough(inside, anomaly):
            parts = {id(other) for other in inside if start_together(other, anomaly)}
            kept = [*(other for other in kept if id(other) not in parts), anomaly]
    return tuple(sorted(_without_twins(kept), key=lambda a: (-_size(a), a.scope, a.start_date)))


def _size(anomaly: Anomaly) -> float:
    return abs(anomaly.impact.total_impact)


def shared_days(one: Anomaly, other: Anomaly) -> int:
    """How many days both last; none or less when they do not meet."""
    return (min(one.end_date, other.end_date) - max(one.start_date, other.start_date)).days + 1


def start_together(one: Anomaly, other: Anomaly) -> bool:
    """Whether they began so close that they may be one move."""
    return abs((one.start_date - other.start_date).days) <= START_APART


def _is_inside(part: Anomaly, whole: Anomaly) -> bool:
    """Whether a narrower scope was moving the same way when the wider one began to."""
    if len(part.scope.values) <= len(whole.scope.values) or shared_days(part, whole) < 1:
        return False
    is_same_way = part.kind.is_increase is whole.kind.is_increase
    began_in_time = (part.start_date - whole.start_date).days <= START_APART
    return is_same_way and began_in_time and whole.scope.contains(part.scope)


def _carried(part: Anomaly, whole: Anomaly) -> float:
    """What a part carries of a whole: its impact, evenly over its days, on the days they share."""
    days = (part.end_date - part.start_date).days + 1
    return _size(part) * shared_days(part, whole) / days


def _are_enough(parts: Sequence[Anomaly], whole: Anomaly) -> bool:
    """Whether few disjoint parts carry the whole; those that carry most are tried first."""
    chosen: list[Anomaly] = []
    for part in sorted(parts, key=lambda part: _carried(part, whole), reverse=True):
        if all(_are_disjoint(part, other) for other in chosen):
            chosen.append(part)
    carried = sum(_carried(part, whole) for part in chosen[:MOST_PARTS])
    return bool(chosen) and carried >= EXPLAINED * _size(whole)


def _are_disjoint(one: Anomaly, other: Anomaly) -> bool:
    """Whether no charge can be in both: some dimension has two values."""
    values = one.scope.as_dict()
    return any(values.get(key, value) != value for key, value in other.scope.values)


def _without_twins(anomalies: Sequence[Anomaly]) -> list[Anomaly]:
    """Those kept are looked up by what twins have in common: thousands are not held beside each other."""
    kept: list[Anomaly] = []
    found: dict[tuple[date, bool], dict[frozenset[str], list[Anomaly]]] = {}
    for anomaly in sorted(anomalies, key=lambda a: (abs(a.impact.total_expected_spend), a.scope)):
        alike = found.setdefault((anomaly.start_date, anomaly.kind.is_increase), {})
        own = frozenset(key for key, _ in anomaly.scope.values)
        others = (other for keys, group in alike.items() if keys.isdisjoint(own) for other in group)
        if not any(_is_same_size(anomaly, other) for other in others):
            kept.append(anomaly)
            alike.setdefault(own, []).append(anomaly)
    return kept


def _is_same_size(one: Anomaly, other: Anomaly) -> bool:
    return abs(_size(one) - _size(other)) <= TWIN_TOLERANCE * max(_size(one), _size(other))
