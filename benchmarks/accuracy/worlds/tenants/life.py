"""The ordinary life of a series: small steps, deployments, dips, growth, an early trouble.

Nothing of it is an event. Knows how bills live; must not know any family or any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.tenants.scene import Scene

OLD_TROUBLE = 0.07
"""Share of the series that had a bad day or two in the weeks before anything is judged."""
HISTORY = 55


def life(scene: Scene, lively: float) -> Floats:
    """Factors of mean about 1, (n_days,); more of everything the livelier a series is."""
    return steps(scene, lively) * moments(scene, lively) * growth(scene, lively) * old_trouble(scene)


def steps(scene: Scene, lively: float) -> Floats:
    """Small lasting steps of 2 to 10 percent that tend to come back to where they were."""
    out, level = np.ones(scene.n_days), 0.0
    for day in np.sort(scene.rng.integers(0, scene.n_days, scene.rng.poisson(lively * scene.n_days / 60))):
        up = scene.rng.random() < 0.5 - 2 * level
        level += scene.rng.uniform(0.02, 0.1) * (1 if up else -1)
        out[day:] = np.exp(level)
    return out


def moments(scene: Scene, lively: float) -> Floats:
    """Deployments that cost a little more for a day or three, and little dips."""
    out = np.ones(scene.n_days)
    more = scene.rng.poisson(lively * scene.n_days / 45)
    less = scene.rng.poisson(lively * scene.n_days / 70)
    for size in [*scene.rng.uniform(0.04, 0.16, more), *-scene.rng.uniform(0.04, 0.18, less)]:
        day, stay = int(scene.rng.integers(scene.n_days)), int(scene.rng.integers(1, 4))
        out[day : day + stay] *= 1 + size * min(max(lively, 0.7), 1.6)
    return out


def growth(scene: Scene, lively: float) -> Floats:
    """A slow trend over the whole bill, most often upwards."""
    rate = scene.rng.normal(0.0003, 0.0008) * min(lively, 1.5)
    return np.asarray(np.exp(rate * (np.arange(scene.n_days) - scene.n_days / 2)))


def old_trouble(scene: Scene) -> Floats:
    """In a few series something went wrong within the history."""
    out = np.ones(scene.n_days)
    if scene.rng.random() < OLD_TROUBLE:
        day, stay = int(scene.rng.integers(3, HISTORY - 6)), int(scene.rng.integers(1, 6))
        out[day : day + stay] *= scene.between(1.3, 4) if scene.rng.random() < 0.7 else 0.3
    return out


def birth(scene: Scene, young: float) -> tuple[int, Floats]:
    """Day of the first use, 0 for most, and how the use sets in after it, (n_days,)."""
    if scene.rng.random() >= young:
        return 0, np.ones(scene.n_days)
    born = int(scene.rng.integers(5, max(scene.n_days - 6, 6)))
    age = np.arange(scene.n_days) - born
    slow = scene.rng.choice([0.0, 0.0, 1.5, 6.0, 15.0])
    ramp = 1 - np.exp(-(age + 0.6) / slow) if slow else np.ones(scene.n_days)
    return born, np.where(age < 0, 0.0, np.clip(ramp, 0, 1))
