"""What moves, is split anew, or is launched: most of it from one line of the bill to another.

Knows how such changes go; must not know what is planted in the series, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.accounts.account import Range
from benchmarks.accuracy.worlds.businesses.incident import Incident
from benchmarks.accuracy.worlds.businesses.luck import JUDGED_FROM
from benchmarks.accuracy.worlds.businesses.scene import Scene
from benchmarks.accuracy.worlds.businesses.series import Series, at

MATTERS = 8
"""Dollars a day from which on a launch is seen."""


def service_migration_pair(scene: Scene) -> tuple[Series, ...]:
    """Traffic that moves from a service to another, or two services that stay."""
    return _moved(scene, stays=0.45, other=0.3)


def region_migration_pair(scene: Scene) -> tuple[Series, ...]:
    """Traffic that moves from a region to another, or two regions that stay."""
    return _moved(scene, stays=0.5, other=0.4)


def _moved(scene: Scene, *, stays: float, other: float) -> tuple[Series, ...]:
    """The old home of some traffic and the new one; two homes at these odds, the second of this size."""
    level, usage = scene.level(22, 1.4), scene.demand(noise=0.05)
    if scene.chance(stays):
        return Series(usage, at(level)), Series(scene.demand(noise=0.05), at(level * other))
    last, start = scene.n_days - 1, scene.whole(JUDGED_FROM + 2, scene.n_days - 21)
    length, overlap = scene.one_of((1, 1, 2, 4, 7, 14)), scene.one_of((0, 0, 3, 7, 14))
    ratio, left = scene.uniform(0.55, 1.2), scene.one_of((0, 0, 0.05, 0.15))
    come = np.clip((scene.day - start + 1) / length, 0, 1)
    gone = 1 - (1 - left) * np.clip((scene.day - start - overlap + 1) / length, 0, 1)
    kind = "step_down" if left else "gone"
    leaving = Incident(kind, start + overlap, last, times=gone, on_bill=True)
    coming = Incident("new", start, last, existing=come, on_bill=True)
    return (
        Series(usage, at(level), own=leaving),
        Series(usage * scene.scattered(0.02), at(level * ratio), own=coming),
    )


def cost_reclassification(scene: Scene) -> tuple[Series, ...]:
    """Costs that several accounts share; for a third of them split anew, from one to another, on some day."""
    level, usage = scene.level(28, 1.3), scene.demand("both", noise=0.04)
    if scene.chance(0.65):
        return (Series(usage, at(level)),)
    last, start = scene.n_days - 1, scene.whole(JUDGED_FROM, scene.n_days - 13)
    moved, ratio = scene.uniform(0.15, 0.8), scene.uniform(0.4, 1.5)
    is_after = np.where(scene.day >= start, 1.0, 0.0)
    less = Incident("step_down", start, last, times=1 - moved * is_after, on_bill=True)
    more = Incident("step_up", start, last, times=1 + moved / ratio * is_after, on_bill=True)
    return (
        Series(usage, at(level), own=less),
        Series(usage * scene.scattered(0.03), at(level * ratio), own=more),
    )


def launch_ramp_new_product(scene: Scene) -> Series:
    """A mature service; or for two in five one that is launched and slowly adopted, open to dispute."""
    level, usage = scene.level(18, 1.3), scene.demand(noise=0.07)
    if scene.chance(0.6):
        return Series(usage, at(level))
    launched, pace = scene.whole(JUDGED_FROM, scene.n_days - 61), scene.uniform(20, 70)
    since = scene.day - launched
    adopted = np.where(since < 0, 0, 1 / (1 + np.exp(np.clip((pace - since) / (pace / 4), -60, 60))))
    seen = np.flatnonzero(level * adopted * usage > MATTERS)
    disputed: tuple[Range, ...] = ()
    if seen.size:
        disputed = ((int(seen[0]), max(int(seen[0]) + 30, launched + int(pace * 1.6))),)
    return Series(usage, lambda usage: level * adopted * usage, disputed=disputed, is_spared=True)
