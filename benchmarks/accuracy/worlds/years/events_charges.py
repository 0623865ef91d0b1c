"""What happens to charges and to what is switched off at weekends: evident by construction.

Knows how charges go wrong; must not know any detector.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.almanac import Days
from benchmarks.accuracy.worlds.accounts.strokes import Rng
from benchmarks.accuracy.worlds.trials.draws import log_uniform
from benchmarks.accuracy.worlds.years.mishap import Mishap
from benchmarks.accuracy.worlds.years.scene import Scene
from benchmarks.accuracy.worlds.years.series import Series

APART = 50
"""Days between two events of a series."""
LEAST_CHARGE, LEAST_WEEKEND = 20, 12
"""Dollars."""
WAIT = 4
"""Days after the day it was due on which a missing charge is still to be told."""


@dataclass(frozen=True, slots=True, eq=False)
class Charge:
    """One charge of a series.

    Attributes:
        day: when it is due.
        due: days of all charges of the series.
        rest: what a day without a charge costs.
        soon: days, first to last, after which it may come again.
        most: on how many days in a row it then comes; where only once, it is the same amount.
    """

    rng: Rng
    costs: Floats
    day: int
    due: Days
    rest: float
    soon: tuple[int, int]
    most: int

    def mishap(self, kind: str, first: int, *, last: int, after: Floats) -> Mishap:
        """What happens to it."""
        return Mishap(kind, first, min(last, len(self.costs) - 1), self.costs, after)


def missing(charge: Charge) -> Mishap:
    """It does not come; the next one does."""
    after = charge.costs.copy()
    after[charge.day] = charge.rest
    return charge.mishap("missing", charge.day, last=charge.day + WAIT, after=after)


def ended(charge: Charge) -> Mishap:
    """It does not come, nor does any other."""
    after = np.where(charge.due & (np.arange(len(charge.costs)) >= charge.day), charge.rest, charge.costs)
    return charge.mishap("missing", charge.day, last=charge.day + WAIT, after=after)


def raised(charge: Charge) -> Mishap:
    """It is larger by half and more, once or for good."""
    times = log_uniform(charge.rng, 1.6, 4)
    after, days = charge.costs.copy(), charge.due.copy()
    days[: charge.day] = False
    if charge.rng.random() < 0.5:
        days[charge.day + 1 :] = False
    after[days] *= times
    return charge.mishap("spike", charge.day, last=charge.day, after=after)


def doubled(charge: Charge) -> Mishap | None:
    """It comes again some days later; None where another one is due then."""
    rng, after = charge.rng, charge.costs.copy()
    day = min(charge.day + int(rng.integers(charge.soon[0], charge.soon[1] + 1)), len(after) - 4)
    length = int(rng.integers(1, charge.most + 1))
    if charge.due[day : day + length].any():
        return None
    evenly = rng.uniform(0.8, 1.2, length) if charge.most > 1 else 1.0
    after[day : day + length] += charge.costs[charge.day] * evenly
    return charge.mishap("spike", day, last=day + length - 1, after=after)


Wrong = Callable[[Charge], Mishap | None]


@dataclass(frozen=True, slots=True)
class Wrongs:
    """What may go wrong with the charges of a series.

    Attributes:
        wrongs: drawn alike.
        soon, most: as of a `Charge`.
        rests: between the charges, too, the series costs something.
    """

    wrongs: tuple[Wrong, ...]
    soon: tuple[int, int] = (5, 20)
    most: int = 3
    rests: bool = False

    def plant(self, scene: Scene, series: Series, taken: list[int]) -> Mishap | None:
        """One of them; None where there is no place, or where it is worth nothing."""
        if series.due is None:
            return None
        days = [int(day) for day in np.flatnonzero(series.due) if 124 <= day < scene.n_days - 6]
        days = [day for day in days if _is_free(day, taken)]
        if not days:
            return None
        day = int(scene.rng.choice(days))
        wrong = self.wrongs[scene.rng.choice(len(self.wrongs))]
        rest = float(np.median(series.costs[day - 6 : day])) if self.rests else 0.0
        found = wrong(Charge(scene.rng, series.costs, day, series.due, rest, self.soon, self.most))
        return found if found is not None and found.dollars >= LEAST_CHARGE else None


def weekend_on(scene: Scene, series: Series, taken: list[int]) -> Mishap | None:
    """Left on over one to four weekends, or for good; None where there is no place for it."""
    rng, almanac, costs = scene.rng, scene.almanac, series.costs
    saturdays = (almanac.weekday == 5) & (scene.day > 124) & (scene.day < scene.n_days - 20)
    if series.spared is not None:
        saturdays &= ~series.spared
    starts = [int(day) for day in np.flatnonzero(saturdays) if _is_free(int(day), taken)]
    if not starts:
        return None
    start, weeks = int(rng.choice(starts)), int(rng.choice([1, 1, 2, 4, 40]))
    off = almanac.off(series.country)
    left_on = off & (scene.day >= start) & (scene.day < start + 7 * weeks)
    before = slice(start - 28, start)
    usual = float(np.median(costs[before][~off[before]]))
    after = costs.copy()
    after[left_on] = usual * scene.uniform(0.75, 1) * np.exp(rng.normal(0, 0.03, left_on.sum()))
    last = start + 1 if weeks == 1 else min(start + 8, scene.n_days - 1)
    found = Mishap("spike", start, last, costs, after)
    return found if found.dollars >= LEAST_WEEKEND else None


def _is_free(day: int, taken: list[int]) -> bool:
    return all(abs(day - other) >= APART for other in taken)
