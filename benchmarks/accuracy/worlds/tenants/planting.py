"""Lays incidents over a stream and writes down what of them is an event.

Knows days, ends and aftermaths of labels; must not know any family or any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Event, Floats
from benchmarks.accuracy.worlds.tenants.judgement import (
    DOUBTFUL,
    LEAST_DOLLARS,
    Case,
    past_of,
    recurs,
    weight,
)
from benchmarks.accuracy.worlds.tenants.stories import SETS, STORIES, UP, Story
from benchmarks.accuracy.worlds.tenants.stream import Incident, Stream

JUDGED_FROM = 60
FIRST, SECOND, THIRD = 0.8, 0.5, 0.25
"""Chances of an incident, and of one more after it."""
DOWN = 0.54
APART = 77
"""Days from the end of one incident to the next: ten weeks of habits and one to settle."""
KNOWN_AFTER = 56
"""Days after which a young series has habits."""
NOTICE, AFTER_TOP, LATE = 14, 7, 3
"""Days in which a first notice is useful: of a lasting change, after a drift's top, of what did not come."""
AFTERMATH = {"spike": 8, "drop": 8, "missing": 7}
SETTLING = 13
"""Days of aftermath where `AFTERMATH` does not say."""
LASTING = frozenset({"step_up", "step_down", "gone"})
WEEK = 7
"""Days over which a lasting change is counted in dollars."""
DRIFT_WORTH = 20
"""Days before its end over which a drift is weighed."""
VISIBLE_SHARE, VISIBLE_DOLLARS = 0.11, 4.0
"""From here on a drift can be seen."""


def plant(stream: Stream, stories: str) -> None:
    """The birth of a stream if it is worth telling, and none, one, two or rarely three incidents."""
    rng, n_days = stream.scene.rng, stream.scene.n_days
    if stream.born >= JUDGED_FROM:
        tell_birth(stream)
    free = max(JUDGED_FROM + 2, stream.born + KNOWN_AFTER)
    for chance in (FIRST, SECOND, THIRD):
        if rng.random() >= chance or free >= n_days - 3:
            return
        story = drawn(stream, stories)
        day: int | None = int(rng.integers(free, n_days - 2))
        if story.acts != "adds" and story.acts != "fills":
            day = stream.next_use(int(day or 0))
        if day is None:
            return
        free = strike(stream, Incident.of(stream, story, day)) + APART


def drawn(stream: Stream, stories: str) -> Story:
    """A story of a set: the direction first, so that enough goes down."""
    rng = stream.scene.rng
    down = rng.random() < DOWN
    every = SETS[stories].split()
    names = [name for name in every if (STORIES[name].kind not in UP) == down]
    return STORIES[str(rng.choice(names or every))]


def tell_birth(stream: Stream) -> None:
    """A stream that begins is an event where its first two weeks cost enough."""
    costs, last = stream.costs, stream.scene.n_days - 1
    used = np.flatnonzero(costs)
    if not len(used):
        return
    born = int(used[0])
    first = costs[born : born + NOTICE + 1]
    daily = float(first.mean())
    if daily >= LEAST_DOLLARS:
        start = born + int(np.argmax(first >= 0.25 * daily))
        end = min(start + NOTICE, last)
        stream.events.append(Event(0, "new", start, end, float(costs[start : start + WEEK].sum()), np.inf))
        stream.silent.append((born, end + SETTLING))
    elif max(daily, costs[born : born + 2 * NOTICE].mean()) >= DOUBTFUL * LEAST_DOLLARS:
        stream.silent.append((born, born + 2 * NOTICE))


def strike(stream: Stream, incident: Incident) -> int:
    """Lets an incident befall a stream, labels or hushes it; the last day of its effect."""
    usual = stream.costs
    incident.befall(stream)
    told, kind = stream.costs, incident.story.kind
    sign = 1 if kind in UP else -1
    effect = sign * (told - usual)
    past = past_of(usual, incident.start, stream.born)
    start, end = bounds(incident, effect, float(past.mean()))
    # A drift is worth what it comes to, not what it begins with; a run that is missing, what it costs itself.
    first = max(start, end - DRIFT_WORTH) if kind.startswith("drift") else start
    days = slice(first, start + 1 if kind == "missing" else end + 1)
    lost = float(effect[start : end + 1].sum())
    grade = weight(Case(past, usual[days], told[days], sign, first - incident.start))
    if kind == "missing" and recurs(usual, start) and lost >= LEAST_DOLLARS:
        grade = 1.0
    due = slice(start, days.stop)
    worth = float(effect[due].mean()) / max(
        float(past.mean()) if kind != "missing" else 0.0, float(usual[due].mean()), 1e-9
    )
    impact = float(effect[start : start + WEEK].sum()) if kind in LASTING else lost
    over = last_of(effect, float(past.mean())) if kind in AFTERMATH else end
    if grade >= 1:
        stream.events.append(Event(0, kind, start, end, impact, worth))
    if grade >= DOUBTFUL:
        stream.silent.append((incident.start, max(over, end) + AFTERMATH.get(kind, SETTLING)))
        if incident.healed:
            stream.silent.append((incident.healed - 1, incident.healed + SETTLING))
    return max(incident.start, incident.healed or 0, over)


def last_of(effect: Floats, usual: float) -> int:
    """The last day on which something of a passing incident is left."""
    left = np.flatnonzero(np.abs(effect) > max(2.0, 0.08 * usual))
    return int(left[-1]) if len(left) else 0


def bounds(incident: Incident, effect: Floats, usual: float) -> tuple[int, int]:
    """First and last day of a label."""
    kind, first, last = incident.story.kind, incident.start, len(effect) - 1
    ahead = effect[first:]
    if kind == "missing":
        return first, min(first + LATE, last)
    if kind.startswith("drift"):
        seen = ahead >= max(VISIBLE_SHARE * usual, VISIBLE_DOLLARS)
        top = first + int(np.argmax(incident.strength))
        start = first + int(np.argmax(seen)) if seen.any() else last
        return start, min(max(top + AFTER_TOP, start), last)
    if kind in {"spike", "drop"}:
        fair = np.flatnonzero(ahead >= 0.25 * ahead.max()) if ahead.max() > 0 else np.zeros(1, np.int64)
        fair = fair[fair - fair[0] < 11]
        return first + int(fair[0]), first + int(fair[-1])
    weeks = ahead[: NOTICE + 1]
    typical = weeks[weeks > 0].mean() if (weeks > 0).any() else 0.0
    start = first + int(np.argmax(weeks >= 0.25 * typical))
    return start, min(start + NOTICE, last)
