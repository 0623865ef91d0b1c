"""What people do when they feel like it: training, sandboxes, queries, and cents of any shape.

Knows habits; must not know any event beyond its odds, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.organizations.scene import Scene
from benchmarks.accuracy.worlds.organizations.series import Odds, Series


def training(scene: Scene) -> Series:
    """Runs of one to four days, some days or weeks apart, each of its own size."""
    costs = np.zeros(scene.n_days)
    level, gap = scene.level(90, 1.0), scene.uniform(4, 11)
    start = int(scene.rng.integers(0, 8))
    while start < scene.n_days:
        length = int(scene.rng.integers(1, 5))
        share = scene.rng.uniform(0.9, 1.05, length)
        share[[0, -1]] = scene.rng.uniform(0.3, 1, 2)
        run = level * np.exp(scene.rng.normal(0, 0.45)) * share
        costs[start : start + length] = run[: scene.n_days - start]
        start += length + 1 + int(scene.rng.exponential(gap))
    if scene.chance(0.5):
        costs += scene.uniform(0.2, 3) * scene.noise(0.05)
    return _erratic("sagemaker_bursts", costs, {"spike": 1.5, "step_up": 2})


def sandbox(scene: Scene) -> Series:
    """Somebody tries something, less often at weekends; for some a few cents stay."""
    often = scene.uniform(0.12, 0.5)
    tried = scene.rng.random(scene.n_days) < np.where(scene.almanac.weekend, often / 4, often)
    sizes = scene.level(4) * np.exp(scene.rng.normal(0, 0.8, scene.n_days))
    costs = np.where(tried, sizes, 0.0)
    if scene.chance(0.5):
        costs += scene.uniform(0.01, 0.6)
    return _erratic("sandbox_sporadic", costs, {"spike": 1.5, "step_up": 2.5})


def queries(scene: Scene) -> Series:
    """People's own queries: on workdays mostly, of any size."""
    asked = scene.rng.random(scene.n_days) < np.where(scene.almanac.weekend, 0.3, 0.92)
    sizes = scene.level(7) * np.exp(scene.rng.normal(0, 0.75, scene.n_days))
    return _erratic("adhoc_queries", np.where(asked, sizes, 0.0), {"spike": 2.5, "step_up": 1})


def _erratic(family: str, costs: Floats, odds: Odds) -> Series:
    """A series of no fixed size: a record by far, or use after a long pause, is open to dispute."""
    record = np.concatenate([[0.0], np.maximum.accumulate(costs)[:-1]])
    records = np.flatnonzero((costs >= 5) & (costs > 1.7 * record))
    used = np.flatnonzero(costs >= 5)
    resumed = used[1:][np.diff(used) > 28]
    expected = np.full(len(costs), float(costs.mean()))
    return Series(
        family,
        costs,
        expected,
        odds=odds,
        regular=False,
        headroom=1.35 * float(costs.max()) - expected,
        hushed=(*((int(i), int(i) + 3) for i in records), *((int(i), int(i) + 2) for i in resumed)),
        additive=1.0,
        eventful=0.7,
        erratic=True,
    )


def pennies(scene: Scene) -> Series:
    """Cents of any shape; even a twelvefold of them is never worth telling."""
    level, kind = scene.log_uniform(0.0004, 0.9), scene.rng.random()
    variation = scene.uniform(0.01, 0.3)
    if kind < 0.45:
        costs, regular = level * scene.noise(variation), level >= 0.01
    elif kind < 0.75:
        costs, regular = level * scene.week(0.3, 1.0) * scene.noise(variation), level >= 0.02
    else:
        used = scene.rng.random(scene.n_days) < scene.uniform(0.1, 0.8)
        sizes = level * np.exp(scene.rng.normal(0, 1, scene.n_days))
        costs, regular = np.where(used, sizes, 0.0), False
    if scene.chance(0.25):
        _jump(scene, costs, level=level)
    costs = np.minimum(costs, 2.8)
    return Series(
        "pennies",
        costs,
        np.full(scene.n_days, float(np.median(costs))),
        odds={"spike": 1, "step_up": 1.6},
        regular=regular,
        additive=1.0,
        eventful=0.2,
        erratic=True,
    )


def _jump(scene: Scene, costs: Floats, *, level: float) -> None:
    """A multiple of next to nothing, for a few days or for good."""
    start = int(scene.rng.integers(20, scene.n_days)) if scene.n_days > 20 else 0
    end = scene.n_days if scene.chance(0.5) else start + int(scene.rng.integers(1, 5))
    costs[start:end] *= max(min(scene.log_uniform(1.5, 12), 2.0 / level), 1.0)
