"""Which kinds of events there are, and how one of them finds its place in a series.

Knows how often and how far apart events come, and from what size they are labels; must not know any detector.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.accuracy.worlds.years import events, events_charges
from benchmarks.accuracy.worlds.years.events_charges import Wrongs, doubled, ended, missing, raised
from benchmarks.accuracy.worlds.years.judgement import MATTERS, stands_out
from benchmarks.accuracy.worlds.years.mishap import Mishap
from benchmarks.accuracy.worlds.years.moment import LARGER, Moment, any_share
from benchmarks.accuracy.worlds.years.scene import Scene
from benchmarks.accuracy.worlds.years.series import Series

ATTEMPTS = 14
APART = 55
"""Days between two events of a series."""
LEAST_DAY, LEAST_IN_ALL = 10, 24
"""Dollars."""
LEAST_SHARE = 0.25
INCIDENT = 0.2
"""Share of the events that befall a series on a day on which they befall others."""
TWICE = 0.2
"""Share of the series with a rise of some days to which something else happens, too."""


@dataclass(frozen=True, slots=True)
class Use:
    """A kind of event that befalls what is used.

    Attributes:
        record: as of `stands_out`.
        times: where it is drawn in dollars, whatever was usual, how many times the usual dollars; else 0.
    """

    lay: Callable[[Moment], Mishap | None]
    record: float | None = None
    times: float = 0.0

    def plant(self, scene: Scene, series: Series, taken: list[int]) -> Mishap | None:
        """An event of this kind that is worth a label, larger with each attempt; None where none is."""
        share = any_share(scene.rng)
        for attempt in range(ATTEMPTS):
            start = self._day(scene)
            is_taken = any(abs(start - other) < APART for other in taken)
            if is_taken or series.is_spared(max(0, start - 8), start + 14):
                continue
            moment = Moment.of(scene, series, start, share=share * LARGER**attempt, times=self.times)
            found = None if moment is None else self.lay(moment)
            if moment is None or found is None or found.dollars <= 0:
                continue
            found = _from_where_it_matters(found)
            off = scene.almanac.off(series.country)
            if _is_worth_telling(found, moment) and stands_out(found, off, record=self.record):
                return found
        return None

    @staticmethod
    def _day(scene: Scene) -> int:
        if scene.chance(INCIDENT):
            return int(scene.rng.choice(scene.backdrop.incidents))
        return scene.whole(123, scene.n_days - 14)


A_DAY, SOME_DAYS = 1.12, 1.06
"""Times the record that a spike must reach, and the best day of a burst."""
SMALLER = 0.6

KINDS: dict[str, Callable[[Scene, Series, list[int]], Mishap | None]] = {
    "spike": Use(events.spike, A_DAY).plant,
    "burst": Use(events.burst, SOME_DAYS).plant,
    "left_on": Use(events.left_on, SOME_DAYS).plant,
    "step": Use(events.step).plant,
    "ramp": Use(events.ramp).plant,
    "drop": Use(events.drop).plant,
    "zero": Use(events.zero).plant,
    "dip": Use(events.dip, SOME_DAYS).plant,
    "spike_in_dollars": Use(events.spike, A_DAY, times=1).plant,
    "burst_in_dollars": Use(events.burst, SOME_DAYS, times=1).plant,
    "step_in_dollars": Use(events.step, times=SMALLER).plant,
    "ramp_in_dollars": Use(events.ramp, times=SMALLER).plant,
    "weekend_on": events_charges.weekend_on,
    "charge": Wrongs((missing, missing, raised, doubled, ended), most=1).plant,
    "charge_raised": Wrongs((raised,)).plant,
    "run_again": Wrongs((doubled,), soon=(2, 5)).plant,
    "run_failed": Wrongs((missing, doubled), rests=True).plant,
}


def mishaps(scene: Scene, series: Series, kinds: Sequence[str], *, odds: float) -> list[Mishap]:
    """What happens to a series, which is changed by it, beside what its nature made happen."""
    if series.own is not None:
        return [series.own]
    if not kinds or not scene.chance(odds):
        return []
    kind = _any(scene, kinds)
    if kind == "zero" and scene.chance(0.45):
        kind = _any(scene, kinds)  # Rises are commoner news than ends.
    found = KINDS[kind](scene, series, []) or KINDS[_any(scene, kinds)](scene, series, [])
    if found is None:
        return []
    series.costs = found.after
    if found.kind != "spike" or not scene.chance(TWICE):
        return [found]
    again = KINDS[_any(scene, kinds)](scene, series, [found.first])
    if again is None:
        return [found]
    series.costs = again.after
    return [found, again]


def _any(scene: Scene, kinds: Sequence[str]) -> str:
    return kinds[scene.rng.choice(len(kinds))]


def _from_where_it_matters(mishap: Mishap) -> Mishap:
    """Without days at its start that hardly move; a ramp begins where it begins."""
    if mishap.kind == "drift_up":
        return mishap
    matters = np.flatnonzero(mishap.moved >= MATTERS * mishap.dollars)
    return replace(mishap, first=mishap.first + int(matters[0]))


def _is_worth_telling(mishap: Mishap, moment: Moment) -> bool:
    """Some dollars, and a quarter of what the day would have cost, or of a little of what is usual."""
    moved = mishap.moved
    usual = float(mishap.before[mishap.first + int(moved.argmax())])
    least_usual = 0 if moment.in_dollars else 0.3 * moment.level
    is_large = moved.max() >= LEAST_SHARE * max(usual, least_usual, 1e-9)
    return bool(is_large and moved.max() >= LEAST_DAY and moved.sum() >= LEAST_IN_ALL)
