"""What happens to a line over the days of a bill, and what is said of it.

Knows how often incidents come and how far apart; must not know any detector.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from benchmarks.accuracy.worlds.accounts.account import Range
from benchmarks.accuracy.worlds.accounts.almanac import Days
from benchmarks.accuracy.worlds.businesses.accident import Accident
from benchmarks.accuracy.worlds.businesses.events import KINDS
from benchmarks.accuracy.worlds.businesses.incident import Incident
from benchmarks.accuracy.worlds.businesses.judgement import Past, Verdict, verdict_on
from benchmarks.accuracy.worlds.businesses.line import Line
from benchmarks.accuracy.worlds.businesses.luck import JUDGED_FROM, DailyLuck
from benchmarks.accuracy.worlds.businesses.moment import Moment

ATTEMPTS = 6
TWICE = 0.24
"""Share of the eventful series to which two things happen."""
EVENTFUL = ((30, 0.54), (10, 0.42), (0, 0.2))
"""From so many dollars a day on, share of the series to which something happens."""
FIRST_WEEKS = 60
LENIENT, LEFT_IN = 0.25, 0.7
"""Share of the series where incidents that nobody would see may stay, and of those that then do."""
ORDINARY = 0.7
"""Small changes a series, which are no news."""
APART_BEFORE, APART_AFTER, LONG = 25, 40, 60
"""Days between incidents, and of one how many at most keep others away."""
NEAR = 3
"""Days about something on which no accident happens."""
LONG_ENOUGH, AFTERMATH = 6, 7
"""Days after which the end of an incident is open to dispute, and for how many."""


@dataclass(slots=True, eq=False)
class Story:
    """A line with what has been said of what happened to it.

    Attributes:
        labels: what an attentive engineer would want a message of.
        disputed: days, first to last, on which people would disagree.
        taken: first and last days of all that happened.
    """

    line: Line
    past: Past
    labels: list[Verdict] = field(default_factory=list)
    disputed: list[Range] = field(default_factory=list)
    taken: list[Range] = field(default_factory=list)

    @property
    def n_days(self) -> int:
        """Length of the bill."""
        return len(self.line.costs)

    @property
    def busy(self) -> Days:
        """Days about which something has been said."""
        busy = np.zeros(self.n_days, dtype=bool)
        for label in self.labels:
            busy[max(0, label.first - 1) : label.last + 60] = True
        for first, last in self.disputed:
            busy[max(0, first) : last + 15] = True
        return busy

    def happens(self, incident: Incident, *, is_left_in: bool = True) -> bool:
        """Let an incident happen, or not if nobody would see it and it is not left in; whether it did."""
        after = self.line.after(incident)
        verdict = verdict_on(incident, self.past, before=self.line.costs, after=after.costs)
        if verdict is None and not is_left_in:
            return False
        self.line = after
        self.taken.append((incident.start, incident.last))
        if verdict is None:
            return True
        if verdict.is_clear:
            self.labels.append(verdict)
        else:
            self.disputed.append((verdict.first, verdict.last))
        is_long = incident.last - incident.start >= LONG_ENOUGH
        if is_long and incident.kind not in {"step_down", "gone"}:
            self.disputed.append((incident.last + 1, incident.last + AFTERMATH))
        return True

    def is_free(self, incident: Incident) -> bool:
        """Whether nothing else happens about the days of an incident."""
        return all(
            incident.last + APART_BEFORE < first or incident.start > min(last, first + LONG) + APART_AFTER
            for first, last in self.taken
        )


def befall(luck: DailyLuck, story: Story, accident: Accident, *, serves: bool) -> None:
    """Let an accident happen to a series, which serves customers or does not."""
    if accident.kind == "outage" and not serves:
        return
    if accident.kind in {"gone", "born"} and story.line.series.own is not None:
        return
    if any(first - NEAR <= accident.start <= last + NEAR for first, last in story.taken):
        return
    story.happens(accident.on(Moment(luck.rng, luck.n_days, story.line.series, accident.start)))


def small_changes(luck: DailyLuck, story: Story) -> None:
    """A few percent more or less, for days or for good, as happens everywhere."""
    for _ in range(luck.rng.poisson(ORDINARY)):
        start, share = luck.whole(5, luck.n_days - 4), luck.uniform(0.03, 0.17) * luck.one_of((-1, 1))
        length = luck.n_days if luck.chance(0.45) else luck.one_of((1, 1, 2, 3, 5))
        times = np.ones(luck.n_days)
        times[start : start + length] += share
        change = Incident("step_up", start, luck.n_days - 1, times=times, on_bill=luck.chance(0.2))
        story.line = story.line.after(change)


def incidents(luck: DailyLuck, story: Story, odds: Mapping[str, float], *, share: float) -> None:
    """One incident or two of these kinds, or none; of usual families `share` is 1."""
    level = story.line.costs[:FIRST_WEEKS].mean()
    eventful = next((some for least, some in EVENTFUL if level >= least), EVENTFUL[-1][1])
    if not luck.chance(eventful * share):
        return
    for _ in range(2 if luck.chance(TWICE) else 1):
        is_lenient = luck.chance(LENIENT)
        for _ in range(ATTEMPTS):
            incident = _any_incident(luck, story, odds)
            if incident is None or not story.is_free(incident):
                continue
            if story.happens(incident, is_left_in=is_lenient and luck.chance(LEFT_IN)):
                break


def _any_incident(luck: DailyLuck, story: Story, odds: Mapping[str, float]) -> Incident | None:
    """An incident of one of these kinds on some day; None where it cannot be there."""
    start, kinds = luck.whole(JUDGED_FROM, luck.n_days - 3), list(odds)
    weights = np.array(list(odds.values()))
    kind = kinds[luck.rng.choice(len(kinds), p=weights / weights.sum())]
    if kind == "born":
        start = luck.whole(JUDGED_FROM + 5, luck.n_days - 21)
    is_late = kind.startswith("drift") and start > luck.n_days - 45
    is_over = any(label.kind == "gone" for label in story.labels)
    if is_late or is_over or (kind == "born" and story.taken) or story.line.series.is_lump[start]:
        return None
    return KINDS[kind](Moment(luck.rng, luck.n_days, story.line.series, start))
