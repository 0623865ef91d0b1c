"""Noise of many kinds, as factors around one.

Knows how usage scatters from day to day; must not know any detector.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.platforms.scene import Scene


def _even(scene: Scene, sigma: float) -> Floats:
    return np.exp(scene.rng.normal(0, sigma, scene.n_days))


def _heavy(scene: Scene, sigma: float) -> Floats:
    """Mostly near, at times far: Student's t of three degrees, held within four times its width."""
    return np.exp(sigma * np.clip(0.6 * scene.rng.standard_t(3, scene.n_days), -4, 4))


def _skewed(scene: Scene, sigma: float) -> Floats:
    """A floor with a tail above it, as of people's questions: gamma."""
    shape = 1 / (2 * sigma) ** 2
    return np.asarray(0.5 + 0.5 * scene.rng.gamma(shape, 1 / shape, scene.n_days))


def _wander(scene: Scene, sigma: float) -> Floats:
    """Days like the days before them, as spot prices and caches are."""
    memory = scene.within((0.6, 0.93))
    pushes = scene.rng.normal(0, sigma * np.sqrt(1 - memory**2), scene.n_days)
    pushes[0] /= np.sqrt(1 - memory**2)
    walk, here = np.empty(scene.n_days), 0.0
    for day, push in enumerate(pushes.tolist()):
        here = memory * here + push
        walk[day] = here
    return np.exp(walk)


def _counts(scene: Scene, sigma: float) -> Floats:
    """Things counted by the day, few enough that their number scatters."""
    mean = 1 / sigma**2
    return np.asarray(scene.rng.poisson(mean, scene.n_days) / mean)


NOISES: dict[str, Callable[[Scene, float], Floats]] = {
    "even": _even,
    "heavy": _heavy,
    "skewed": _skewed,
    "wander": _wander,
    "counts": _counts,
}
