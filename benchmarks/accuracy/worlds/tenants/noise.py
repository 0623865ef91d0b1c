"""How use scatters from day to day; factors of mean about 1.

Knows kinds of chance; must not know any family or any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.tenants.scene import Scene, settled


@settled
def even(scene: Scene, low: float, high: float) -> Floats:
    """Gaussian in logarithms, with a scatter drawn from a range."""
    return np.exp(scene.rng.normal(0, scene.between(low, high), scene.n_days))


@settled
def heavy(scene: Scene, low: float, high: float) -> Floats:
    """With far outliers: Student's t of three to five degrees in logarithms."""
    scatter = scene.between(low, high) / 1.4
    draws = scene.rng.standard_t(int(scene.rng.integers(3, 6)), scene.n_days)
    # Beyond seven there is no use left that an account could make.
    return np.exp(scatter * np.clip(draws, -7, 7))


@settled
def sticky(scene: Scene, low: float, high: float) -> Floats:
    """Each day remembers the one before."""
    return np.exp(remembering(scene, scene.rng.uniform(0.5, 0.85)) * scene.between(low, high))


@settled
def grainy(scene: Scene, low: float, high: float) -> Floats:
    """Whole jobs: a Poisson number of a mean drawn from a range."""
    mean = scene.between(low, high)
    return scene.rng.poisson(mean, scene.n_days) / mean


@settled
def skewed(scene: Scene, low: float, high: float) -> Floats:
    """Mostly a little low, at times high: gamma with a scatter drawn from a range."""
    grade = scene.between(low, high) ** -2
    return scene.rng.gamma(grade, 1 / grade, scene.n_days)


@settled
def restless(scene: Scene, low: float, high: float) -> Floats:
    """Calm and lively weeks in turns: the scatter itself wanders."""
    scatter = scene.between(low, high) * np.exp(0.5 * remembering(scene, 0.93))
    return np.exp(np.minimum(scatter, 0.9) * scene.rng.normal(0, 1, scene.n_days))


def remembering(scene: Scene, memory: float) -> Floats:
    """A wandering of mean 0 and scatter 1 that remembers that share of the day before."""
    draws = scene.rng.normal(0, 1, scene.n_days + 30)
    kernel = memory ** np.arange(30) * np.sqrt(1 - memory**2)
    return np.convolve(draws, kernel)[30 : 30 + scene.n_days]
