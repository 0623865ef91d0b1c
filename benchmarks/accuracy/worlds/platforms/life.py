"""Ordinary life: small steps, releases, dips and bumps, growth, old trouble, and noise of many kinds.

Knows what no owner would want to be told; must not know any detector.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.platforms.scene import Scene, Span

OLD_TROUBLE = 0.06
"""Share of series with an incident in their history that nobody labelled."""
HISTORY = 50
"""Days from which old trouble comes; what is judged begins after."""


def life(scene: Scene, growth: Span, *, busy: float = 1.0) -> Floats:
    """Factors of a series around its usual level; `busy` is how much goes on in it."""
    going_on = busy * scene.about((0.25, 2.0))
    return _growth(scene, growth) * _steps(scene, going_on) * _bumps(scene, going_on) * _old_trouble(scene)


def _growth(scene: Scene, growth: Span) -> Floats:
    """A rate a day that turns once at times."""
    rates = np.full(scene.n_days, scene.within(growth))
    if scene.rng.random() < 0.3:
        rates[scene.whole((40, scene.n_days - 1)) :] = scene.within(growth)
    return np.asarray(np.exp(np.cumsum(rates) - rates[0] * scene.n_days / 2))


def _steps(scene: Scene, going_on: float) -> Floats:
    """Steps of 2 to 10 percent, sometimes taken over two or three days."""
    level = np.zeros(scene.n_days)
    for _ in range(scene.rng.poisson(2.0 * going_on)):
        day, size = scene.whole((0, scene.n_days - 1)), scene.about((0.02, 0.1))
        level[day:] += size if scene.rng.random() < 0.55 else -size
        if scene.rng.random() < 0.4:
            level[day] -= 0.5 * (level[day] - level[day - 1]) if day else 0.0
    return np.exp(level)


def _bumps(scene: Scene, going_on: float) -> Floats:
    """A release, a small outage, a busy afternoon: 3 to 15 percent for one to four days."""
    level = np.zeros(scene.n_days)
    for _ in range(scene.rng.poisson(6.0 * going_on)):
        day, size = scene.whole((0, scene.n_days - 1)), scene.about((0.03, 0.15))
        side = 1 if scene.rng.random() < 0.6 else -1
        level[day : day + scene.whole((1, 4))] += side * size
    return np.exp(level)


def _old_trouble(scene: Scene) -> Floats:
    level = np.ones(scene.n_days)
    if scene.rng.random() < OLD_TROUBLE:
        day = scene.whole((4, HISTORY))
        up = scene.rng.random() < 0.6
        level[day : min(day + scene.whole((1, 6)), HISTORY)] *= (
            scene.about((1.4, 4.0)) if up else scene.within((0.1, 0.6))
        )
    return level


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
