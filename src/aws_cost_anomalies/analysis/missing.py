"""Gaps: settled days on which many scopes that are charged every day have nothing.

Knows a Panel of services by account; must not know why charges are missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.analysis.completeness import MIN_SCOPES, NOTHING, completeness
from aws_cost_anomalies.analysis.history import A_CENT
from aws_cost_anomalies.model.gap import Gap
from aws_cost_anomalies.model.panel import Bools, Floats, Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Dimension

SERVICE, ACCOUNT = Dimension("service"), Dimension("account")
WATCHED = (SERVICE, ACCOUNT)
"""What the scopes of the panel are."""
WEEK, FORTNIGHT = 7, 14
LONGEST = 28
"""What stays away for longer is how things are: to the verdicts it is usual by then."""
LEARNED = timedelta(days=LONGEST + FORTNIGHT)
"""Days before those in question from which is learned what comes every day."""
LEAST = 1.0
"""Scopes cheaper than this a day come and go: free tiers begin anew each month."""


@dataclass(frozen=True, slots=True, eq=False)
class _Day:
    """Which scopes are charged every day up to this one, and which of them are not on it: (n_scopes,)."""

    regular: Bools
    missing: Bools
    has_gap: bool


def missing_charges(panel: Panel, told: Period) -> tuple[Gap, ...]:
    """The gaps in some days of a panel, by day, each run of days once.

    A scope is charged every day when it was on each of the fourteen days before (of seven, while no more are
    known). A settled day has a gap when so many of those have nothing on it that the verdicts tell no fall
    (`completeness`), and a service has one when all of its own have nothing. So has a day between others
    that nobody knows anything of; an unsettled one has none.
    """
    days = _known_days(panel, since=told.start - LEARNED)
    services, of_scope = np.unique([s.as_dict()[SERVICE.key] for s in panel.scopes], return_inverse=True)
    past, away = panel.costs.copy(), np.zeros(len(panel.scopes), dtype=np.intp)
    found: list[Gap] = []
    for day in days[WEEK:]:
        seen = _day(panel, day, past[:, max(day - FORTNIGHT, days.start) : day])
        silent = [] if seen.has_gap else _silent(seen, of_scope)
        in_gap = seen.missing & (seen.has_gap | np.isin(of_scope, silent)) & (away < LONGEST)
        away = np.where(in_gap, away + 1, 0)
        # What comes every day is still that after a day on which it did not come.
        past[in_gap, day] = past[in_gap, day - WEEK]
        if in_gap.any():
            start = panel.period.start + day * ONE_DAY
            counts = _counts(seen, silent, services=services, of_scope=of_scope)
            found += [Gap(Period(start, start + ONE_DAY), *each) for each in counts]
    return tuple(_joined(gap for gap in found if gap.days.start in told))


def _known_days(panel: Panel, since: date) -> range:
    """Positions of the days from the first to the last that anything is known of."""
    known = np.flatnonzero(~np.isnan(panel.costs).all(axis=0)) if panel.scopes else np.empty(0, np.intp)
    known = known[known >= panel.period.index(since)]
    return range(int(known[0]), int(known[-1]) + 1) if known.size else range(0)


def _day(panel: Panel, day: int, before: Floats) -> _Day:
    """What comes every day, as the days `before` have it, (n_scopes, n_before), and what of it did not."""
    cost, usual = panel.costs[:, day], before.mean(axis=1)
    regular: Bools = (before.min(axis=1) >= A_CENT) & (usual >= LEAST)
    if np.isnan(cost).all():
        return _Day(regular, regular, has_gap=bool(regular.any()))
    regular &= panel.settled[:, day]
    missing: Bools = regular & (cost < NOTHING * usual)
    expected = np.where(regular, usual, 0.0).astype(np.float32)
    has_gap = missing.any() and completeness(cost.astype(np.float32), expected, LEAST).has_gap
    return _Day(regular, missing, has_gap=bool(has_gap))


def _silent(seen: _Day, of_scope: NDArray[np.intp]) -> list[int]:
    """The services, by number, all of whose accounts have nothing: so many that this is no coincidence."""
    regular = np.bincount(of_scope, seen.regular)
    missing = np.bincount(of_scope, seen.missing, minlength=len(regular))
    return [int(each) for each in np.flatnonzero((missing >= MIN_SCOPES) & (missing == regular))]


def _counts(
    seen: _Day, silent: Sequence[int], *, services: NDArray[np.str_], of_scope: NDArray[np.intp]
) -> Iterator[tuple[int, int, str]]:
    """How many are missing of how many, and the service they are of, where it is not the whole bill."""
    if seen.has_gap:
        yield int(seen.missing.sum()), int(seen.regular.sum()), ""
    for number in silent:
        accounts = int(seen.regular[of_scope == number].sum())
        yield accounts, accounts, str(services[number])


def _joined(gaps: Iterable[Gap]) -> Iterator[Gap]:
    """Gaps of the same on days in a row as one, with the counts of the day that lacks most."""
    ordered = sorted(gaps, key=lambda gap: (gap.service, gap.days))
    joined: list[Gap] = []
    for gap in ordered:
        last = joined[-1] if joined else None
        if last is None or last.service != gap.service or last.days.end != gap.days.start:
            joined.append(gap)
        else:
            most = max(last, gap, key=lambda each: each.missing)
            joined[-1] = replace(most, days=Period(last.days.start, gap.days.end))
    return iter(sorted(joined, key=lambda gap: (gap.days, gap.service)))
