"""Shapes that hang on dates: jobs of a weekday, nth Tuesdays, month ends, pay days, cleanings, fees.

Knows how calendars drive use; must not know prices or any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.tenants.almanac import Flags
from benchmarks.accuracy.worlds.tenants.scene import Scene, settled

LATE, RETRIED = 0.03, 0.03
"""Share of the runs that come a day late, and of those that are done twice."""


def runs(scene: Scene, due: Flags) -> Floats:
    """Runs on their days, some of them late or done twice; one series has such habits, another has not."""
    late = scene.rng.choice([0.0, LATE, 2 * LATE])
    use = due.astype(float)
    for day in np.flatnonzero(due & (scene.rng.random(scene.n_days) < late)):
        if day + 1 < scene.n_days:
            use[day + 1], use[day] = use[day + 1] + use[day], 0.0
    twice = scene.rng.random(scene.n_days) < scene.rng.choice([0.0, RETRIED])
    return use * np.where(twice, scene.rng.uniform(1.4, 2.0), 1.0)


@settled
def job_on(scene: Scene, *weekdays: int) -> Floats:
    """A job of some weekdays."""
    return runs(scene, np.isin(scene.almanac.weekday, weekdays))


def job_each_week(scene: Scene) -> Floats:
    """A job of one weekday, drawn; at times of two days."""
    first = int(scene.rng.integers(7))
    second = (first + 1) % 7 if scene.rng.random() < 0.25 else first
    return job_on(first, second)(scene)


@settled
def nth_job(scene: Scene, *nths: int) -> Floats:
    """A job of the nth such weekday of each month; in some series it takes two days."""
    weekday = int(scene.rng.choice([1, 1, 2, 3, 6]))
    nth = (scene.almanac.day - 1) // 7 + 1
    return runs(scene, (scene.almanac.weekday == weekday) & np.isin(nth, nths))


@settled
def month_days(scene: Scene, *days: int, wide: int = 1) -> Floats:
    """Busier by a drawn lift around dates of the month; 0 is the last, -1 the one before it."""
    almanac = scene.almanac
    lift = scene.between(0.3, 3)
    due = np.isin(almanac.day, days) | np.isin(-almanac.ends_in, [day for day in days if day <= 0])
    spread = np.convolve(due, np.linspace(1, 0.4, wide))[: scene.n_days] if wide > 1 else due
    return 1 + lift * np.asarray(spread) * np.exp(scene.rng.normal(0, 0.1, scene.n_days))


@settled
def only_on(scene: Scene, *days: int) -> Floats:
    """Billed on dates of the month only; 0 is the last day."""
    due = np.isin(scene.almanac.day, [day for day in days if day > 0])
    return np.asarray(due | ((scene.almanac.ends_in == 0) & (0 in days)), dtype=np.float64)


def anniversary(scene: Scene) -> Floats:
    """Billed on one date of each month, drawn."""
    return only_on(int(scene.rng.integers(2, 28)))(scene)


def quarter_ends(scene: Scene) -> Floats:
    """Busier on the last days of a month, most of all in a quarter's last."""
    quarter = (scene.almanac.first_day.month + scene.almanac.month) % 3 == 0
    near = np.clip(3 - scene.almanac.ends_in, 0, 3) / 3
    return 1 + near * np.where(quarter, scene.between(0.3, 1.2), scene.between(0.1, 0.5))


def sawtooth(scene: Scene) -> Floats:
    """Fills up and is cleaned each one, two or four weeks."""
    period = int(scene.rng.choice([7, 14, 28]))
    phase = (np.arange(scene.n_days) + int(scene.rng.integers(period))) % period
    return 1 + scene.rng.uniform(0.05, 0.5) * (phase / period - 0.5)


def fills_months(scene: Scene) -> Floats:
    """Fills up from the first of a month to its last, and starts again."""
    return 1 + scene.rng.uniform(0.1, 0.7) * (scene.almanac.day / scene.almanac.in_month - 0.5)


def release_train(scene: Scene) -> Floats:
    """The days before a release every other week, or every third, are busier."""
    period = int(scene.rng.choice([14, 14, 21]))
    left = (int(scene.rng.integers(period)) - np.arange(scene.n_days)) % period
    return np.asarray(1 + scene.rng.uniform(0.15, 0.8) * (left < scene.rng.integers(1, 4)), dtype=np.float64)


def match_nights(scene: Scene) -> Floats:
    """Nights of a league: each Saturday, some Wednesdays, no season in summer."""
    weekday, day = scene.almanac.weekday, scene.almanac.of_year
    nights = (weekday == 5) | ((weekday == 2) & (scene.rng.random(scene.n_days) < 0.4))
    in_season = (day < 150) | (day > 225)
    return np.asarray(
        1 + scene.between(0.3, 2) * (nights & in_season) * scene.rng.uniform(0.8, 1.2, scene.n_days)
    )
