"""What no label tells: old trouble in the months before anything is judged, and bumps of a few percent.

Knows how often such things come; must not know any event or detector.
"""

from __future__ import annotations

from benchmarks.accuracy.worlds.years.scene import Scene
from benchmarks.accuracy.worlds.years.series import Series

TROUBLED, BUMPY = 0.06, 0.25
"""Shares of the series."""


def old_trouble(scene: Scene, series: Series) -> None:
    """One to three days of much more or much less, long before what is judged."""
    if not series.is_even or not scene.chance(TROUBLED):
        return
    start = scene.whole(15, 95)
    end = start + scene.whole(1, 3)
    series.costs = series.costs.copy()
    series.costs[start:end] *= scene.uniform(1.8, 5) if scene.chance(0.7) else scene.uniform(0.2, 0.6)


def bumps(scene: Scene, series: Series) -> None:
    """One to three times a day or two that are a few percent dearer."""
    if not series.is_even or not scene.chance(BUMPY):
        return
    series.costs = series.costs.copy()  # What a mishap says came after stays as it was.
    for start in scene.rng.choice(scene.n_days - 2, scene.whole(1, 3), replace=False):
        end = start + scene.whole(1, 2)
        series.costs[start:end] *= 1 + scene.uniform(0.03, 0.09)
