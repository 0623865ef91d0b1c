"""One anomaly per dollar where levels cross, such as service and account: neither scope contains the other.

Knows anomalies and the charges that carry them; needs no panel. Levels that nest are `nested`'s.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.analysis.nested import (
    EXPLAINED,
    HELD,
    MOST_PARTS,
    START_APART,
    are_disjoint,
    share_of_days,
    size,
)
from aws_cost_anomalies.model.anomaly import Anomaly, RootCause
from aws_cost_anomalies.model.panel import Floats
from aws_cost_anomalies.model.scope import Scope

LESS_USUAL = 0.5
"""A few explain better what another is about when they usually spend less than this share of its spend."""
CENTS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """An anomaly and the slice of the bill that it is about."""

    anomaly: Anomaly
    where: Scope


def crossing(found: Sequence[Placed]) -> dict[str, list[Placed]]:
    """Anomaly id → the others that may be about the same dollars, of those that have any.

    They went the same way, began within three days of each other, share a day, and a charge may be in both
    while each has some that the other has not. Those of several monitors are nobody's twice: each has its
    own readers.
    """
    alike: dict[tuple[tuple[str, bool], frozenset[str]], list[Placed]] = defaultdict(list)
    for one in sorted(found, key=lambda each: each.anomaly.start_date):
        watched = one.anomaly.monitor, one.anomaly.kind.is_increase
        alike[watched, frozenset(key for key, _ in one.where.values)].append(one)
    starts = {group: [each.anomaly.start_date for each in those] for group, those in alike.items()}
    apart, met = timedelta(days=START_APART), {}
    for group, those in alike.items():
        others = [other for other in alike if other[0] == group[0] and other != group]
        for one in those:
            first, last = one.anomaly.start_date - apart, one.anomaly.start_date + apart
            near = (
                each
                for other in others
                for each in alike[other][
                    bisect_left(starts[other], first) : bisect_right(starts[other], last)
                ]
            )
            if crossed := [each for each in near if _do_cross(one, each)]:
                met[one.anomaly.anomaly_id] = crossed
    return met


def told_elsewhere(
    found: Iterable[Placed],
    met: Mapping[str, Sequence[Placed]],
    causes: Mapping[str, Sequence[RootCause]],
    *,
    held: Collection[str] = (),
) -> set[str]:
    """The ids of anomalies whose dollars others tell.

    The largest comes first. It goes when 80 % of its impact lies inside those that stay already. Else it goes
    for the one with the least usual spend, less than its own, that 80 % lies inside; or for two or three that
    together usually spend less than half of what it does. Else it stays.

    Args:
        found: the anomalies.
        met: what `crossing` says of them.
        causes: anomaly id → all charges that carry it, by every dimension of those it crosses.
        held: ids of those told before. Such a one stays; such ones stand for one that is news when half of
            its impact lies inside them.
    """
    gone: set[str] = set()
    kept: set[str] = set()
    for one in sorted(found, key=_largest_first):
        own = one.anomaly.anomaly_id
        if own not in met or own in kept:
            continue
        others = [other for other in met[own] if other.anomaly.anomaly_id not in gone]
        inside = _Inside(one, others, causes[own])
        already = [other for other in others if other.anomaly.anomaly_id in kept]
        if own in held:
            # What was told is not called over while it goes on, whoever else tells its dollars now.
            kept.add(own)
            continue
        if inside.share(already) >= EXPLAINED:
            gone.add(own)
            continue
        better = _held(inside, held) or _most_specific(inside)
        kept.update(other.anomaly.anomaly_id for other in better or [one])
        if better:
            gone.add(own)
    return gone


class _Inside:
    """How much of an anomaly's impact lies inside others."""

    def __init__(self, one: Placed, others: Sequence[Placed], causes: Sequence[RootCause]) -> None:
        self.one, self.others = one, others
        impact = one.anomaly.impact.total_impact or 1.0
        self._shares: Floats = np.array([cause.contribution / impact for cause in causes])
        self._rows: dict[str, NDArray[np.intp]] = dict(_rows(one, others, causes))

    def share(self, parts: Sequence[Placed]) -> float:
        """The share that lies inside any of them, on the days that they last."""
        covered = np.zeros(len(self._shares))
        return sum(self._add(part, covered) for part in parts)

    def alone(self, part: Placed) -> float:
        """The same of one."""
        rows = self._rows[part.anomaly.anomaly_id]
        return float(self._shares[rows].sum()) * share_of_days(part.anomaly, self.one.anomaly)

    def most(self, parts: Sequence[Placed], *, enough: float, at_most: int) -> list[Placed]:
        """So few of them that as much lies inside them, each adding the most to those before; or none."""
        covered, share = np.zeros(len(self._shares)), 0.0
        chosen: list[Placed] = []
        left = list(parts)
        while left and len(chosen) < at_most:
            best = max(left, key=lambda part: (self._more(part, covered), -_usual(part)))
            left.remove(best)
            chosen.append(best)
            share += self._add(best, covered)
            if share >= enough:
                return chosen
        return []

    def _more(self, part: Placed, covered: Floats) -> float:
        """What one adds to the share that is covered.

        Args:
            part: one of the others.
            covered: (n_causes,), the share of the days on which each is covered already.
        """
        rows = self._rows[part.anomaly.anomaly_id]
        days = share_of_days(part.anomaly, self.one.anomaly)
        return float(self._shares[rows] @ np.maximum(days - covered[rows], 0.0))

    def _add(self, part: Placed, covered: Floats) -> float:
        """The same, and it is covered from now on."""
        more, rows = self._more(part, covered), self._rows[part.anomaly.anomaly_id]
        covered[rows] = np.maximum(covered[rows], share_of_days(part.anomaly, self.one.anomaly))
        return more


