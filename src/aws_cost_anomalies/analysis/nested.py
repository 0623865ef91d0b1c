"""One anomaly per dollar where a level lies inside another: told once, where it is explained best.

Knows scopes, dates and impacts of anomalies; needs no panel. Levels that cross are `crossing`'s. Those of
several monitors are nobody's twice, here as there: each has its own readers, and looks at its own slice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from aws_cost_anomalies.model.anomaly import Anomaly, Status
from aws_cost_anomalies.model.scope import Scope

EXPLAINED = 0.8
"""The share of an impact that others must carry to stand for it."""
HELD = 0.5
"""The share that is enough for those that were told before: what is known under a name keeps it."""
MOST_PARTS = 3
"""More parts than these are better told as their parent."""
ALL_OF_IT = 0.9
"""The share of a parent's usual spend from which on its parts are all of it: what moved is the parent."""
LIVE = (Status.OPEN, Status.ONGOING)
START_APART = 3
"""The same move begins within so many days at every level."""


def drop_nested(anomalies: Iterable[Anomaly], *, held: Collection[str] = ()) -> tuple[Anomaly, ...]:
    """The anomalies with every dollar of a monitor's nested scopes told once, the largest money first.

    From the narrowest scope upward: an anomaly goes when at most three of narrower scopes inside its own,
    which do not overlap and began before it or within three days, carry 80 % of its impact over its days;
    where one is not enough, all that are told in its place must usually spend less than 90 % of what it does:
    where everything in it moved, it moved. Else it stays, and those of narrower scopes that began within
    three days of it go. An anomaly that goes the other way is another move, and so is one of another monitor:
    scopes say nothing of the slice that a monitor looks at, nor of who reads it.

    Args:
        anomalies: of all levels of all monitors.
        held: ids of those told before. Such a one stays while all inside it are news; such ones stand for a
            wider one that is news when they carry half of it.
    """
    of_monitor: dict[str, list[Anomaly]] = defaultdict(list)
    for anomaly in anomalies:
        of_monitor[anomaly.monitor].append(anomaly)
    kept = [anomaly for of_one in of_monitor.values() for anomaly in _each_once(of_one, held)]
    return tuple(sorted(kept, key=largest_first))


def _each_once(anomalies: Iterable[Anomaly], held: Collection[str]) -> Collection[Anomaly]:
    """Those of one monitor, every dollar told once."""
    narrow_first = sorted(anomalies, key=lambda a: (-len(a.scope.values), -size(a), a.scope, a.start_date))
    kept = _Kept(narrow_first)
    for anomaly in narrow_first:
        inside = [other for other in kept.within(anomaly.scope) if _is_inside(other, anomaly)]
        if not _stand_for(inside, anomaly, held):
            kept.drop([other for other in inside if _goes_with(other, anomaly, held)])
            kept.add(anomaly)
    return kept.anomalies


class _Kept:
    """Anomalies looked up by the wider scopes they lie in: thousands are not held beside each other."""

    def __init__(self, every: Iterable[Anomaly]) -> None:
        self._levels = {frozenset(key for key, _ in anomaly.scope.values) for anomaly in every}
        self._within: dict[frozenset[tuple[str, str]], dict[int, Anomaly]] = defaultdict(dict)

    @property
    def anomalies(self) -> Collection[Anomaly]:
        """All of them."""
        return self._within[frozenset()].values()

    def within(self, scope: Scope) -> Collection[Anomaly]:
        """Those in a scope or in one inside it."""
        return self._within[frozenset(scope.values)].values()

    def add(self, anomaly: Anomaly) -> None:
        for wider in self._wider(anomaly):
            self._within[wider][id(anomaly)] = anomaly

    def drop(self, anomalies: Iterable[Anomaly]) -> None:
        for anomaly in anomalies:
            for wider in self._wider(anomaly):
                self._within[wider].pop(id(anomaly), None)

    def _wider(self, anomaly: Anomaly) -> set[frozenset[tuple[str, str]]]:
        """Its scope, everything, and its part of each level that is wider."""
        values = anomaly.scope.as_dict()
        wider = [level for level in self._levels if level <= values.keys()]
        return {frozenset((key, values[key]) for key in level) for level in (frozenset[str](), *wider)}


