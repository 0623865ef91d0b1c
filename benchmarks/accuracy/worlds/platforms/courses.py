"""The course of a mishap over its days: how much of it there is on each.

Knows shapes in time between nothing (0) and all of it (1); must not know any detector.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.platforms.scene import Scene

Course = Callable[[Scene, int], Floats]


def block(scene: Scene, n_days: int) -> Floats:
    """All of it, but for a first day that began at some hour."""
    level = np.ones(n_days)
    if n_days > 1:
        level[0] = scene.within((0.2, 1.0))
    return level


def ramp(scene: Scene, n_days: int) -> Floats:
    """Machine after machine, region after region: two to six days until all of it is there."""
    return np.minimum(np.arange(1, n_days + 1) / scene.whole((2, 6)), 1.0)


def fade(scene: Scene, n_days: int) -> Floats:
    """At once, and then less each day as it is contained."""
    return np.asarray(block(scene, n_days) * np.exp(-np.arange(n_days) * scene.within((0.0, 0.35))))


def peak(scene: Scene, n_days: int) -> Floats:
    """Up and down again."""
    middle, width = scene.within((0.2, 0.8)) * (n_days - 1), max(n_days / 2.2, 0.8)
    return np.asarray(np.exp(-0.5 * ((np.arange(n_days) - middle) / width) ** 2))


def patchy(scene: Scene, n_days: int) -> Floats:
    """On most days much and on others little; the first and the last are among the former."""
    level = np.where(scene.rng.random(n_days) < 0.7, scene.rng.uniform(0.7, 1.0, n_days), 0.1)
    level[[0, -1]] = 1.0
    return level


def linear(_scene: Scene, n_days: int) -> Floats:
    """The same more each day."""
    return np.arange(1, n_days + 1) / n_days


def bending(scene: Scene, n_days: int) -> Floats:
    """Faster and faster."""
    bend = scene.within((1.0, 2.5))
    return np.asarray(np.expm1(bend * linear(scene, n_days)) / np.expm1(bend))


def saturating(scene: Scene, n_days: int) -> Floats:
    """Much at first, less and less later."""
    bend = scene.within((1.0, 2.5))
    return np.asarray(np.expm1(-bend * linear(scene, n_days)) / np.expm1(-bend))


def stairs(scene: Scene, n_days: int) -> Floats:
    """Something more every few days."""
    pace = scene.whole((2, 6))
    return np.minimum(np.ceil(np.arange(1, n_days + 1) / pace) * pace / n_days, 1.0)
