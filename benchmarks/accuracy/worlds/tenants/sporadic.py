"""Shapes of what is used now and then: projects, experiments, customers that come and go.

Knows how little accounts are used; must not know prices or any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.tenants.scene import Scene, settled


@settled
def some_days(scene: Scene, low: float, high: float, *, spread: float = 0.5) -> Floats:
    """Used on a share of the days out of a range, of sizes that spread widely; seldom on days off."""
    chance = scene.rng.uniform(low, high) * np.where(scene.off, scene.rng.choice([0.15, 1.0]), 1.0)
    used = scene.rng.random(scene.n_days) < chance
    return np.asarray(used * np.exp(scene.rng.normal(0, spread, scene.n_days)), dtype=np.float64)


@settled
def projects(scene: Scene, on: float, off: float, *, idle: float = 0.0) -> Floats:
    """Spells of work of about `on` days with about `off` days of rest between, each spell of its own size."""
    use = np.full(scene.n_days, idle)
    day = -int(scene.rng.integers(0, round(on + off) + 1))
    while day < scene.n_days:
        stay = 1 + int(scene.rng.gamma(2, on / 2))
        use[max(day, 0) : max(day + stay, 0)] = np.exp(scene.rng.normal(0, 0.35))
        day += stay + 1 + int(scene.rng.gamma(2, off / 2))
    return use


@settled
def handful(scene: Scene, low: int, high: int) -> Floats:
    """A few customers of very unequal sizes; each stays away for days or weeks at times."""
    count = int(scene.rng.integers(low, high + 1))
    sizes = 1 / np.arange(1, count + 1) ** scene.rng.uniform(0.3, 0.9)
    presence = [projects(25, scene.between(2, 12))(scene) for _ in range(count)]
    # The largest is the one that pays for the product: it is nearly always there.
    presence[0] = np.maximum(presence[0], 0.7)
    return np.asarray(sizes @ np.array(presence) / sizes.sum())


@settled
def experiments(scene: Scene, low: float, high: float) -> Floats:
    """Queries or runs of people who try things: many small, few large, on working days."""
    mean = scene.between(low, high)
    counts = scene.rng.poisson(np.where(scene.off, 0.15 * mean, mean))
    tail = scene.rng.uniform(0.4, 0.8)
    sums = [np.exp(scene.rng.normal(-(tail**2) / 2, tail, count)).sum() for count in counts]
    return np.array(sums) / mean


@settled
def visits(scene: Scene, every: float, *, longest: int = 3) -> Floats:
    """About once in so many days there is work for a day or a few, a little more or less each time."""
    use = np.zeros(scene.n_days)
    day = int(scene.rng.integers(0, round(every)))
    while day < scene.n_days:
        stay = int(scene.rng.integers(1, longest + 1))
        use[day : day + stay] = np.exp(scene.rng.normal(0, 0.3))
        day += stay + max(1, int(scene.rng.gamma(4, every / 4)))
    return use


@settled
def bumpy(scene: Scene, every: float, *lifts: float) -> Floats:
    """One, with habitual bumps of a size out of a range that come about once in so many days."""
    usual = scene.between(*lifts)
    return 1 + usual * visits(every, longest=2)(scene)