def size(anomaly: Anomaly) -> float:
    """How much money it is about, either way."""
    return abs(anomaly.impact.total_impact)


def largest_first(anomaly: Anomaly) -> tuple[float, Scope, date]:
    """By which anomalies are in order."""
    return -size(anomaly), anomaly.scope, anomaly.start_date


def shared_days(one: Anomaly, other: Anomaly) -> int:
    """How many days both last; none or less when they do not meet."""
    return (min(one.end_date, other.end_date) - max(one.start_date, other.start_date)).days + 1


def share_of_days(part: Anomaly, whole: Anomaly) -> float:
    """The share of the days of the second on which the first lasts too."""
    return max(shared_days(part, whole), 0) / ((whole.end_date - whole.start_date).days + 1)


def start_together(one: Anomaly, other: Anomaly) -> bool:
    """Whether they began so close that they may be one move."""
    return abs((one.start_date - other.start_date).days) <= START_APART


def are_disjoint(one: Scope, other: Scope) -> bool:
    """Whether no charge can be in both: some dimension has two values."""
    values = one.as_dict()
    return any(values.get(key, value) != value for key, value in other.values)


def _goes_with(part: Anomaly, whole: Anomaly, held: Collection[str]) -> bool:
    """Whether the whole is told for a part too; not for one that was told, and outlasts it."""
    outlasts = part.anomaly_id in held and part.status in LIVE and whole.status not in LIVE
    return start_together(part, whole) and not outlasts


def _is_inside(part: Anomaly, whole: Anomaly) -> bool:
    """Whether a narrower scope was moving the same way when the wider one began to."""
    if len(part.scope.values) <= len(whole.scope.values) or shared_days(part, whole) < 1:
        return False
    is_same_way = part.kind.is_increase is whole.kind.is_increase
    began_in_time = (part.start_date - whole.start_date).days <= START_APART
    return is_same_way and began_in_time and whole.scope.contains(part.scope)


def _stand_for(inside: Sequence[Anomaly], whole: Anomaly, held: Collection[str]) -> bool:
    """Whether narrower ones are told in place of the whole."""
    known = [part for part in inside if part.anomaly_id in held]
    is_known = whole.anomaly_id in held
    if is_known and not known:
        return False
    if known and not is_known and _impact(_apart(known, whole), whole) >= HELD * size(whole):
        return True
    parts = _apart(inside, whole)
    few = list(islice(parts, MOST_PARTS))
    wanted = EXPLAINED * size(whole)
    if _impact(few[:1], whole) >= wanted:
        return True
    return _impact(few, whole) >= wanted and _usual([*few, *parts], whole) < ALL_OF_IT * _usual(
        [whole], whole
    )


def _apart(parts: Iterable[Anomaly], whole: Anomaly) -> Iterator[Anomaly]:
    """Those that do not overlap; those that carry most are tried first."""
    chosen: list[Anomaly] = []
    for part in sorted(parts, key=lambda part: _carried(part, whole), reverse=True):
        if all(are_disjoint(part.scope, other.scope) for other in chosen):
            chosen.append(part)
            yield part


def _impact(parts: Iterable[Anomaly], whole: Anomaly) -> float:
    return sum(_carried(part, whole) for part in parts)


def _carried(part: Anomaly, whole: Anomaly) -> float:
    """What a part carries of a whole: its impact, evenly over its days, on the days they share."""
    return size(part) * share_of_days(whole, part)


def _usual(parts: Iterable[Anomaly], whole: Anomaly) -> float:
    """What they would usually have spent on the days of the whole."""
    return sum(abs(part.impact.total_expected_spend) * share_of_days(whole, part) for part in parts)
