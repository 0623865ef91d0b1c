"""What happens to a line, when, and what is said of it.

Knows the kinds of events and how they are drawn by a series' odds; must not know any detector.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.accuracy.labelled import Event
from benchmarks.accuracy.worlds.accounts import events_falls as falls
from benchmarks.accuracy.worlds.accounts import events_mistakes as mistakes
from benchmarks.accuracy.worlds.accounts import events_rises as rises
from benchmarks.accuracy.worlds.accounts.almanac import Days
from benchmarks.accuracy.worlds.accounts.extent import FROM_NOTHING
from benchmarks.accuracy.worlds.accounts.judgement import LEAST, Verdict, verdict_on
from benchmarks.accuracy.worlds.accounts.line import Line
from benchmarks.accuracy.worlds.accounts.moment import Change, Moment

_KINDS: tuple[Callable[[Moment], Change | None], ...] = (
    *(mistakes.double, mistakes.loop, mistakes.runaway, mistakes.crypto, mistakes.mine),
    *(rises.forgot, rises.nights_on, rises.weekend_on, rises.debug, rises.nat),
    *(rises.step, rises.sp_lost, rises.resize, rises.leak),
    *(falls.gone, falls.outage, falls.optim, falls.fee_missing, falls.fee_jump),
)
KINDS = {kind.__name__: kind for kind in _KINDS} | dict.fromkeys(("spike", "retry", "egress"), mistakes.spike)
FIRST_DAY = 30
"""Before it nobody knows what is usual."""
EVENTFUL = 0.55
"""Share of the series to which anything happens."""
ATTEMPTS = 4
GIVEN_UP = 0.35
"""Share of the faint changes that are not made larger, and then of those that do not happen at all."""
NOTICE = 28
"""Days after which a lasting change is the new normal."""


def live(line: Line) -> list[Event]:
    """The events of a line, which is changed by them, in their order."""
    rng, odds = line.scene.rng, line.series.odds
    if not odds or rng.random() >= EVENTFUL:
        return []
    events: list[Event] = []
    kinds, weights = list(odds), np.array(list(odds.values()), dtype=np.float64)
    free = 0
    for start in _starts(line):
        if start < free:
            continue
        kind = kinds[rng.choice(len(kinds), p=weights / weights.sum())]
        found = _attempted(line, kind, start=start, free=free)
        if found is None or (not found[1].is_clear and rng.random() < GIVEN_UP):
            continue
        change, verdict = found
        events += _entered(line, change, verdict)
        free = verdict.first + 42 if change.lasting else verdict.last + 16
        if change.lasting and change.kind == "gone":
            break
    return events


def begin(line: Line) -> list[Event]:
    """A service that did not exist before, as an event if it is of any size; its growing in is disputed."""
    born = line.series.born
    if born is None:
        return []
    level, last = float(np.median(line.costs[born : born + 14])), min(line.n_days - 1, born + 13)
    if level < LEAST:
        line.dispute(born, born + 50)
        return []
    line.dispute(last + 1, born + 50)
    return [Event(line.number, "new", born, last, level * (last - born + 1), FROM_NOTHING)]


def _starts(line: Line) -> list[int]:
    """Days on which something may happen, some of them the account's incident."""
    rng, n = line.scene.rng, line.n_days
    number = 1 + rng.poisson(max(0, (n - 30) / 130 - 0.75))
    starts = np.sort(rng.integers(FIRST_DAY, n, number))
    incident = line.scene.account.incident
    if incident is not None and rng.random() < 0.5:
        starts[0] = incident
        starts.sort()
    return [int(start) for start in starts]


def _attempted(line: Line, kind: str, *, start: int, free: int) -> tuple[Change, Verdict] | None:
    """A change of this kind, larger with each attempt until it is worth telling; None where it cannot be."""
    rng, boost = line.scene.rng, 1.0
    found = None
    for _ in range(ATTEMPTS):
        change = KINDS[kind](Moment.of(line, start, boost=boost))
        if change is None or change.first < free:
            return None
        if change.kind == falls.LATE:
            return change, Verdict(is_clear=False, first=change.first, last=change.last)
        verdict = verdict_on(change, line)
        if verdict is None:
            return None
        found = change, verdict
        if verdict.is_clear or rng.random() < GIVEN_UP:
            break
        boost *= 2.2
    return found


def _entered(line: Line, change: Change, verdict: Verdict) -> list[Event]:
    """Let a change happen; its event, if it is one."""
    line.costs = np.maximum(change.after, 0)
    line.unlike = _unlike_after(line, change, verdict)
    first, last = verdict.first, verdict.last
    if change.lasting:
        last = min(last, first + NOTICE - 1)
    elif change.kind == "missing":
        last = min(line.n_days - 1, first + 3)
    line.dispute(last + 1, last + _aftermath(change.kind, is_long=verdict.last - first >= 5))
    if not verdict.is_clear:
        line.dispute(first, last)
        return []
    impact = verdict.dollars * (last - first + 1)
    return [Event(line.number, change.kind, first, last, impact, verdict.ratio)]


def _aftermath(kind: str, *, is_long: bool) -> int:
    """Days after an event on which things are on their way back."""
    if kind == "drift_up":
        return 10
    if is_long:
        return 7
    return 2 if kind in {"drop", "spike"} else 3


def _unlike_after(line: Line, change: Change, verdict: Verdict) -> Days:
    """The days that say nothing of what is usual, those of the change included."""
    first, end = verdict.first, verdict.last + 1
    unlike = line.unlike.copy()
    unlike[first : first + NOTICE + 1 if change.lasting else end] = True
    if change.kind == "drift_up" and end < line.n_days:
        undisturbed = line.series.usage[end] * line.price
        # What has leaked stays: a new level.
        if abs(change.after[end] - undisturbed) > 0.3 * verdict.dollars:
            unlike[end : end + NOTICE] = True
    if change.kind in {"gone", "step_up", "step_down"} and not change.lasting:
        unlike[end : end + 2] = True
    return unlike
