"""The strokes that costs are drawn with: memory, noise of several kinds, a level that wanders.

Knows chance; must not know any account or service.
"""

from __future__ import annotations

import math

import numpy as np

from benchmarks.accuracy.labelled import Floats

Rng = np.random.Generator


def remembering(rng: Rng, n: int, *, memory: float, spread: float) -> Floats:
    """Values about nought of which `memory` is left a day later: (n,)."""
    shocks = rng.normal(0, spread * math.sqrt(1 - memory * memory), n).tolist()
    level, levels = rng.normal(0, spread), []
    for shock in shocks:
        level = memory * level + shock
        levels.append(level)
    return np.array(levels)


def wander(rng: Rng, n: int, *, spread: float) -> Floats:
    """A factor that wanders over months and comes back."""
    return np.asarray(np.exp(remembering(rng, n, memory=0.985, spread=spread)))


def noise(rng: Rng, n: int, *, spread: float | None = None) -> Floats:
    """Multiplicative noise of a kind that is drawn, and of a spread that is drawn where none is given."""
    if spread is None:
        spread = float(np.exp(rng.normal(math.log(0.05), 0.6)))
    return np.asarray(np.exp(np.clip(_moves(rng, n, spread=spread), -2.5, 2.5)))


def _moves(rng: Rng, n: int, *, spread: float) -> Floats:
    """Noise as logarithms: white, remembered, heavy-tailed, wandering, or white with outbreaks."""
    kind = rng.integers(5)
    if kind == 0:
        return rng.normal(0, spread, n)
    if kind == 1:
        return remembering(rng, n, memory=rng.uniform(0.4, 0.9), spread=spread)
    if kind == 2:
        return np.asarray(np.clip(rng.standard_t(3.5, n), -9, 9) * spread * 0.75)
    if kind == 3:
        return remembering(rng, n, memory=0.97, spread=spread * 1.3) + rng.normal(0, spread * 0.5, n)
    return np.asarray(
        rng.normal(0, spread * 0.7, n) + (rng.random(n) < 0.03) * np.abs(rng.normal(0, 4 * spread, n))
    )