def _held(inside: _Inside, held: Collection[str]) -> list[Placed]:
    """Those told before that stand for one that is news."""
    known = [other for other in inside.others if other.anomaly.anomaly_id in held]
    return inside.most(known, enough=HELD, at_most=len(known))


def _most_specific(inside: _Inside) -> list[Placed]:
    """Those that explain as much with less usual spend."""
    usual = _usual(inside.one)
    less = [other for other in inside.others if _usual(other) < usual]
    alone = [other for other in less if inside.alone(other) >= EXPLAINED]
    if alone:
        return [min(alone, key=lambda other: (_usual(other), *_largest_first(other)))]
    few = inside.most(less, enough=EXPLAINED, at_most=MOST_PARTS)
    return few if sum(map(_usual, few)) < LESS_USUAL * usual else []


def _rows(
    one: Placed, others: Sequence[Placed], causes: Sequence[RootCause]
) -> Iterator[tuple[str, NDArray[np.intp]]]:
    """Anomaly id → the rows of the causes inside it, in one walk for all of the same dimensions."""
    alike: dict[tuple[str, ...], list[Placed]] = defaultdict(list)
    for other in others:
        alike[tuple(sorted(key for key, _ in other.where.values))].append(other)
    own = one.where.as_dict()
    scopes = [{**own, **cause.scope.as_dict()} for cause in causes]
    for keys, those in alike.items():
        rows: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
        for row, values in enumerate(scopes):
            rows[tuple(map(values.get, keys))].append(row)
        for other in those:
            values = other.where.as_dict()
            there = rows.get(tuple(values[key] for key in keys), [])
            yield other.anomaly.anomaly_id, np.array(there, dtype=np.intp)


def _do_cross(one: Placed, other: Placed) -> bool:
    is_nested = one.where.contains(other.where) or other.where.contains(one.where)
    shares_a_day = share_of_days(one.anomaly, other.anomaly) > 0
    return shares_a_day and not is_nested and not are_disjoint(one.where, other.where)


def _largest_first(one: Placed) -> tuple[float, float, Scope]:
    """In whole cents: levels add the same charges up in another order."""
    return -round(size(one.anomaly), CENTS), _usual(one), one.where


def _usual(one: Placed) -> float:
    return round(abs(one.anomaly.impact.total_expected_spend), CENTS)
