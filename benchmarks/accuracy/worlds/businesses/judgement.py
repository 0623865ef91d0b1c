"""Whether an attentive engineer would want a message of an incident, may want one, or would not.

Knows what an incident moved and what the ten weeks before were like; must not know any detector.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from benchmarks.accuracy.labelled import INCREASES, Floats
from benchmarks.accuracy.worlds.accounts.almanac import Days, Numbers
from benchmarks.accuracy.worlds.businesses.incident import Incident
from benchmarks.accuracy.worlds.businesses.moment import BRIEF, SHORT

PAST, FEWEST = 70, 15
"""Days before that are looked at, and how many of them must say something."""
NEW_NORMAL = 35
"""Days after which what lasts is what is usual."""
FOUR_WEEKS, TWO_WEEKS, WEEK = 28, 14, 7
TELLING, VISIBLE = 0.15, 0.05
"""Shares from which on a day belongs to an incident: of its large days, and for a drift of what was usual."""
DRIFTED = 0.38
"""Share of what was usual that a drift must reach to be a label."""
OPEN_TO_DISPUTE = 20
"""Days of a fainter incident, after the first, on which people would disagree."""
RISES = INCREASES | {"burst"}


class Bar(NamedTuple):
    """How large an incident must be: dollars a day, share of what was usual, times of what is a habit."""

    dollars: float
    share: float
    habits: float


LABELLED, DISPUTED = Bar(10, 0.25, 1.25), Bar(6, 0.15, 0.75)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of an incident.

    Attributes:
        kind: as of an `Event`.
        dollars: what it moves on an average day, absolute; of a drift, on its largest.
        is_clear: it is a label; else it is open to dispute.
    """

    kind: str
    first: int
    last: int
    dollars: float
    is_clear: bool


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """What was before an incident.

    Attributes:
        unlike: (n_days,) days that say nothing of what is usual.
        weekday: (n_days,) 0 = Monday.
    """

    unlike: Days
    weekday: Numbers

    def usual(self, costs: Floats, first: int) -> float | None:
        """Dollars of a usual day before this one; None where too few say anything."""
        days = slice(max(0, first - PAST), first)
        known = costs[days][~self.unlike[days]]
        return max(float(np.median(known)), float(known.mean())) if known.size >= FEWEST else None

    def habit(self, costs: Floats, first: int, *, sign: int, length: int) -> float:
        """The largest move of so many days that came anyway before this day, against like weekdays."""
        days = slice(max(0, first - PAST), first)
        past, known, weekday = costs[days], ~self.unlike[days], self.weekday[days]
        moves = np.zeros(len(past))
        for day in range(7):
            alike = (weekday == day) & known
            if alike.any():
                moves[alike] = sign * (past[alike] - np.median(past[alike]))
        return max(0.0, float(np.quantile(blocks(moves, length), 0.98)))


def blocks(values: Floats, length: int) -> Floats:
    """Means of so many values in a row; the values where there are fewer."""
    if length <= 1 or len(values) < length:
        return values
    total = np.r_[0, np.cumsum(values)]
    return np.asarray((total[length:] - total[:-length]) / length)


def verdict_on(incident: Incident, past: Past, *, before: Floats, after: Floats) -> Verdict | None:
    """What is to be said of an incident by the costs without and with it; None where there is nothing."""
    is_drift = incident.kind == "drift_up"
    end = incident.last + 1 if is_drift else min(incident.last + 1, incident.start + NEW_NORMAL)
    moved = _moved(incident, before, after)[incident.start : end]
    if not moved.size or moved.max() <= 0:
        return None
    first, last, dollars = (_drifted if is_drift else _moved_at_once)(moved)
    if incident.kind == "new":
        known = after[max(0, incident.start - PAST) : incident.start]
        usual, habit = 0.0, float(np.quantile(known, 0.97))
    else:
        length = WEEK if is_drift else min(WEEK, last - first + 1)
        known_usual = past.usual(after, incident.start)
        if known_usual is None:
            return None
        usual = known_usual
        habit = past.habit(after, incident.start, sign=_sign(incident), length=length)
    if is_drift:
        first = int(np.argmax(moved >= VISIBLE * usual))
    found = _Found(incident.start + first, incident.start + last, dollars, usual, habit)
    return found.verdict(incident)


@dataclass(frozen=True, slots=True)
class _Found:
    """An incident from the first day that tells of it to the last, beside what was usual and what a habit."""

    first: int
    last: int
    dollars: float
    usual: float
    habit: float

    def verdict(self, incident: Incident) -> Verdict | None:
        needed = DRIFTED if incident.kind == "drift_up" else LABELLED.share
        if self._reaches(LABELLED, share=needed):
            return Verdict(self._kind(incident), self.first, self.last, dollars=self.dollars, is_clear=True)
        if self._reaches(DISPUTED, share=DISPUTED.share):
            last = min(self.last, self.first + OPEN_TO_DISPUTE)
            return Verdict(self._kind(incident), self.first, last, dollars=self.dollars, is_clear=False)
        return None

    def _reaches(self, bar: Bar, *, share: float) -> bool:
        is_large = self.dollars >= max(bar.dollars, share * self.usual)
        return is_large and self.dollars >= bar.habits * self.habit

    def _kind(self, incident: Incident) -> str:
        """As of an `Event`: what rises for three weeks at most is a spike, even if the bill ends it."""
        if incident.kind not in {"spike", "burst", "step_up"}:
            return incident.kind
        is_short = self.last - self.first < SHORT or incident.last - self.first < BRIEF
        return "spike" if is_short else "step_up"


def _drifted(moved: Floats) -> tuple[int, int, float]:
    """First and last day of a drift, from its start, and the dollars of its largest week."""
    return 0, len(moved) - 1, float(np.sort(moved)[-WEEK:].mean())


def _moved_at_once(moved: Floats) -> tuple[int, int, float]:
    """First and last day that tell of a change, from its start, and the dollars of a day."""
    telling = np.flatnonzero(moved >= TELLING * np.quantile(moved[moved > 0], 0.9))
    first, last = int(telling[0]), int(telling[-1])
    whole = moved[first : last + 1]
    return first, last, float((whole[:FOUR_WEEKS] if len(whole) > TWO_WEEKS else whole).mean())


def _moved(incident: Incident, before: Floats, after: Floats) -> Floats:
    """Dollars that an incident moves in its direction: (n_days,)."""
    if incident.existing is None:
        return _sign(incident) * (after - before)
    # What began, or ceased to be paid by others, is compared with what the bill said until then.
    said = incident.existing[max(0, incident.start - PAST) : incident.start].mean()
    is_after = np.arange(len(after)) >= incident.start
    return np.where(is_after, after * (1 - (0 if incident.kind == "new" else said)), 0)


def _sign(incident: Incident) -> int:
    return 1 if incident.kind in RISES else -1
