"""Shapes of what is used every day: offices, audiences, growing stocks, capacity.

Knows how use runs through weeks and years; must not know prices or any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.tenants.noise import remembering
from benchmarks.accuracy.worlds.tenants.scene import Scene, settled

YEAR = 365.25


def flat(scene: Scene) -> Floats:
    """The same each day."""
    return np.ones(scene.n_days)


@settled
def office(scene: Scene, low: float, high: float) -> Floats:
    """Working days at full, the rest at a share of a range; the last week of a year is half asleep."""
    rest, busy = scene.rng.uniform(low, high), 1 + scene.rng.normal(0, 0.05, 5)
    week = np.append(busy, [rest * scene.rng.uniform(0.9, 1.1), rest])
    use = week[scene.almanac.weekday]
    use[scene.almanac.off[scene.country]] = rest * scene.rng.uniform(1, 1.3)
    sleepy = (scene.almanac.of_year > 357) | (scene.almanac.of_year <= 2)
    return np.where(sleepy, np.minimum(use, max(rest, scene.rng.uniform(0.4, 0.9))), use)


@settled
def audience(scene: Scene, lift: float, season: float) -> Floats:
    """People at home: weekends up or down to a lift, and a season of the year."""
    more = scene.rng.uniform(min(0, lift), max(0, lift))
    week = 1 + more * np.array([0.0, 0.0, 0.05, 0.1, 0.5, 1.0, 0.9])
    top = scene.rng.uniform(0, YEAR)
    swing = scene.rng.uniform(0, season)
    year = 1 + swing * np.cos(2 * np.pi * (scene.almanac.of_year - top) / YEAR)
    return np.asarray(week[scene.almanac.weekday] * year)


@settled
def growing(scene: Scene, low: float, high: float) -> Floats:
    """Grows, or shrinks, by a share a day out of a range; ends at one."""
    rate = scene.rng.uniform(low, high)
    return np.asarray(np.exp(rate * (np.arange(scene.n_days) - scene.n_days / 2)))


@settled
def capacity(scene: Scene, low: int, high: int) -> Floats:
    """Whole machines, of which one is added or taken away now and then."""
    count = int(scene.rng.integers(low, high + 1))
    # Where one machine weighs much, it comes and goes often enough to be known.
    odds = 1 / scene.between(4, 4 + 2 * count)
    moves = scene.rng.choice([-1, 0, 1], scene.n_days, p=[odds / 2, 1 - odds, odds / 2])
    walked = np.cumsum(moves)
    # One or two machines to either side: what goes up comes down again.
    return np.asarray((count + np.abs((walked + 1) % 4 - 2) - 1) / count)


@settled
def staircase(scene: Scene, low: float, high: float) -> Floats:
    """A stock in parts: each few weeks another one of a few percent, rarely one less."""
    steps = np.zeros(scene.n_days)
    for _ in range(scene.rng.poisson(scene.n_days / scene.between(15, 60))):
        size = scene.rng.uniform(low, high) * scene.rng.choice([1, 1, 1, -1])
        steps[scene.rng.integers(scene.n_days)] += size
    return np.asarray(np.exp(np.cumsum(steps) - steps.sum() / 2))


@settled
def walk(scene: Scene, low: float, high: float) -> Floats:
    """A level that wanders and comes back."""
    memory = scene.rng.uniform(0.85, 0.95)
    return np.exp(scene.between(low, high) * remembering(scene, memory))


@settled
def switching(scene: Scene, low: float, high: float) -> Floats:
    """Two levels that change places every few days, as a scaler between two and three nodes."""
    stays = scene.rng.geometric(1 / scene.between(2, 9), scene.n_days)
    turns = np.repeat(np.arange(scene.n_days), stays)[: scene.n_days]
    return np.where(turns % 2 == 1, 1 + scene.rng.uniform(low, high), 1.0)


@settled
def timetabled(scene: Scene, forgetful: float) -> Floats:
    """Switched off outside working days by a timetable; somebody needs it on a weekend now and then."""
    needed = scene.rng.random(scene.n_days) < forgetful
    rest = scene.rng.choice([0.0, 0.0, 0.06, 0.2])
    return np.where(scene.off & ~needed, rest, 1.0)


def terms(scene: Scene) -> Floats:
    """A school: closed in summer, at Christmas and in a week of spring and autumn, quiet at weekends."""
    day = scene.almanac.of_year + int(scene.rng.integers(-8, 9))
    shut = ((day > 190) & (day < 245)) | (day > 355) | (day < 6) | ((day > 92) & (day < 103))
    quiet = scene.rng.uniform(0.25, 0.6)
    return np.where(scene.off, scene.rng.uniform(0.3, 0.7), 1.0) * np.where(shut, quiet, 1.0)


def sales(scene: Scene) -> Floats:
    """A shop: busier weekends, the days around Black Friday, a December, small sales on weekends."""
    since = scene.almanac.sale
    rush = scene.between(0.4, 2.0) * np.exp(-np.abs(since - 1) / 2.5)
    advent = scene.rng.uniform(0.1, 0.4) * ((since > 3) & (since < 27))
    small = np.zeros(scene.n_days)
    for first in np.flatnonzero(scene.rng.random(scene.n_days) < 1 / scene.between(14, 40)):
        small[first : first + int(scene.rng.integers(1, 5))] = scene.rng.uniform(0.1, 0.35)
    weekend = 1 + scene.rng.uniform(0, 0.3) * (scene.almanac.weekday >= 5)
    return weekend * (1 + rush + advent + small)
