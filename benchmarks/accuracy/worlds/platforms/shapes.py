"""How services are used: with the rhythm of people, as a pile that grows, in runs by the calendar, in bursts.

Knows four shapes whose rows of data are the families; must not know any detector.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.platforms.almanac import Bools, Ints
from benchmarks.accuracy.worlds.platforms.life import NOISES, life
from benchmarks.accuracy.worlds.platforms.marks import MARKS
from benchmarks.accuracy.worlds.platforms.scene import Scene, Span, Usage

Habits = tuple[tuple[str, Span], ...]
"""Marks of the calendar and by how much usage rises on them, as a share; below zero it falls."""
EVEN: Span = (1.0, 1.0)
CALM, SOME, LOUD = (0.0005, 0.004), (0.02, 0.08), (0.04, 0.14)
"""How much usage scatters from day to day."""
STILL: Span = (-0.0006, 0.0011)
"""Growth a day of a platform that nobody moves: from minus 20 to plus 40 percent a year."""


@dataclass(frozen=True, slots=True)
class Beat:
    """Used every day, in the rhythm of those who use it.

    `weekend` and `monday` are of a working day's level; `season` is by how much weeks before Christmas stand
    above the rest, `summer` by how much July stands below, `busy` how much goes on: steps, releases, bumps.
    """

    weekend: Span = EVEN
    monday: Span = EVEN
    habits: Habits = ()
    season: Span = (0.0, 0.0)
    summer: Span = (0.0, 0.0)
    noise: str = "even"
    sigma: Span = (0.01, 0.04)
    growth: Span = STILL
    busy: float = 1.0
    regular: ClassVar[bool] = True

    def usage(self, scene: Scene, dollars: float) -> Usage:
        """A working day's usage is about so many dollars."""
        week = np.where(scene.almanac.off, scene.within(self.weekend), 1.0)
        week[scene.almanac.weekday == 0] *= scene.within(self.monday)
        # A Sunday is not quite a Saturday, and people do not come alike on Tuesdays and Fridays.
        week *= 1 + (1 - week.min()) * 0.15 * scene.rng.uniform(-1, 1, 7)[scene.almanac.weekday]
        level = week * self._year(scene) * life(scene, self.growth, busy=self.busy)
        noise = NOISES[self.noise](scene, scene.about(self.sigma))
        return Usage.plain(dollars * level * _habits(scene, self.habits) * noise)

    def _year(self, scene: Scene) -> Floats:
        sales = np.exp(-0.5 * ((scene.almanac.sales - 10) / 17) ** 2)
        holidays = np.exp(-0.5 * ((scene.almanac.day_of_year - 213) / 22) ** 2)
        return np.asarray(1 + scene.within(self.season) * sales - scene.within(self.summer) * holidays)


def _habits(scene: Scene, rows: Habits) -> Floats:
    """Factors of the days on which more is used, each time a little different."""
    level = np.ones(scene.n_days)
    for mark, span in rows:
        times = scene.within(span) * scene.rng.uniform(0.8, 1.2, scene.n_days)
        level *= np.where(MARKS[mark](scene.almanac), 1 + times, 1.0)
    return level


@dataclass(frozen=True, slots=True)
class Pile:
    """Held rather than used: it grows daily, and a share `swept` on Sundays grows back until the next."""

    growth: Span = (0.0, 0.0015)
    swept: Span = (0.0, 0.0)
    sigma: Span = (0.001, 0.008)
    regular: ClassVar[bool] = True

    def usage(self, scene: Scene, dollars: float) -> Usage:
        """What one series holds."""
        saw = 1 + scene.within(self.swept) * ((scene.almanac.weekday + 1) % 7 / 6 - 0.5)
        work = np.cumsum(np.where(scene.almanac.off, 0.2, 1.3))
        comes = np.exp(scene.within(self.growth) * (work - work.mean()))
        level = life(scene, (0.0, 0.0), busy=0.5)
        return Usage.plain(dollars * saw * comes * level * NOISES["even"](scene, scene.about(self.sigma)))


@dataclass(frozen=True, slots=True)
class Job:
    """Runs on the days of a mark; days in a row are one run; `share` of a day of it is billed daily besides.

    With chance `late` a run comes a day late; with chance `again` a day of it is done nearly twice.
    """

    mark: str
    share: Span = (0.0, 0.0)
    sigma: Span = (0.03, 0.15)
    late: float = 0.03
    again: float = 0.04
    growth: Span = STILL
    regular: ClassVar[bool] = False

    def usage(self, scene: Scene, dollars: float) -> Usage:
        """Usage of one series."""
        due = MARKS[self.mark](scene.almanac)
        first = due & ~np.concatenate(([False], due[:-1]))
        alone = due.mean() < 0.5
        run = np.where(due, np.cumsum(first if alone else due) - 1, -1)
        sizes = np.exp(scene.rng.normal(0, scene.about(self.sigma), scene.n_days))
        sizes *= np.where(scene.rng.random(scene.n_days) < self.again, scene.within((1.2, 1.9)), 1.0)
        if alone:
            run = _delayed(run, scene.rng.random(int(run.max()) + 1) < self.late)
        level = life(scene, self.growth)
        base = dollars * scene.within(self.share) * level * NOISES["even"](scene, 0.03)
        return Usage(base + np.where(run >= 0, dollars * level * sizes, 0.0), base, run)


def _delayed(run: Ints, late: Bools) -> Ints:
    """The same runs, the late ones a day later."""
    held = (run >= 0) & late[run]
    moved = np.where(held, -1, run)
    days = np.flatnonzero(held[:-1])
    moved[days + 1] = run[days]
    return moved


@dataclass(frozen=True, slots=True)
class Bursts:
    """Used now and then: `gap` and `length` are days in the mean, `sigma` is of the logarithms of sizes."""

    gap: Span = (4.0, 15.0)
    length: Span = (1.0, 4.0)
    sigma: Span = (0.3, 0.7)
    share: Span = (0.0, 0.1)
    regular: ClassVar[bool] = False

    def usage(self, scene: Scene, dollars: float) -> Usage:
        """Usage of one series."""
        gap, length, sigma = scene.about(self.gap), scene.about(self.length), scene.within(self.sigma)
        daily, day = np.zeros(scene.n_days), 0.0
        while (day := day + scene.rng.exponential(gap)) < scene.n_days:
            days = 1 + int(scene.rng.exponential(length))
            size = np.exp(np.clip(scene.rng.normal(0, sigma), -2 * sigma, 2 * sigma))
            daily[int(day) : int(day) + days] += dollars * size
            day += days
        base = dollars * scene.within(self.share) * life(scene, STILL) * NOISES["even"](scene, 0.05)
        return Usage.plain(base + daily * NOISES["even"](scene, 0.1))
