"""How use scatters from day to day; factors of mean about 1.

Knows kinds of chance; must not know any family or any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.tenants.scene import Scene, Shape


def even(low: float, high: float) -> Shape:
    """Gaussian in logarithms, with a scatter drawn from a range."""

    def noise(scene: Scene) -> Floats:
        return np.exp(scene.rng.normal(0, scene.between(low, high), scene.n_days))

    return noise


def heavy(low: float, high: float) -> Shape:
    """With far outliers: Student's t of three to five degrees in logarithms."""

    def noise(scene: Scene) -> Floats:
        scatter = scene.between(low, high) / 1.4
        draws = scene.rng.standard_t(int(scene.rng.integers(3, 6)), scene.n_days)
        # Beyond seven there is no use left that an account could make.
        return np.exp(scatter * np.clip(draws, -7, 7))

    return noise


def sticky(low: float, high: float) -> Shape:
    """Each day remembers the one before."""

    def noise(scene: Scene) -> Floats:
        return np.exp(remembering(scene, scene.rng.uniform(0.5, 0.85)) * scene.between(low, high))

    return noise


def grainy(low: float, high: float) -> Shape:
    """Whole jobs: a Poisson number of a mean drawn from a range."""

    def noise(scene: Scene) -> Floats:
        mean = scene.between(low, high)
        return scene.rng.poisson(mean, scene.n_days) / mean

    return noise


def skewed(low: float, high: float) -> Shape:
    """Mostly a little low, at times high: gamma with a scatter drawn from a range."""

    def noise(scene: Scene) -> Floats:
        grade = scene.between(low, high) ** -2
        return scene.rng.gamma(grade, 1 / grade, scene.n_days)

    return noise


def restless(low: float, high: float) -> Shape:
    """Calm and lively weeks in turns: the scatter itself wanders."""

    def noise(scene: Scene) -> Floats:
        scatter = scene.between(low, high) * np.exp(0.5 * remembering(scene, 0.93))
        return np.exp(np.minimum(scatter, 0.9) * scene.rng.normal(0, 1, scene.n_days))

    return noise


def remembering(scene: Scene, memory: float) -> Floats:
    """A wandering of mean 0 and scatter 1 that remembers that share of the day before."""
    draws = scene.rng.normal(0, 1, scene.n_days + 30)
    kernel = memory ** np.arange(30) * np.sqrt(1 - memory**2)
    return np.convolve(draws, kernel)[30 : 30 + scene.n_days]
